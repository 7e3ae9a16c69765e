"""Recovery codes: ten, each good once, for who has lost every other second factor.

A code has 120 random bits, and what is kept is the beginning of its SHA-256: a plain hash does for
112 bits or more (OWASP ASVS 5.0, 6.5.2). Nobody can read the codes again.
"""

import base64
import hashlib
import secrets

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice

CODES = 10
NAME = "Recovery codes"


def make(user):
    """Return new recovery codes of a user. Those from before are no longer good."""
    codes = [_random() for _ in range(CODES)]
    with transaction.atomic():
        device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": NAME})
        device.token_set.all().delete()
        for code in codes:
            device.token_set.create(token=kept(code))
    return codes


def left(user):
    """Return how many codes a user still has."""
    return sum(device.token_set.count() for device in StaticDevice.objects.devices_for_user(user))


def kept(code):
    """Return what is stored of a code: 96 bits in the 16 characters that there are."""
    digest = hashlib.sha256(_plain(code).encode()).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()


def _random():
    letters = base64.b32encode(secrets.token_bytes(15)).decode().lower()
    return "-".join(letters[start : start + 6] for start in range(0, len(letters), 6))


def _plain(code):
    return "".join(code.split()).replace("-", "").lower()
