"""Recovery codes: ten, each good once, for who has lost every other second factor.

A code has 140 random bits, and what is kept is its SHA-256: a plain hash does for 112 bits or more
(OWASP ASVS 5.0, 6.5.2). Nobody can read the codes again.
"""

import hashlib
import secrets
import struct

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice

CODES = 10
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"  # no 0 and 1, which look like o and l
LENGTH = 28
GROUP = 4
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
    """Return what is stored of a code: its SHA-256, in the 16 characters that there are.

    Each stands for two bytes: Unicode's plane 1 has 2**16 code points, and none is a surrogate.
    """
    digest = hashlib.sha256(_plain(code).encode()).digest()
    return "".join(chr(0x10000 + pair) for pair in struct.unpack(">16H", digest))


def _random():
    letters = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    return "-".join(letters[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def _plain(code):
    return "".join(code.split()).replace("-", "").lower()
