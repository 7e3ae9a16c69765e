"""The record as it was known at a past moment, rebuilt from its append-only history.

As-of asks what was true on a day; known-on asks what this site knew at a moment. Both clocks work
together: the tables of the record are shadowed, for one transaction, by temporary tables that hold
what the history says they held, so every query and the state rule run on them unchanged.
"""

from contextlib import contextmanager

import pghistory.models
from django.apps import apps
from django.db import connection, transaction


def tracked_models():
    """Return (model, history model) of each table whose history is kept, links included."""
    return [
        (model.pgh_tracked_model, model)
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and hasattr(model, "pgh_tracked_model")
    ]


@contextmanager
def record_as_known_on(moment, derived=()):
    """Run a block in a transaction in which the record is what was known at a moment.

    ``moment`` is an aware datetime. ``derived`` are pairs of a model that is kept beside the record
    by rule (the states of letters) and the SQL that fills it from the record.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # Temporary tables are found before those of the same name in the public schema.
        cursor.execute("SET LOCAL search_path = pg_temp, public")
        for model, history in tracked_models():
            table, columns = _shadow(cursor, model, "INCLUDING DEFAULTS INCLUDING INDEXES")
            known = f"""
                SELECT DISTINCT ON (id) * FROM public.{history._meta.db_table}
                WHERE pgh_created_at <= %s ORDER BY id, pgh_id DESC
            """
            cursor.execute(
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM ({known}) known"
                " WHERE pgh_label <> 'delete'",
                [moment],
            )
            cursor.execute(f"ANALYZE {table}")
        for model, statement in derived:
            table, _ = _shadow(cursor, model, "INCLUDING IDENTITY")
            cursor.execute(statement)
            cursor.execute(f"ANALYZE {table}")
        yield


def _shadow(cursor, model, including):
    """Make the empty temporary table of a model; return its name and its columns."""
    quoted = connection.ops.quote_name
    table = quoted(model._meta.db_table)
    columns = ", ".join(quoted(field.column) for field in model._meta.concrete_fields)
    cursor.execute(
        f"CREATE TEMPORARY TABLE {table} (LIKE public.{table} {including}) ON COMMIT DROP"
    )
    return table, columns
