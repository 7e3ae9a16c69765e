"""Whether the site can do its work: yes or no to a few questions, in bounded time.

It is asked by whoever distributes requests or wakes an operator, and anyone may: so no version, no
name and no message is in the answer.
"""

import tempfile
from functools import cache

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from casefile import replica
from casefile.room import existing, has_room

SECONDS = 2  # to connect, and for the one query


def deep_health():
    """Return {question: answer}. It takes at most some seconds, whatever is broken.

    Where there is a standby, ``replica`` tells whether readers may have it, and ``replica_lag`` the
    seconds that it is behind, None if it is away or follows no primary.
    """
    applied = _applied_migrations()
    health = {
        "database": applied is not None,
        "migrations": applied is not None and _known_migrations() <= applied,
        "disk": all(has_room(folder, settings.DISK_FREE_BYTES) for folder in _folders()),
    }
    if replica.ALIAS in settings.DATABASES:
        lag = _replica_lag()
        health |= {"replica": replica.is_near_enough(lag), "replica_lag": lag}
    return health


def _replica_lag():
    try:
        with _connect(connections[replica.ALIAS]) as new:
            return new.execute(replica.LAG).fetchone()[0]
    except psycopg.Error:
        return None


def _applied_migrations():
    """Return the applied migrations as {(app, name)}, or None if the database doesn't answer.

    It is asked on a new connection: one that is kept could wait for a server that is gone.
    """
    try:
        with _connect(connection) as new:
            return set(new.execute("SELECT app, name FROM django_migrations").fetchall())
    except psycopg.Error:
        return None


def _connect(kept):
    """Return a new connection that is made as Django's are, TLS included, and soon gives up."""
    bounds = {
        "connect_timeout": SECONDS,
        "tcp_user_timeout": SECONDS * 1000,
        "options": f"-c statement_timeout={SECONDS}s",
    }
    return psycopg.connect(**kept.get_connection_params() | bounds)


@cache
def _known_migrations():
    return frozenset(MigrationLoader(None).disk_migrations)


def _folders():
    """Return the folders that are written to, each once."""
    folders = (settings.MEDIA_ROOT, settings.REPORT_ROOT, tempfile.gettempdir())
    return set(map(existing, folders))
