"""Passkeys: what a browser and the site say to each other, as JSON. See static/passkeys.js.

A passkey is a second factor here, after the password: nobody signs in by it alone. To add one and
to use one each take two requests, in one session: one for a challenge, one with what the browser
made of it (https://www.w3.org/TR/webauthn-3/). A challenge is good for one answer.
"""

import json
from contextlib import contextmanager
from functools import wraps
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.db.models import F
from django.http import JsonResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from webauthn.helpers import (
    decode_credential_public_key,
    decoded_public_key_to_cryptography,
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from casefile.signing_in import factors
from casefile.signing_in.kept_passkeys import Passkey

NAME = "Passkey"
CHALLENGE = "passkey_challenge"
TIME_TO_ANSWER = 5 * 60 * 1000  # milliseconds, for a browser


def for_staff(ceremony):
    """Make a view of one step, for staff: its answer, or why there is none, is JSON."""

    @require_POST
    @never_cache
    @wraps(ceremony)
    def view(request):
        try:
            if not (request.user.is_active and request.user.is_staff):
                raise PermissionDenied("This is for staff who gave their password.")
            return JsonResponse(ceremony(request))
        except PermissionDenied as error:
            return JsonResponse({"problem": str(error)}, status=403)
        except (BadRequest, WebAuthnException) as error:
            return JsonResponse({"problem": str(error)}, status=400)

    return view


@for_staff
def begin_registration(request):
    _check_may_add(request)
    user = request.user
    options = webauthn.generate_registration_options(
        rp_id=_relying_party(),
        rp_name=settings.OTP_TOTP_ISSUER,
        user_id=salted_hmac("casefile.signing_in.passkeys", str(user.pk)).digest(),
        user_name=user.get_username(),
        user_display_name=user.get_full_name() or user.get_username(),
        timeout=TIME_TO_ANSWER,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_passkeys_of(user),
    )
    return _challenged(request, options)


@for_staff
def complete_registration(request):
    _check_may_add(request)
    challenge = _challenge(request)
    answer = _answer(request, parse_registration_credential_json)
    with _nonsense_refused():
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=_relying_party(),
            expected_origin=_origin(request),
        )
        # Else a point that isn't on its curve would be found only when the key is to be used.
        decoded_public_key_to_cryptography(decode_credential_public_key(made.credential_public_key))
    with transaction.atomic():
        passkey, is_new = Passkey.objects.get_or_create(
            credential_id=made.credential_id,
            defaults={
                "user": request.user,
                "name": NAME,
                "public_key": made.credential_public_key,
                "sign_count": made.sign_count,
                "transports": [one.value for one in answer.response.transports or []],
            },
        )
        if not is_new:
            raise BadRequest("This passkey is here already.")
        factors.add(request, passkey)
    return {"id": passkey.pk}


@for_staff
def begin_authentication(request):
    options = webauthn.generate_authentication_options(
        rp_id=_relying_party(),
        timeout=TIME_TO_ANSWER,
        allow_credentials=_passkeys_of(request.user),
        user_verification=UserVerificationRequirement.DISCOURAGED,
    )
    return _challenged(request, options)


@for_staff
def complete_authentication(request):
    challenge = _challenge(request)
    answer = _answer(request, parse_authentication_credential_json)
    with transaction.atomic():
        passkeys = Passkey.objects.devices_for_user(request.user, confirmed=True)
        passkey = passkeys.select_for_update().filter(credential_id=answer.raw_id).first()
        if passkey is None:
            raise BadRequest("This is no passkey of yours.")
        with _nonsense_refused():
            used = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=challenge,
                expected_rp_id=_relying_party(),
                expected_origin=_origin(request),
                credential_public_key=bytes(passkey.public_key),
                credential_current_sign_count=passkey.sign_count,
            )
        passkey.sign_count = used.new_sign_count
        passkey.set_last_used_timestamp(commit=False)
        passkey.save(update_fields=["sign_count", "last_used_at"])
        factors.accept(request, passkey)
    return {"id": passkey.pk}


def has_passkey(user):
    return Passkey.objects.devices_for_user(user, confirmed=True).exists()


def _check_may_add(request):
    """Refuse whoever has a second factor and has not used one just now.

    Raises:
        PermissionDenied: it has to be used first.
    """
    if factors.factors_of(request.user) and not factors.is_fresh(request):
        raise PermissionDenied("Use the second factor that you have first.")


def _relying_party():
    """Return the host that passkeys belong to: with another one all have to be made again."""
    return urlsplit(settings.SITE_URL).hostname


def _origin(request):
    """Return whose pages' answers are taken. In development the port is any free one."""
    return f"http://{request.get_host()}" if settings.DEVELOPMENT else settings.SITE_URL


def _passkeys_of(user):
    """Return how to ask a browser for a user's passkeys, the one used last first."""
    passkeys = Passkey.objects.devices_for_user(user, confirmed=True)
    return [
        PublicKeyCredentialDescriptor(
            id=bytes(passkey.credential_id),
            transports=[AuthenticatorTransport(one) for one in passkey.transports],
        )
        for passkey in passkeys.order_by(F("last_used_at").desc(nulls_last=True))
    ]


def _challenged(request, options):
    """Return the options for the browser, having noted the challenge for which it shall answer."""
    said = options_to_json_dict(options)
    request.session[CHALLENGE] = said["challenge"]
    return said


def _challenge(request):
    """Take the challenge from the session, so that no second answer to it is ever accepted.

    Raises:
        BadRequest: there is none.
    """
    challenge = request.session.pop(CHALLENGE, None)
    request.session.save()  # whatever becomes of the answer
    if challenge is None:
        raise BadRequest("Ask for a challenge first.")
    return webauthn.base64url_to_bytes(challenge)


def _answer(request, parse):
    """Return what the browser made of the challenge, parsed.

    Raises:
        BadRequest, WebAuthnException: it is none.
    """
    with _nonsense_refused():
        return parse(json.loads(request.body))


@contextmanager
def _nonsense_refused():
    """Take for no answer what py_webauthn trips over: it takes for granted what should be there.

    Raises:
        BadRequest: so it did.
    """
    try:
        yield
    except (AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise BadRequest("This is no answer of a browser.") from error
