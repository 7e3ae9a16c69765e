"""Queries that take long are logged: their text with its placeholders, and never the values."""

import logging
import time

from django.conf import settings
from django.db.backends.signals import connection_created

logger = logging.getLogger(__name__)

LONGEST = 2_000  # characters of a query


def connect():
    """Watch every connection that is made from now on."""
    connection_created.connect(_watch, dispatch_uid=__name__)


def _watch(connection, **kwargs):
    if timed not in connection.execute_wrappers:
        # First: whoever wraps the queries of a block takes the last one off at its end, and the
        # connection may have been made within that block.
        connection.execute_wrappers.insert(0, timed)


def timed(execute, sql, params, many, context):
    """Run a query, and log it if it took settings.SLOW_QUERY_SECONDS or was ended meanwhile."""
    begun = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        seconds = time.monotonic() - begun
        if seconds >= settings.SLOW_QUERY_SECONDS:
            told = {"seconds": round(seconds, 3), "sql": str(sql)[:LONGEST]}
            logger.warning("A query took %.1f s.", seconds, extra=told)
