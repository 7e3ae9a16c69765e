"""Intervals that triggers keep of where records stand on each day, compared with their rule."""

from django.db import connection

DIFFERENT = """
    WITH kept AS (SELECT {columns} FROM {table}),
    fresh AS (SELECT {columns} FROM {rule}(ARRAY(SELECT id FROM {owners})))
    SELECT DISTINCT {owner} FROM (
        (TABLE kept EXCEPT ALL TABLE fresh) UNION ALL (TABLE fresh EXCEPT ALL TABLE kept)
    ) AS difference
    ORDER BY {owner}
"""


def kept_wrongly(intervals, rule):
    """Return the ids of those whose kept intervals aren't what the rule says now.

    ``intervals`` is the model: its first field names whose they are. ``rule`` is the SQL function
    that returns all other columns for an array of ids.
    """
    _key, owner, *others = intervals._meta.concrete_fields
    sql = DIFFERENT.format(
        columns=", ".join(field.column for field in [owner, *others]),
        table=intervals._meta.db_table,
        owner=owner.column,
        owners=owner.related_model._meta.db_table,
        rule=rule,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [found for (found,) in cursor]


def keep(function, ids):
    """Make the kept intervals of some ids what the rule says, by the SQL function that does so."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s::bigint[])", [ids])
