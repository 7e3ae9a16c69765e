"""The record as it was known at a past moment, rebuilt from its append-only history.

As-of asks what was true on a day; known-on asks what this site knew at a moment. Both clocks work
together: the tables of the record are shadowed, for one transaction, by temporary tables that hold
what the history says they held, so every query and the state rule run on them unchanged.
"""

from contextlib import contextmanager

from django.db import connection, transaction

from casefile.history import tracked_models
from casefile.report_writing import settle
from casefile.revision import Revision, revision_known_on

# A transaction's changes are stamped with when it began. What had begun by the moment, but became
# a revision later, wasn't known yet.
KNOWN = """
    SELECT DISTINCT ON (id) * FROM public.{history}
    WHERE pgh_created_at <= %(moment)s AND pgh_created_at NOT IN (
        SELECT began_at FROM public.{revisions}
        WHERE began_at <= %(moment)s AND raised_at > %(moment)s
    )
    ORDER BY id, pgh_id DESC
"""


@contextmanager
def record_as_known_on(moment, derived=()):
    """Run a block that finds the record as it was known at a moment; yield its revision.

    ``moment`` is an aware datetime. ``derived`` are pairs of a model that is kept beside the record
    by rule (the states of letters) and the SQL that fills it from the record. The block runs in a
    transaction that is rolled back: it can't write.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if len(connection.atomic_blocks) == 1:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        settle(cursor)
        revision = revision_known_on(moment)
        # Temporary tables are found before those of the same name in the public schema.
        cursor.execute("SET LOCAL search_path = pg_temp, public")
        for model, history in tracked_models():
            table, columns = _shadow(cursor, model, "INCLUDING DEFAULTS INCLUDING INDEXES")
            known = KNOWN.format(history=history._meta.db_table, revisions=Revision._meta.db_table)
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM ({known}) known"
                " WHERE pgh_label <> 'delete'",
                {"moment": moment},
            )
            cursor.execute(f"ANALYZE {table}")
        # One rule may fill several.
        tables = [_shadow(cursor, model, "INCLUDING IDENTITY")[0] for model, _ in derived]
        for table, (_, statement) in zip(tables, derived, strict=True):
            cursor.execute(statement)
            cursor.execute(f"ANALYZE {table}")
        yield revision
        # The temporary tables go, also within a transaction that goes on.
        transaction.set_rollback(True)


def _shadow(cursor, model, including):
    """Make the empty temporary table of a model; return its name and its columns."""
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)
    columns = ", ".join(quoted(field.column) for field in model._meta.concrete_fields)
    cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table} {including})")
    return table, columns
