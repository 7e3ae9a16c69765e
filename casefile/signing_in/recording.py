"""Notes who signs in and out, as Django tells it. Failures: see `casefile.signing_in.throttle`."""

from django.contrib.auth.signals import user_logged_in, user_logged_out

from casefile.signing_in import passwords, sessions
from casefile.signing_in.events import SignInEventKind, note


def connect():
    """Begin to note: called once, when the app is ready."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)


def _signed_in(sender, request, user, **kwargs):
    sessions.begin(request)
    passwords.begin(request.session, user)
    note(SignInEventKind.SIGNED_IN, request, user)


def _signed_out(sender, request, user, **kwargs):
    if user:
        note(SignInEventKind.SIGNED_OUT, request, user)
