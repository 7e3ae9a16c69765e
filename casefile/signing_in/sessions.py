"""Sessions in the database that end: 30 minutes after the last page, 12 hours after signing in."""

import time
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.utils import timezone

SIGNED_IN_AT = "signed_in_at"  # seconds since 1970
SEEN_AT = "seen_at"
NOTED_EVERY = 60  # seconds, so that not every page writes


class SessionStore(DatabaseSessionStore):
    """Each time that a session is saved it lasts on, but never beyond its longest."""

    def get_expiry_age(self, **kwargs):
        age = super().get_expiry_age(**kwargs)
        if signed_in_at := self.get(SIGNED_IN_AT):
            age = min(age, int(signed_in_at + settings.SESSION_LONGEST - time.time()))
        return age

    def get_expiry_date(self, **kwargs):
        return timezone.now() + timedelta(seconds=self.get_expiry_age(**kwargs))


def begin(session):
    """Note when somebody signed in."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = int(time.time())


def go_on(session):
    """Note that somebody is still there."""
    now = int(time.time())
    if now - session.get(SEEN_AT, 0) >= NOTED_EVERY:
        session[SEEN_AT] = now
