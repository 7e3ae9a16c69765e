"""Readers are answered from a hot standby, where there is one, and from the primary without it.

For the time of an anonymous GET the standby takes the primary's place as the connection "default":
so a page, the revision that it is kept by, and whatever else is asked for it are of one server.
Who brings a session, and may just have written, reads the primary.

A standby that was promoted, lags too far behind or has lost its primary shows an old record: then
readers get the primary, unless that is away.
"""

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections

from casefile.page_cache import may_get_kept

logger = logging.getLogger(__name__)

ALIAS = "replica"
RETRY_AFTER = 5  # seconds in which a process doesn't try a standby again that was away
CHECK_EVERY = 1  # seconds in which a process takes a standby for as near as it was

# Seconds by which a standby is behind; NULL if it is none any more, or has no primary to follow.
# The time of the last transaction alone would call each standby of an idle primary late.
LAG = """
SELECT CASE
    WHEN NOT pg_is_in_recovery() OR NOT EXISTS (SELECT FROM pg_stat_wal_receiver) THEN NULL
    WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
    ELSE greatest(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)
END::float
"""

# The connection whose place the standby has taken.
_primary = ContextVar("primary", default=None)


class ReadingReplica:
    """A WSGI application that asks the site with the standby in the primary's place.

    It stands before the kept pages, which begin with reading the revision.
    """

    def __init__(self, application):
        self.application = application
        self.away_until = self.checked_until = 0.0
        self.is_chosen = True

    def __call__(self, environ, start_response):
        replica = connections[ALIAS]
        if not may_get_kept(WSGIRequest(environ)) or not self._answers(replica):
            return self.application(environ, start_response)
        primary = connections[DEFAULT_DB_ALIAS]
        token = _primary.set(primary)
        connections[DEFAULT_DB_ALIAS] = replica  # for this thread alone
        try:
            return self.application(environ, start_response)
        finally:
            connections[DEFAULT_DB_ALIAS] = primary
            _primary.reset(token)

    def _answers(self, replica):
        if time.monotonic() < self.away_until:
            return False
        try:
            # A kept connection may be one to a server that is gone: it is asked, or made anew.
            replica.close_if_health_check_failed()
            replica.ensure_connection()
            if time.monotonic() >= self.checked_until:
                self._choose(replica)
        except (InterfaceError, OperationalError):
            self.away_until = time.monotonic() + RETRY_AFTER
            return False
        return self.is_chosen

    def _choose(self, replica):
        with replica.cursor() as cursor:
            cursor.execute(LAG)
            is_near = is_near_enough(cursor.fetchone()[0])
        self.is_chosen = is_near or not _primary_answers()
        # To ask a primary that is away may take seconds.
        self.checked_until = time.monotonic() + (CHECK_EVERY if is_near else RETRY_AFTER)


def is_near_enough(lag):
    """Return whether readers may have a standby with a lag, in seconds, or None."""
    return lag is not None and lag <= settings.REPLICA_LAG_SECONDS


def _primary_answers():
    primary = connections[DEFAULT_DB_ALIAS]
    try:
        primary.close_if_health_check_failed()
        primary.ensure_connection()
    except (InterfaceError, OperationalError):
        return False
    return True


@contextmanager
def noting_on_primary():
    """Let a reader's request write down what went out; while the primary is away, go on without.

    Where the request reads from the primary anyway, this changes nothing.
    """
    primary = _primary.get()
    if primary is None:
        yield
        return
    replica = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = primary
    try:
        yield
    except (InterfaceError, OperationalError):
        logger.warning("The primary is away: what went out is not written down.")
    finally:
        connections[DEFAULT_DB_ALIAS] = replica
