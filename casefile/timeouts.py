"""Queries that the database ends because they take longer than ``statement_timeout``."""

from psycopg.errors import QueryCanceled


def was_too_slow(error):
    """Return whether an OperationalError says that the database ended a query."""
    return isinstance(error.__cause__, QueryCanceled)
