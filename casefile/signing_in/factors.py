"""Second factors: an authenticator app's codes, passkeys, and the recovery codes beside them."""

import time
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext, gettext_noop
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp import login as verify_session
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from casefile.signing_in import recovery_codes, sessions
from casefile.signing_in.events import SignInEventKind, note
from casefile.signing_in.kept_passkeys import Passkey

KINDS = [TOTPDevice, Passkey]
FRESH = 15 * 60  # seconds, in which factors may be changed without being asked for one again
VERIFIED_AT = "verified_at"
APP = gettext_noop("Authenticator app")


def factors_of(user):
    """Return a user's second factors, the oldest first. Recovery codes alone are none."""
    found = chain.from_iterable(
        kind.objects.devices_for_user(user, confirmed=True) for kind in KINDS
    )
    return sorted(found, key=lambda factor: factor.created_at)


def verify(user, code):
    """Return the device of a user that accepts a code, which then is used up; None if none does.

    Devices are locked meanwhile, so that two requests can't use one code. A device that refuses
    a code makes its user wait, longer each time.
    """
    with transaction.atomic():
        if code.isascii() and code.isdigit():
            devices = TOTPDevice.objects.devices_for_user(user, confirmed=True)
        else:
            devices = StaticDevice.objects.devices_for_user(user, confirmed=True)
            code = recovery_codes.kept(code)
        for device in devices.select_for_update():
            if device.verify_token(code):
                return device
    return None


def accept(request, device):
    """Let a session in, for which its user has just used a device."""
    request.session.cycle_key()
    verify_session(request, device)
    request.session[VERIFIED_AT] = int(time.time())
    note(SignInEventKind.VERIFIED, request, request.user, detail=device.name)


def is_verified(user):
    """Return whether a request's user gave a second factor; at the moment of signing in, no."""
    return getattr(user, "otp_device", None) is not None


def is_fresh(request):
    """Return whether the user of a session has used a second factor a short while ago."""
    age = time.time() - request.session.get(VERIFIED_AT, 0)
    return is_verified(request.user) and age < FRESH


def add(request, device):
    """Note a new factor of the user. Who makes their first one is let in by it.

    The user's other sessions end.
    """
    note(SignInEventKind.FACTOR_ADDED, request, request.user, detail=device.name)
    if not is_fresh(request):
        accept(request, device)
    sessions.end(request.user, but=request)


def remove(request, persistent_id):
    """Remove one of several factors of the user; return it, or None if it isn't one of several.

    The session goes on, on what it was verified by or what is left; the user's others end.
    """
    factors = factors_of(request.user)
    [gone, *_] = [one for one in factors if one.persistent_id == persistent_id] or [None]
    if gone is None or len(factors) == 1:
        return None
    gone.delete()
    if request.session[DEVICE_ID_SESSION_KEY] == persistent_id:
        verify_session(request, next(one for one in factors if one is not gone))
    sessions.end(request.user, but=request)
    note(SignInEventKind.FACTOR_REMOVED, request, request.user, detail=gone.name)
    return gone


def reset(user, *, by=None, request=None):
    """Take all second factors from a user, who makes new ones at the next sign-in.

    Sessions of the user end at once, but one in which they ask for it; it has to be verified again.
    """
    with transaction.atomic():
        for kind in [*KINDS, StaticDevice]:
            kind.objects.filter(user=user).delete()
        sessions.end(user, but=request)
        note(SignInEventKind.FACTORS_RESET, request, user, by=by)


def pending(user):
    """Return the authenticator app that a user is about to add."""
    device = TOTPDevice.objects.devices_for_user(user, confirmed=False).first()
    return device or TOTPDevice.objects.create(user=user, confirmed=False, name=gettext(APP))


def confirm(device, code):
    """Return whether a code shows that the user's app has the secret; from then on it counts."""
    with transaction.atomic():
        device = Device.from_persistent_id(device.persistent_id, for_verify=True)
        if not device.verify_token(code):
            return False
        device.confirmed = True
        device.save(update_fields=["confirmed"])
    return True
