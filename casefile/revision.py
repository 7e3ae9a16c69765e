"""The record's revisions: each transaction that changes what readers can see makes one.

Triggers make them inside that transaction (see the migration record_revision in letters, which
knows every table), so whoever reads the revision and then the record in one snapshot has both from
the same moment. What only staff can see never makes one.
"""

from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections, models
from django.db.models import F, Q, UniqueConstraint
from psycopg.pq import ExecStatus


class Revision(models.Model):
    """One revision of the record. Triggers alone write them.

    ``number`` and ``raised_at`` are final from the commit on: both rise in the order in which
    readers come to see the changes. ``token`` tells the revision from all others: those of a
    restored record have the numbers again, and the transaction itself may change the record
    further. ``began_at`` is what the history says of every change that the transaction made.
    """

    number = models.BigIntegerField(db_index=True)
    token = models.UUIDField()
    transaction = models.BigIntegerField()
    began_at = models.DateTimeField(db_index=True)
    raised_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number", F("raised_at").desc(nulls_first=True)]
        constraints = [
            UniqueConstraint(
                name="casefile_revision_numbers_differ",
                fields=["number"],
                condition=Q(raised_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"Revision {self.number}"


CURRENT_TOKEN = b"SELECT casefile_current_token()"

# Of a record in which nothing was public yet.
NONE = Revision(number=0, token=UUID(int=0))


def current_revision():
    """Return the newest Revision that this transaction sees."""
    return Revision.objects.first() or NONE


def current_token():
    """Return the token of the newest revision alone: what each request for a page asks.

    It is the first that a request asks of the database, so it is also the check whether the kept
    connection still stands, and asks again on a new one if not: one round trip instead of two.
    """
    database = connections[DEFAULT_DB_ALIAS]
    database.health_check_done = True
    is_kept = database.connection is not None
    database.ensure_connection()
    try:
        return _read_token(database)
    except OperationalError:
        if not is_kept or database.in_atomic_block:
            raise
        database.close()
        database.ensure_connection()
        return _read_token(database)


def _read_token(database):
    # By libpq itself: cursors took four times as long as this, and half of a kept page's time.
    if database.queries_logged:
        database.queries_log.append({"sql": CURRENT_TOKEN.decode(), "time": "0"})
    with database.wrap_database_errors:  # of a connection that is known to be lost
        result = database.connection.pgconn.exec_(CURRENT_TOKEN)
    if result.status != ExecStatus.TUPLES_OK:
        raise OperationalError(result.error_message.decode(errors="replace"))
    token = result.get_value(0, 0)
    return token.decode() if token else str(NONE.token)


def raise_revision():
    """Make this transaction a revision, for a change that no trigger of the record sees."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT casefile_raise_revision()")


def revision_known_on(moment):
    """Return the Revision that readers saw at a past moment."""
    return Revision.objects.filter(raised_at__lte=moment).first() or NONE
