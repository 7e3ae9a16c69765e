"""How many public letters stand where as of a day: read from what triggers keep, and checked."""

from collections import Counter, defaultdict
from pathlib import Path

from django.db import connection

from letters.models.state_tallies import Subject
from letters.states import State

SQL = (Path(__file__).parent / "sql" / "state_tallies.sql").read_text()

# What adds up to the letters of a day: what is kept, each kind of period found by itself, and what
# is noted.
OF_DAY = """
    SELECT value, state, letters FROM letters_statetally
    WHERE subject = '{subject}' AND period = 'year'
        AND begins < date_trunc('year', '{day}'::timestamp)
    UNION ALL
    SELECT value, state, letters FROM letters_statetally
    WHERE subject = '{subject}' AND period = 'month'
        AND begins >= date_trunc('year', '{day}'::timestamp)
        AND begins < date_trunc('month', '{day}'::timestamp)
    UNION ALL
    SELECT value, state, letters FROM letters_statetally
    WHERE subject = '{subject}' AND period = 'day'
        AND begins >= date_trunc('month', '{day}'::timestamp) AND begins <= '{day}'
    UNION ALL
    SELECT value, state, letters FROM letters_statechange
    WHERE subject = '{subject}' AND day <= '{day}'
"""
COUNTS = """
    SELECT value, state, sum(letters) FROM ({of_day}) counted
    WHERE %(values)s::text[] IS NULL OR value = ANY (%(values)s)
    GROUP BY value, state HAVING sum(letters) <> 0
"""
# What is noted of the intervals of all public letters, for their rounds.
NOTE_ROUNDS = """
    INSERT INTO letters_statechange (transaction, subject, value, state, day, letters)
    SELECT 0, 'round', l.round_id, i.state, day, sum(number)
    FROM letters_stateinterval i JOIN letters_letter l ON l.id = i.letter_id
    CROSS JOIN LATERAL letters_ends(during)
    WHERE published GROUP BY l.round_id, i.state, day
"""
# What the intervals themselves come to, and what is kept, for each day on which a sum changes.
DIFFERENT = """
    WITH kept AS (
        SELECT subject, value, state, begins AS day, letters FROM letters_statetally
        WHERE period = 'day'
        UNION ALL
        SELECT subject, value, state, day, letters FROM letters_statechange
    ), fresh AS (
        SELECT subject, value, i.state, day, number FROM letters_stateinterval i
        JOIN letters_letter l ON l.id = i.letter_id
        JOIN jurisdictions_jurisdiction j ON j.id = l.jurisdiction_id
        CROSS JOIN LATERAL letters_ends(during)
        CROSS JOIN LATERAL (VALUES ('usps', j.state), ('round', l.round_id::text))
            AS counted (subject, value)
        WHERE published
    ), days AS (
        SELECT subject, value, state, day, sum(letters) FROM (
            TABLE kept UNION ALL SELECT subject, value, state, day, -number FROM fresh
        ) both_ways GROUP BY 1, 2, 3, 4 HAVING sum(letters) <> 0
    ), periods AS (
        SELECT subject, value, state, begins, sum(letters) FROM (
            SELECT subject, value, state, date_trunc(period, begins::timestamp)::date AS begins,
                period, letters
            FROM letters_statetally WHERE period <> 'day'
            UNION ALL
            SELECT subject, value, state, date_trunc(p.period, begins::timestamp)::date, p.period,
                -letters
            FROM letters_statetally CROSS JOIN (VALUES ('month'), ('year')) AS p (period)
            WHERE letters_statetally.period = 'day'
        ) both_ways GROUP BY subject, value, state, period, begins HAVING sum(letters) <> 0
    )
    SELECT DISTINCT subject, value FROM (TABLE days UNION ALL TABLE periods) different ORDER BY 1, 2
"""


def tallies(subject, day, values=None):
    """Return {value: {state: letters}} of public letters as of a day.

    The values, USPS codes or ids of rounds as the ``Subject`` says, are those that have letters, or
    of them those asked for.
    """
    asked = values and [str(value) for value in values]
    with connection.cursor() as cursor:
        cursor.execute(COUNTS.format(of_day=of_day(subject, day)), {"values": asked})
        counts = defaultdict(dict)
        for value, state, letters in cursor:
            counts[value][State(state)] = int(letters)
    return counts


def of_day(subject, day):
    """Return SQL of (value, state, letters), which add up to the letters of a day."""
    return OF_DAY.format(subject=Subject(subject), day=day.isoformat())


def totals(subject, day, values=None):
    """Return the Counter of the states at which public letters stand as of a day: see `tallies`."""
    return sum(map(Counter, tallies(subject, day, values).values()), Counter())


def tallied_wrongly():
    """Return (subject, value) of each sum that isn't what the letters' intervals come to."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        return cursor.fetchall()


def keep_tallies():
    """Make all sums what the letters' intervals come to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT letters_keep_tallies()")
