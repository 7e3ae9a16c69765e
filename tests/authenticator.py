"""A device that makes passkeys and signs with them, as Web Authentication says, without a browser.

See https://www.w3.org/TR/webauthn-3/: 5.8.1 for client data, 6.1 for authenticator data.
"""

import hashlib
import json
import secrets

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url as base64url

PRESENT, ATTESTED = 0x01, 0x40  # flags: somebody touched it; a new credential is in the data


class Authenticator:
    """One key pair. ``origin`` is the page that it believes to be asked by."""

    def __init__(self, origin="http://testserver", host="localhost"):
        self.origin = origin
        self.host = host
        self.id = secrets.token_bytes(32)
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.count = 0

    @property
    def name(self):
        """Return the id of its credential as JSON has it."""
        return base64url(self.id)

    def create(self, options):
        """Return the answer to the options of a registration, as JSON."""
        at = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (at.x, at.y))
        cose = {1: 2, 3: -7, -1: 1, -2: x, -3: y}  # RFC 9053: a key on P-256, for ES256
        credential = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        data = self._data(PRESENT | ATTESTED) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer(
            clientDataJSON=client, attestationObject=attestation, transports=["internal"]
        )

    def get(self, options):
        """Return the answer to the options of an authentication, as JSON."""
        self.count += 1
        data = self._data(PRESENT)
        client = self._client("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, flags):
        host = hashlib.sha256(self.host.encode()).digest()
        return host + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind, challenge):
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, **response):
        return {
            "id": self.name,
            "rawId": self.name,
            "type": "public-key",
            "response": {
                key: base64url(value) if isinstance(value, bytes) else value
                for key, value in response.items()
            },
        }
