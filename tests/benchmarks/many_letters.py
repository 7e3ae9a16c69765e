"""A record of many letters with their answers, written by SQL in seconds."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from jurisdictions.us_states import STATES
from letters.models import Letter, Response

JURISDICTIONS = 5000
LETTERS_OF_SOURCE = 100
KEPT_AT_ONCE = 100  # jurisdictions: what is kept of one is made by all its letters

# Triggers are off: they would keep history, revision and states letter by letter.
SQL = """
SET session_replication_role = replica;

INSERT INTO auth_user (id, username, password, is_superuser, first_name, last_name, email, is_staff,
    is_active, date_joined)
VALUES (1, 'publisher', '', false, '', '', '', true, true, now());

INSERT INTO jurisdictions_jurisdiction (id, slug, name, aliases, kind, state, geoid, website, note)
SELECT n, 'springfield-' || n || '-il', 'City of Springfield ' || n, '{{}}',
    (ARRAY['city', 'city', 'county', 'town'])[n % 4 + 1], ({usps})[n % {states} + 1], '', '', ''
FROM generate_series(1, {jurisdictions}) n;

INSERT INTO letters_round (id, slug, title, announced_on, issuing_office, signed_by, legal_basis,
    program, consequence, summary)
SELECT n, 'document-demand-' || n, 'Document demand ' || n, DATE '2017-01-01' + n * 10, '', '', '',
    '', '', ''
FROM generate_series(1, ceil({letters} / {jurisdictions}::numeric)::int) n;

INSERT INTO casefile_source (id, key, kind, title, publisher, author, url, archive_url, file,
    file_sha256, text, text_sha256, note)
SELECT n, 'letter-scan-' || n, 'primary_document', 'Letter ' || n, '', '', '', '', '', '', '',
    '', ''
FROM generate_series(1, {sources}) n;

INSERT INTO letters_letter (id, key, date, date_precision, status, published_by_id, published_at,
    round_id, jurisdiction_id, sent_on, received_on, deadline, deadline_text, deadline_unit,
    deadline_basis, recipient_agency, addressee, signed_by, reference, note)
SELECT n, 'document-demand-' || round || '-springfield-' || place || '-il', dated, 'day',
    'published', 1, now(), round, place, dated, dated + n % 5, dated + 30, '', '', '',
    'Springfield Police Department, Office of the Chief, Division ' || place,
    'The Honorable Jordan Official ' || place || ', Mayor of Springfield', '', '', ''
FROM (
    SELECT n, round, (n - 1) % {jurisdictions} + 1 AS place, DATE '2017-01-01' + round * 10 AS dated
    FROM generate_series(1, {letters}) n, LATERAL (SELECT (n - 1) / {jurisdictions} + 1 AS round) r
) letter;

INSERT INTO letters_response (id, key, date, date_precision, status, published_by_id, published_at,
    letter_id, kind, signed_by, summary)
SELECT id, key || '-response-1', date + (id % 60)::int, 'day', 'published', 1, now(), id,
    (ARRAY['acknowledgment', 'unassessed', 'partial', 'complete', 'refusal'])[id % 5 + 1], '',
    'An answer of some sentences, with documents on the policy at issue.'
FROM letters_letter WHERE id % 3 > 0;

INSERT INTO letters_extension (id, key, date, date_precision, status, published_by_id, published_at,
    letter_id, new_deadline, note)
SELECT id, key || '-extension-1', date + 10, 'day', 'published', 1, now(), id, deadline + 30, ''
FROM letters_letter WHERE id % 4 = 0;

INSERT INTO casefile_citation (entry_type_id, entry_id, source_id, field, stance, pin, passage,
    passage_check, quotation_check)
SELECT {letter_type}, id, id % {sources} + 1, '', 'supports', 'p. 1', '', '', '' FROM letters_letter
UNION ALL
SELECT {letter_type}, id, (id + 1) % {sources} + 1, 'deadline', 'supports', 'p. 2', '', '', ''
FROM letters_letter WHERE id % 10 = 0
UNION ALL
SELECT {response_type}, id, id % {sources} + 1, '', 'supports', '', '', '', ''
FROM letters_response;

{beside}

SET session_replication_role = DEFAULT;
"""


def sources(letters):
    """Return how many sources so many letters have."""
    return -(-letters // LETTERS_OF_SOURCE)


def make_letters(number, beside=""):
    """Fill an empty record with letters, two thirds of them answered and a quarter extended.

    What SQL makes ``beside`` them counts for where they stand.
    """
    statements = SQL.format(
        letters=number,
        jurisdictions=JURISDICTIONS,
        sources=sources(number),
        letter_type=ContentType.objects.get_for_model(Letter).pk,
        response_type=ContentType.objects.get_for_model(Response).pk,
        usps=f"ARRAY{[state.usps for state in STATES]}",
        states=len(STATES),
        beside=beside,
    )
    with connection.cursor() as cursor:
        cursor.execute(statements)
        # Else a plan that this connection has kept, for tables as they were, would be run again.
        cursor.execute("ANALYZE")
        for first in range(1, JURISDICTIONS + 1, KEPT_AT_ONCE):
            cursor.execute(
                "SELECT letters_keep_states(array_agg(id)) FROM letters_letter"
                " WHERE jurisdiction_id BETWEEN %s AND %s",
                [first, first + KEPT_AT_ONCE - 1],
            )
        cursor.execute("VACUUM ANALYZE")
