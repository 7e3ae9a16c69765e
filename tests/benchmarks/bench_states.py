"""A page of letters in one state, by deadline, beside the plain list, at 1,000,000 letters.

Two hundred rounds in five waves with years of silence between them, 5,000 jurisdictions. Needs a
superuser (the embedded server's is one): loading skips what only checks the data.
"""

import datetime as dt
import json
import random
import statistics
import time

import pytest
from django.db import connection

from letters.models import Letter
from letters.states import State

TODAY = dt.date(2026, 8, 20)
FIRST = dt.date(2017, 4, 20)
ROWS = 50

RECORD = """
SET LOCAL session_replication_role = replica;
SELECT setseed(0.20180124);

INSERT INTO auth_user (id, username, password, is_superuser, first_name, last_name, email, is_staff,
    is_active, date_joined)
VALUES (1, 'reviewer', '', false, '', '', '', true, true, now());

INSERT INTO jurisdictions_jurisdiction (id, slug, name, aliases, kind, state, geoid, website, note)
SELECT n, 'place-' || n, 'City of Springfield ' || n, '{}', 'city', 'IL', '', '', ''
FROM generate_series(1, 5000) n;

INSERT INTO letters_round (id, slug, title, announced_on, issuing_office, signed_by, legal_basis,
    program, deadline, consequence, summary)
SELECT n, 'round-' || n, 'Document demand ' || n, announced_on, '', '', '', '',
    CASE WHEN n % 40 > 0 THEN announced_on + (ARRAY[14, 21, 30, 30, 30, 45])[1 + n % 6] END, '', ''
FROM (
    SELECT n, wave.first_day + (random() * wave.days)::int AS announced_on
    FROM generate_series(1, 200) n JOIN (VALUES
        (0, DATE '2017-04-20', 430), (1, DATE '2019-02-01', 240), (2, DATE '2020-03-01', 290),
        (3, DATE '2022-05-01', 90), (4, DATE '2025-01-25', 560)
    ) AS wave (number, first_day, days) ON wave.number = n % 5
) AS rounds;

INSERT INTO letters_letter (id, round_id, jurisdiction_id, key, date, date_precision, status,
    published_by_id, published_at, deadline, deadline_text, deadline_unit, deadline_basis,
    recipient_agency, addressee, signed_by, reference, withdrawn_on, cleared_on, note)
SELECT row_number() OVER (ORDER BY random()), round_id, place,
    'letter-' || round_id || '-' || place, date, 'day', 'published', 1, now(),
    deadline + CASE WHEN random() < 0.03 THEN (random() * 10)::int ELSE 0 END, '', '', '',
    'Police Department', 'Mayor ' || place, '', '',
    CASE WHEN random() < 0.01 THEN date + 10 + (random() * 300)::int END,
    CASE WHEN random() < 0.05 THEN date + 30 + (random() * 900)::int END,
    'Asks for all orders and guidance to law enforcement employees.'
FROM (
    SELECT r.id AS round_id, place, r.deadline,
        announced_on + CASE WHEN random() < 0.1 THEN (random() * 6)::int ELSE 0 END AS date
    FROM letters_round r CROSS JOIN generate_series(1, 5000) place
) AS letters;

INSERT INTO letters_response (letter_id, key, date, date_precision, status, published_by_id,
    published_at, kind, signed_by, summary)
SELECT id, 'response-' || id, date + 1 + (-40 * ln(1 - random()))::int, 'day', 'published', 1,
    now(),
    (ARRAY['unassessed', 'unassessed', 'unassessed', 'unassessed', 'unassessed', 'partial',
        'partial', 'complete', 'complete', 'refusal'])[1 + floor(random() * 10)::int], '', ''
FROM letters_letter WHERE random() < 0.6;

INSERT INTO letters_response (letter_id, key, date, date_precision, status, published_by_id,
    published_at, kind, signed_by, summary)
SELECT letter_id, 'second-' || key, date + 1 + (-200 * ln(1 - random()))::int, 'day', 'published',
    1, now(), (ARRAY['unassessed', 'partial', 'complete', 'complete', 'refusal'])[
        1 + floor(random() * 5)::int], '', ''
FROM letters_response WHERE random() < 0.25;

INSERT INTO letters_extension (letter_id, key, date, date_precision, status, published_by_id,
    published_at, new_deadline, note)
SELECT id, 'extension-' || id, date + 5 + (random() * 50)::int, 'day', 'published', 1, now(),
    deadline + 7 + (random() * 50)::int, ''
FROM letters_letter WHERE deadline IS NOT NULL AND random() < 0.05;

INSERT INTO letters_hold (letter_id, key, date, date_precision, status, published_by_id,
    published_at, until, summary)
SELECT id, 'hold-' || id, date + 5, 'day', 'published', 1, now(),
    CASE WHEN random() < 0.6 THEN date + 15 + (random() * 600)::int END, ''
FROM letters_letter WHERE random() < 0.03;

INSERT INTO letters_enforcementstep (letter_id, key, date, date_precision, status, published_by_id,
    published_at, kind, summary)
SELECT id, 'step-' || id, date + 60 + (random() * 200)::int, 'day', 'published', 1, now(),
    (ARRAY['subpoena_threatened', 'subpoena_issued', 'petition_filed', 'closed'])[
        1 + floor(random() * 4)::int], ''
FROM letters_letter WHERE random() < 0.04;

-- The plain list needs an index to be sorted by deadline, too.
CREATE INDEX bench_deadline ON letters_letter (deadline, id) WHERE status = 'published';
ANALYZE;
"""


@pytest.fixture
def record(db):
    with connection.cursor() as cursor:
        cursor.execute(RECORD)
        started = time.perf_counter()
        cursor.execute("SELECT letters_keep_states(array_agg(id)) FROM letters_letter")
        seconds = time.perf_counter() - started
        cursor.execute("ANALYZE letters_stateinterval")
        cursor.execute(
            "SELECT count(*), pg_size_pretty(pg_table_size('letters_stateinterval')),"
            " pg_size_pretty(pg_indexes_size('letters_stateinterval')) FROM letters_stateinterval"
        )
        intervals, table, indexes = cursor.fetchone()
        print(f"\n{intervals:,} intervals kept in {seconds:.0f} s; {table}, indexes {indexes}")


def seconds_of(rows):
    started = time.perf_counter()
    list(rows.all())
    return time.perf_counter() - started


def pages_read(rows):
    """Return how many of the database's pages a query touches: a cost without noise."""
    (plan,) = json.loads(rows.explain(format="json", analyze=True, buffers=True))
    return plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]


def page_of(letters):
    return letters.select_related("round", "jurisdiction")[:ROWS]


def compare(name, pages, plain):
    """Print how many times the plain page's time and pages each takes; return the median time."""
    times, reads = {}, {}
    for key, page in pages.items():
        # In turns, so that what else the machine does falls on both.
        pairs = [(seconds_of(page), seconds_of(plain)) for _ in range(9)]
        times[key] = min(page for page, _ in pairs) / min(plain for _, plain in pairs)
        reads[key] = pages_read(page) / pages_read(plain)
    worst = max(times, key=times.get)
    print(
        f"{name:42} time: median {statistics.median(times.values()):.2f}, worst"
        f" {times[worst]:.2f} ({worst}); pages read: median"
        f" {statistics.median(reads.values()):.2f}, worst {max(reads.values()):.2f}"
    )
    return statistics.median(times.values())


ORDERS = {
    "earliest deadline first": lambda letters: letters.by_deadline(),
    "latest deadline first": lambda letters: letters.by_deadline(latest_first=True),
    "newest first": lambda letters: letters.newest_first(),
    "oldest first": lambda letters: letters.oldest_first(),
}


def test_page_of_one_state_costs_at_most_twice_the_plain_list(record):
    chance = random.Random(7)
    span = (TODAY - FIRST).days
    past = [FIRST + dt.timedelta(days=chance.randrange(span)) for _ in range(12)]
    plain = page_of(Letter.objects.published().order_by("deadline", "pk"))
    print(f"the plain list by deadline: {1000 * min(seconds_of(plain) for _ in range(20)):.2f} ms")

    medians = []
    for order, sort in ORDERS.items():
        for when, days in (("today", [TODAY]), ("past days", past)):
            of_one_state = {
                f"{state}, {day}": page_of(sort(Letter.objects.standing(day).filter(state=state)))
                for day in days
                for state in State
            }
            of_any = {str(day): page_of(sort(Letter.objects.standing(day))) for day in days}
            medians.append(compare(f"one state, {order}, {when}", of_one_state, plain))
            compare(f"any state, {order}, {when}", of_any, plain)
    counting = []
    for day in [TODAY, *past[:5]]:
        started = time.perf_counter()
        Letter.objects.state_counts(day)
        counting.append(1000 * (time.perf_counter() - started))
    print(f"counts of all states: median {statistics.median(counting):.0f} ms")

    assert max(medians) <= 2
