"""Passkeys as rows: what the site keeps of the key that a user's device made for it."""

from django.db import models
from django_otp.models import Device, TimestampMixin


class Passkey(TimestampMixin, Device):
    """A credential record of Web Authentication (https://www.w3.org/TR/webauthn-3/#credential-record).

    ``credential_id`` and ``public_key`` (a COSE key) are as the device gave them. ``sign_count`` is
    how often it says that it has signed: 32 bits, always 0 where keys wander between devices.
    """

    credential_id = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list)

    class Meta:
        default_permissions = []
