"""The rule of what the letters to a jurisdiction add up to, as the database runs it; its check."""

from pathlib import Path

from django.db import connection

SQL = (Path(__file__).parent / "sql" / "jurisdiction_rule.sql").read_text()

COLUMNS = (
    "jurisdiction_id, published, entered, during, letter_count, states, exposure, next_deadline"
)
DIFFERENT = f"""
    WITH kept AS (SELECT {COLUMNS} FROM letters_jurisdictioninterval),
    fresh AS (
        SELECT {COLUMNS}
        FROM letters_jurisdiction_rule(ARRAY(SELECT id FROM jurisdictions_jurisdiction))
    )
    SELECT DISTINCT jurisdiction_id FROM (
        (TABLE kept EXCEPT ALL TABLE fresh) UNION ALL (TABLE fresh EXCEPT ALL TABLE kept)
    ) AS difference
    ORDER BY jurisdiction_id
"""


def jurisdictions_kept_wrongly():
    """Return the ids of jurisdictions of which something else is kept than their letters say."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        return [jurisdiction for (jurisdiction,) in cursor]


def keep_jurisdictions(jurisdictions):
    """Make what is kept of jurisdictions, given by their ids, what their letters add up to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT letters_keep_jurisdictions(%s::bigint[])", [jurisdictions])
