"""How long a query may take, wait for a lock, or keep others waiting, before the database ends it.

Connections of what serves the site begin with the bounds of readers; a request to the desk widens
them for itself, and what takes longer by its nature (a report, a search) sets its own for its
transaction. Commands have none.
"""

from contextlib import contextmanager

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from psycopg.errors import QueryCanceled


def was_too_slow(error):
    """Return whether an OperationalError says that the database ended a query."""
    return isinstance(error.__cause__, QueryCanceled)


def bound_requests():
    """Give all later connections of this process the bounds of readers.

    No query starts processes that help it: a page takes about as long as they take to start, and
    whoever asks for another page needs the core.
    """
    for database in settings.DATABASES.values():
        database["OPTIONS"]["options"] += (
            f" -c statement_timeout={settings.READER_TIMEOUT}"
            f" -c lock_timeout={settings.READER_LOCK_TIMEOUT}"
            f" -c idle_in_transaction_session_timeout={settings.READER_IDLE_TIMEOUT}"
            " -c max_parallel_workers_per_gather=0"
        )


class DeskTimeoutsMiddleware:
    """Let who works at the desk wait longer than readers do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith("/admin/"):
            return self.get_response(request)
        with _desk():
            return self.get_response(request)


@contextmanager
def _desk():
    try:
        connection.close_if_health_check_failed()
        connection.ensure_connection()
    except (InterfaceError, OperationalError):
        yield  # the page finds that out by itself, and says so
        return
    _execute(
        f"SET statement_timeout = '{settings.DESK_TIMEOUT}';"
        f"SET lock_timeout = '{settings.DESK_LOCK_TIMEOUT}';"
        f"SET idle_in_transaction_session_timeout = '{settings.DESK_IDLE_TIMEOUT}'"
    )
    try:
        yield
    finally:
        _execute(
            "RESET statement_timeout; RESET lock_timeout; RESET idle_in_transaction_session_timeout"
        )


def _execute(sql):
    """Execute outside of cursors, if the connection lives: a new one has the bounds of readers."""
    if connection.connection is not None and not connection.connection.closed:
        connection.connection.pgconn.exec_(sql.encode())
