"""django-otp-webauthn without webauthn, until somebody uses a passkey.

Its models and checks import webauthn, which loads cryptography and the formats of certificates:
the first answer would wait for them. They use it in functions alone, and so their names may stand
for what is imported when it is used.
"""

import sys
from contextlib import contextmanager
from types import ModuleType

from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import import_string

LATE = ("webauthn.helpers", "webauthn.helpers.structs")


class LateName:
    """What a name in a module means, looked up whenever it is used."""

    def __init__(self, path):
        self._path = path

    def __call__(self, *args, **kwargs):
        return import_string(self._path)(*args, **kwargs)

    def __getattr__(self, name):
        return getattr(import_string(self._path), name)


class LateModule(ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return LateName(f"{self.__name__}.{name}")


@contextmanager
def webauthn_late():
    """Have late names for all that is imported from webauthn meanwhile, if it isn't loaded."""
    if "webauthn" in sys.modules:
        yield
        return
    sys.modules.update({name: LateModule(name) for name in LATE})
    try:
        yield
    finally:
        for name in LATE:
            del sys.modules[name]


class PasskeysConfig(AppConfig):
    name = "django_otp_webauthn"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "OTP WebAuthn"

    def import_models(self):
        with webauthn_late():
            super().import_models()

    def ready(self):
        checks.register(check_passkeys, checks.Tags.security)


def check_passkeys(app_configs, **kwargs):
    """Run the checks of django-otp-webauthn."""
    from django_otp_webauthn import checks as its

    names = [name for name in vars(its) if name.startswith("check_")]
    return [error for name in names for error in getattr(its, name)(app_configs, **kwargs)]
