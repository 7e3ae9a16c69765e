"""How many public awards there are as of a day, and what they add up to: read, and checked."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import connection

SQL = (Path(__file__).parent / "sql" / "award_tallies.sql").read_text()

SUMS = """
    SELECT subject, value, basis, sum(awards), sum(with_amount), sum(amount) FROM (
        SELECT subject, value, basis, awards, with_amount, amount FROM jurisdictions_awardtally
        WHERE period = 'year' AND begins < date_trunc('year', %(day)s::timestamp)
            OR period = 'month' AND begins >= date_trunc('year', %(day)s::timestamp)
                AND begins < date_trunc('month', %(day)s::timestamp)
            OR period = 'day' AND begins >= date_trunc('month', %(day)s::timestamp)
                AND begins <= %(day)s
        UNION ALL
        SELECT subject, value, basis, awards, with_amount, amount FROM jurisdictions_awardchange
        CROSS JOIN LATERAL jurisdictions_award_subjects(fiscal_year, usps, award_status,
            money_status, dispute_status)
        WHERE day <= %(day)s
    ) counted
    GROUP BY subject, value, basis HAVING sum(awards) <> 0
"""
# What the intervals themselves come to, and what is kept, for each day on which a sum changes.
DIFFERENT = """
    WITH kept AS (
        SELECT subject, value, basis, begins AS day, awards, with_amount, amount
        FROM jurisdictions_awardtally WHERE period = 'day'
        UNION ALL
        SELECT subject, value, basis, day, awards, with_amount, amount
        FROM jurisdictions_awardchange
        CROSS JOIN LATERAL jurisdictions_award_subjects(fiscal_year, usps, award_status,
            money_status, dispute_status)
    ), fresh (subject, value, basis, day, awards, with_amount, amount) AS (
        SELECT subject, value, amount_basis, day, number,
            CASE WHEN amount IS NULL THEN 0 ELSE number END, coalesce(number * amount, 0)
        FROM jurisdictions_awardinterval
        CROSS JOIN LATERAL (VALUES (lower(during), 1), (upper(during), -1)) AS e (day, number)
        CROSS JOIN LATERAL jurisdictions_award_subjects(fiscal_year, usps, award_status,
            money_status, dispute_status)
        WHERE published AND day IS NOT NULL
    ), periods AS (
        SELECT subject, value, basis, period, begins, awards, with_amount, amount
        FROM jurisdictions_awardtally WHERE period <> 'day'
        UNION ALL
        SELECT subject, value, basis, p.period, date_trunc(p.period, begins::timestamp)::date,
            -awards, -with_amount, -amount
        FROM jurisdictions_awardtally CROSS JOIN (VALUES ('month'), ('year')) AS p (period)
        WHERE jurisdictions_awardtally.period = 'day'
    ), different (subject, value, awards, with_amount, amount) AS (
        SELECT subject, value, sum(awards), sum(with_amount), sum(amount) FROM (
            TABLE kept
            UNION ALL
            SELECT subject, value, basis, day, -awards, -with_amount, -amount FROM fresh
        ) days GROUP BY subject, value, basis, day
        UNION ALL
        SELECT subject, value, sum(awards), sum(with_amount), sum(amount)
        FROM periods GROUP BY subject, value, basis, period, begins
    )
    SELECT DISTINCT subject, value FROM different
    WHERE (awards, with_amount, amount) <> (0, 0, 0)
    ORDER BY 1, 2
"""


@dataclass(frozen=True)
class AwardSums:
    """How many awards there are, how many have an amount, and the sum of the amounts."""

    awards: int = 0
    with_amount: int = 0
    amount: Decimal = Decimal(0)

    def __add__(self, other):
        return AwardSums(
            self.awards + other.awards,
            self.with_amount + other.with_amount,
            self.amount + other.amount,
        )

    def __sub__(self, other):
        return AwardSums(
            self.awards - other.awards,
            self.with_amount - other.with_amount,
            self.amount - other.amount,
        )


def award_tallies(day):
    """Return {subject: {value: {basis: AwardSums}}} of the public awards as of a day.

    The values are those that have awards; the subjects all count the same awards.
    """
    sums = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(SUMS, {"day": day})
        for subject, value, basis, awards, with_amount, amount in cursor:
            sums[subject][value][basis] = AwardSums(int(awards), int(with_amount), amount)
    return sums


def awards_tallied_wrongly():
    """Return (subject, value) of each sum that isn't what the awards' intervals come to."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        return cursor.fetchall()


def keep_award_tallies():
    """Make all sums what the awards' intervals come to. Runs in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('casefile_settle_revision'))")
        cursor.execute("SELECT jurisdictions_keep_award_sums()")
