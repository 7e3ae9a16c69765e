"""Sessions as rows: whose they are, so that their owners see and end them."""

import datetime as dt

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from casefile.signing_in import sessions


class Session(AbstractBaseSession):
    """One session, of a user or of somebody who is about to sign in."""

    user_id = models.BigIntegerField(null=True, db_index=True)

    class Meta(AbstractBaseSession.Meta):
        default_permissions = []

    @classmethod
    def get_session_store_class(cls):
        return sessions.SessionStore

    @property
    def name(self):
        """Return what forms call it: its key opens the desk, and stands on no page."""
        return salted_hmac("casefile.signing_in.session", self.session_key).hexdigest()

    @cached_property
    def noted(self):
        return self.get_decoded()

    @property
    def address(self):
        return self.noted.get(sessions.ADDRESS)

    @property
    def signed_in_at(self):
        return _moment(self.noted[sessions.SIGNED_IN_AT])

    @property
    def seen_at(self):
        return _moment(self.noted[sessions.SEEN_AT])


def _moment(seconds):
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
