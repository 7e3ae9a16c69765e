"""Sessions in the database that end: 30 minutes after the last page, 12 hours after signing in."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY as USER
from django.contrib.sessions import middleware
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from casefile.signing_in.addresses import client_address

logger = logging.getLogger(__name__)

SIGNED_IN_AT = "signed_in_at"  # seconds since 1970
SEEN_AT = "seen_at"
ADDRESS = "address"
NOTED_EVERY = 60  # seconds, so that not every page writes


class SessionStore(DatabaseSessionStore):
    """Each time that a session is saved it lasts on, but never beyond its longest."""

    @classmethod
    def get_model_class(cls):
        from casefile.models import Session  # needs the apps loaded

        return Session

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.user_id = data.get(USER)
        return session

    def get_expiry_age(self, **kwargs):
        age = super().get_expiry_age(**kwargs)
        if signed_in_at := self.get(SIGNED_IN_AT):
            age = min(age, int(signed_in_at + settings.SESSION_LONGEST - time.time()))
        return age

    def get_expiry_date(self, **kwargs):
        return timezone.now() + timedelta(seconds=self.get_expiry_age(**kwargs))

    def save(self, must_create=False):
        try:
            super().save(must_create)
        except UpdateError as error:
            # Django takes each error here for a session that was deleted meanwhile.
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise


class SessionMiddleware(middleware.SessionMiddleware):
    """What a page has done is told, also if the session can't be noted any more afterwards.

    Else who saved a form would be told that it isn't saved, and save it twice.
    """

    def process_response(self, request, response):
        try:
            return super().process_response(request, response)
        except (InterfaceError, OperationalError):
            logger.exception("The session could not be saved.")
            return response


def begin(request):
    """Note when somebody signed in, and from where."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())
    request.session[ADDRESS] = client_address(request)


def go_on(session):
    """Note that somebody is still there."""
    now = int(time.time())
    if now - session.get(SEEN_AT, 0) >= NOTED_EVERY:
        session[SEEN_AT] = now


def of(user):
    """Return a user's sessions that go on."""
    model = SessionStore.get_model_class()
    return model.objects.filter(user_id=user.pk, expire_date__gt=timezone.now())


def end(user, *, but=None):
    """End all sessions of a user, but the one that a request is made in."""
    ended = of(user)
    if but is not None:
        ended = ended.exclude(session_key=but.session.session_key)
    ended.delete()
