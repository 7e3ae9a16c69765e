"""The rule that says what readers can search for, as the database runs it, and the check on it."""

from pathlib import Path

from django.db import connection

SQL = (Path(__file__).parent.parent / "sql" / "search.sql").read_text()

COLUMNS = (
    "kind, object_id, key, page_key, date, date_precision, since, title, context, text, name, year,"
    " words"
)
DIFFERENT = """
    WITH kept AS (SELECT {columns} FROM letters_searchdocument WHERE kind = %(kind)s),
    fresh AS (
        SELECT {columns} FROM letters_search_rule(%(kind)s, ARRAY(SELECT id FROM {relation}))
    )
    SELECT DISTINCT object_id FROM (
        (TABLE kept EXCEPT ALL TABLE fresh) UNION ALL (TABLE fresh EXCEPT ALL TABLE kept)
    ) AS difference
    ORDER BY object_id
"""


def documents_kept_wrongly():
    """Return {kind: ids} of what has another document than the rule says now, or lacks one."""
    wrong = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, relation FROM letters_search_kinds()")
        for kind, relation in cursor.fetchall():
            cursor.execute(DIFFERENT.format(columns=COLUMNS, relation=relation), {"kind": kind})
            if ids := [pk for (pk,) in cursor]:
                wrong[kind] = ids
    return wrong


def keep_documents(kind, ids):
    """Make the kept documents of rows of a kind, given by their ids, what the rule says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT letters_search_keep(%s, %s::bigint[])", [kind, ids])
