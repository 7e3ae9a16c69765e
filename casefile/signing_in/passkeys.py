"""Passkeys: what a browser and the site say to each other, as JSON. See static/passkeys.js.

A passkey is a second factor here, after the password: nobody signs in by it alone.
"""

import json

from django.conf import settings
from django_otp_webauthn import exceptions, views
from django_otp_webauthn.helpers import WebAuthnHelper
from django_otp_webauthn.models import WebAuthnCredential

from casefile.signing_in import factors

NAME = "Passkey"


class Passkeys(WebAuthnHelper):
    def get_allowed_origins(self):
        """Return the origins whose passkeys are taken. In development the port is any free one."""
        if settings.DEVELOPMENT:
            return [f"http://{self.request.get_host()}"]
        return super().get_allowed_origins()

    def create_credential(self, *args, **kwargs):
        device = super().create_credential(*args, **kwargs)
        device.name = NAME
        return device


class _Staff:
    """What all four have in common: they are for staff, and take any nonsense for nonsense."""

    def initial(self, request, *args, **kwargs):
        if not (request.user.is_active and request.user.is_staff):
            raise exceptions.NotAuthenticated
        super().initial(request, *args, **kwargs)

    def _parse_request_data(self, request):
        try:
            return super()._parse_request_data(request)
        except (RecursionError, ValueError) as error:
            raise exceptions.MalformedRequest from error


class _Registration(_Staff):
    def check_can_register(self):
        if factors.factors_of(self.request.user) and not factors.is_fresh(self.request):
            raise exceptions.NotVerified


class BeginRegistration(_Registration, views.BeginCredentialRegistrationView):
    pass


class CompleteRegistration(_Registration, views.CompleteCredentialRegistrationView):
    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        device = WebAuthnCredential.objects.get(pk=json.loads(response.content)["id"])
        factors.add(self.request, device)
        return response


class BeginAuthentication(_Staff, views.BeginCredentialAuthenticationView):
    pass


class CompleteAuthentication(_Staff, views.CompleteCredentialAuthenticationView):
    def complete_auth(self, device):
        factors.accept(self.request, device)

    def get_success_data(self, device):
        return {"id": device.pk}


def has_passkey(user):
    return WebAuthnCredential.objects.devices_for_user(user, confirmed=True).exists()


begin_registration = BeginRegistration.as_view()
complete_registration = CompleteRegistration.as_view()
begin_authentication = BeginAuthentication.as_view()
complete_authentication = CompleteAuthentication.as_view()
