"""Mozilla's HTTP Observatory itself grades the running site, with the settings of production.

It asks no other ports than 80 and 443: here those of the loopback. What it looks at is checked for
every address, without it, in tests/casefile/test_observatory.py.
"""

import json
import os
import shutil
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from django.db import transaction

from tests.addresses import make_record
from tests.server import ROOT, running

HOST = "127.0.0.1"
PORTS = (80, 443)
OBSERVATORY = ROOT / "var" / "observatory" / "node_modules" / "@mdn" / "mdn-http-observatory"
LIST_OF_HOSTS = OBSERVATORY / "conf" / "hsts-preload.json"  # comes last: `make observatory`
OLDEST_NODE = 20
GRADED = ["/", "/letters/the-letter/", "/admin/login/"]


def what_is_missing():
    """Return what keeps the Observatory from running here, or None."""
    if not shutil.which("node"):
        return "no node: the Observatory needs it"
    version = subprocess.run(["node", "--version"], capture_output=True, text=True).stdout
    if int(version.lstrip("v").partition(".")[0]) < OLDEST_NODE:
        return f"node {version.strip()}: the Observatory needs {OLDEST_NODE}"
    if not LIST_OF_HOSTS.exists():
        return "no Observatory: `make observatory` fetches it by npm"
    for port in PORTS:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                return f"no port {port}, which the Observatory asks: {os.strerror(error.errno)}"
    return None


@pytest.fixture
def certificate(tmp_path, monkeypatch):
    """Return the files of a certificate for the loopback, which is trusted, and of its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = tmp_path / "certificate.pem", tmp_path / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    for name in ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"):  # of Python, and of node
        monkeypatch.setenv(name, str(files[0]))
    return [str(file) for file in files]


@pytest.fixture
def observatory():
    """Return the grader: it takes an address and gives {"scan": …, "tests": …}."""
    if missing := what_is_missing():
        pytest.skip(missing)

    def graded(address):
        done = subprocess.run(
            ["node", "src/scan.js", HOST + address],
            cwd=OBSERVATORY,
            capture_output=True,
            timeout=60,
        )
        return json.loads(done.stdout)

    return graded


@pytest.fixture
def site(tmp_path, settings):
    """How to run the site as in production, its static files collected, though not compressed."""
    collector = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": collector}
    settings.STATIC_ROOT = tmp_path / "static"
    call_command("collectstatic", interactive=False, verbosity=0)
    return {
        "CASEFILE_ENV": "production",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": HOST,
        "STATIC_ROOT": str(settings.STATIC_ROOT),
    }


@pytest.mark.django_db(transaction=True)
def test_observatory_gives_its_best_grade(observatory, site, certificate):
    with transaction.atomic():  # an entry and its citations come together
        make_record()
    with (
        running(port=443, certificate=certificate, **site),
        running(port=80, headers={"Host": HOST}, **site),
    ):
        found = {address: observatory(address) for address in GRADED}

    failed = {
        address: [name for name, one in grading["tests"].items() if not one["pass"]]
        for address, grading in found.items()
    }
    grades = {grading["scan"]["grade"] for grading in found.values()}
    scores = {address: grading["scan"]["score"] for address, grading in found.items()}
    assert failed == {address: [] for address in GRADED}
    assert {len(grading["tests"]) for grading in found.values()} == {10}
    assert grades == {"A+"}
    assert min(scores.values()) >= 130, scores
