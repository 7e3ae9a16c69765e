"""The rule that decides where a letter stands, as the database runs it, and the check on it."""

from pathlib import Path

from django.db import connection

SQL = (Path(__file__).parent / "sql" / "state_rule.sql").read_text()

COLUMNS = (
    "letter_id, jurisdiction_id, published, entered, during, state, effective_deadline,"
    " first_substantive_on, first_complete_on, exposure, extension_count, enforcement,"
    " deadline_order, newest_order"
)
DIFFERENT = f"""
    WITH kept AS (SELECT {COLUMNS} FROM letters_stateinterval),
    fresh AS (SELECT {COLUMNS} FROM letters_state_rule(ARRAY(SELECT id FROM letters_letter)))
    SELECT DISTINCT letter_id FROM (
        (TABLE kept EXCEPT ALL TABLE fresh) UNION ALL (TABLE fresh EXCEPT ALL TABLE kept)
    ) AS difference
    ORDER BY letter_id
"""


def letters_kept_wrongly():
    """Return the ids of letters whose kept intervals aren't what the rule says now."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        return [letter for (letter,) in cursor]


def keep_states(letters):
    """Make the kept intervals of letters, given by their ids, what the rule says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT letters_keep_states(%s::bigint[])", [letters])
