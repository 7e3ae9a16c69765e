"""The rule that decides where an award stands, as the database runs it, and the check on it."""

from pathlib import Path

from django.db import connection

SQL = (Path(__file__).parent / "sql" / "award_rule.sql").read_text()

COLUMNS = (
    "award_id, jurisdiction_id, published, entered, during, award_status, money_status,"
    " dispute_status, fiscal_year, amount, amount_basis, name, key, usps"
)
DIFFERENT = f"""
    WITH kept AS (SELECT {COLUMNS} FROM jurisdictions_awardinterval),
    fresh AS (
        SELECT {COLUMNS}
        FROM jurisdictions_award_rule(ARRAY(SELECT id FROM jurisdictions_award))
    )
    SELECT DISTINCT award_id FROM (
        (TABLE kept EXCEPT ALL TABLE fresh) UNION ALL (TABLE fresh EXCEPT ALL TABLE kept)
    ) AS difference
    ORDER BY award_id
"""


def awards_kept_wrongly():
    """Return the ids of awards whose kept intervals aren't what the rule says now."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        return [award for (award,) in cursor]


def keep_awards(awards):
    """Make the kept intervals of awards, given by their ids, what the rule says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT jurisdictions_keep_awards(%s::bigint[])", [awards])
