"""A record that grows: letters, and in proportion to them what else lists and pages read.

The pages are as full at 10,000 letters as at 1,000,000, so that what grows with the record isn't
what a page shows: at each size there are a hundred rounds of ten letters beside the large ones,
most of them of early 2017 and the rest the newest of all, whose letters stand at most states. Their
ten jurisdictions and one rare word have more than a page shows, and each source has as much.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from jurisdictions.models import Award, AwardEvent
from letters.models import EnforcementStep, Letter, Proceeding, Response, Statement
from tests.benchmarks.many_letters import make_letters, sources

# Three awards, statements and proceedings more for each letter to the first ten of a round.
MORE = 300
# The last ten of the small rounds are of these weeks, so that something is due.
BESIDE = """
INSERT INTO letters_round (id, slug, title, announced_on, issuing_office, signed_by, legal_basis,
    program, consequence, summary)
SELECT 100000 + n, 'follow-up-' || n, 'Follow-up demand ' || n,
    CASE WHEN n > 90 THEN current_date - (101 - n) * 3 WHEN n > 60 THEN DATE '2022-08-01' + n * 7
        ELSE DATE '2017-01-05' + n * 2 END,
    '', '', '', '', '', ''
FROM generate_series(1, 100) n;

INSERT INTO letters_letter (id, key, date, date_precision, status, published_by_id, published_at,
    round_id, jurisdiction_id, sent_on, received_on, deadline, deadline_text, deadline_unit,
    deadline_basis, recipient_agency, addressee, signed_by, reference, note)
SELECT {letters} + row_number() OVER (), slug || '-springfield-' || place || '-il', announced_on,
    'day', 'published', 1, now(), letters_round.id, place, announced_on, announced_on,
    announced_on + 30, '', '', '', 'Springfield Police Department', 'The Mayor', '',
    CASE place WHEN 10 THEN 'Springfield 4711' ELSE '' END, ''
FROM letters_round, generate_series(1, 10) place WHERE letters_round.id > 100000;

INSERT INTO letters_response (id, key, date, date_precision, status, published_by_id, published_at,
    letter_id, kind, signed_by, summary)
SELECT id, key || '-response-1', date + days, 'day', 'published', 1, now(), id, kind, '', ''
FROM letters_letter JOIN (VALUES (1, 2, 'complete'), (2, 40, 'complete'), (3, 2, 'partial'),
    (4, 2, 'refusal'), (5, 2, 'unassessed')) AS answer (place, days, kind)
    ON jurisdiction_id = place
WHERE id > {letters} AND date + days < current_date;
UPDATE letters_letter SET withdrawn_on = date + 2 WHERE id > {letters} AND jurisdiction_id = 7;
UPDATE letters_letter SET cleared_on = date + 2 WHERE id > {letters} AND jurisdiction_id = 8;

INSERT INTO letters_hold (letter_id, key, date, date_precision, status, published_by_id,
    published_at, until, summary)
SELECT id, key || '-hold-1', date + 5, 'day', 'published', 1, now(),
    CASE WHEN id % 100 = 0 THEN date + 90 END, ''
FROM letters_letter WHERE id % 50 = 0 OR id > {letters} AND jurisdiction_id = 9;

INSERT INTO letters_enforcementstep (letter_id, key, date, date_precision, status, published_by_id,
    published_at, kind, summary)
SELECT id, key || '-step-1', date + 60, 'day', 'published', 1, now(),
    (ARRAY['subpoena_threatened', 'subpoena_issued', 'petition_filed', 'closed'])[id / 25 % 4 + 1],
    ''
FROM letters_letter WHERE id % 25 = 0;
UPDATE letters_letter SET withdrawn_on = date + 40 WHERE id % 101 = 0;
UPDATE letters_letter SET cleared_on = date + 200 WHERE id % 67 = 0;

INSERT INTO jurisdictions_award (id, key, jurisdiction_id, program, fiscal_year, amount,
    amount_basis, award_number, note)
SELECT n, 'award-' || n, {place}, 'Byrne JAG', 2010 + n % 10,
    1000 + n::bigint * 7919 % 999983, (ARRAY['awarded', 'allocated', 'reported'])[n % 3 + 1],
    CASE WHEN {rare} THEN 'Springfield 4711' ELSE '' END, ''
FROM generate_series(1, {letters} / 10 + {more}) n;
INSERT INTO jurisdictions_awardevent (key, award_id, date, date_precision, status, published_by_id,
    published_at, axis, award_status, note)
SELECT key || '-event-' || axis, id, make_date(fiscal_year, 3, 1) + (id % 300)::int, 'day',
    'published', 1, now(), axis, award_status, ''
FROM jurisdictions_award JOIN (VALUES (0, 'award', 'awarded'), (1, 'money', 'on_hold'),
    (2, 'dispute', 'conditions_enjoined')) AS step (n, axis, award_status) ON id % 3 >= n;

INSERT INTO letters_official (id, slug, name, note)
SELECT n, 'official-' || n, 'Maria Gonzalez ' || n, ''
FROM generate_series(1, {letters} / 100 + 1) n;
INSERT INTO letters_statement (id, key, date, date_precision, status, published_by_id, published_at,
    speaker_id, speaker_title, organisation, side, kind, text, altered_text, attribution, venue)
SELECT n, 'statement-' || n, DATE '2017-01-24' + n % 2000, 'day', 'published', 1, now(),
    n % ({letters} / 100 + 1) + 1, 'Mayor', '', (ARRAY['jurisdiction', 'federal'])[n % 2 + 1],
    (ARRAY['quotation', 'paraphrase'])[n % 7 / 6 + 1], 'We will satisfy the request ' || n || '.',
    '', 'named', CASE WHEN {rare} THEN 'Springfield 4711' ELSE '' END
FROM generate_series(1, {letters} / 10 + {more}) n;
INSERT INTO letters_statement_jurisdictions (statement_id, jurisdiction_id)
SELECT n, {place} FROM generate_series(1, {letters} / 10 + {more}) n;

INSERT INTO letters_proceeding (id, key, date, date_precision, status, published_by_id,
    published_at, caption, court, docket_number, url, summary)
SELECT n, 'proceeding-' || n, DATE '2017-01-24' + n % 2000, 'day', 'published', 1, now(),
    'City of Springfield ' || n || ' v. Sessions', 'N.D. Ill.',
    CASE WHEN {rare} THEN 'Springfield 4711' ELSE '17-cv-' || n END, '', ''
FROM generate_series(1, {letters} / 100 + {more}) n;
INSERT INTO letters_proceeding_jurisdictions (proceeding_id, jurisdiction_id)
SELECT n, {place} FROM generate_series(1, {letters} / 100 + {more}) n;
INSERT INTO letters_ruling (key, date, date_precision, status, published_by_id, published_at,
    proceeding_id, title, outcome, reporter_citation)
SELECT key || '-ruling-1', date + 90, 'day', 'published', 1, now(), id, 'Opinion', '', ''
FROM letters_proceeding;

INSERT INTO casefile_citation (entry_type_id, entry_id, source_id, field, stance, pin, passage,
    passage_check, quotation_check)
SELECT type, id, id % {sources} + 1, '', 'supports', 'p. 1', '', '', '' FROM (
    SELECT {types[0]} AS type, id FROM letters_letter WHERE id > {letters}
    UNION ALL SELECT {types[6]}, id FROM letters_response WHERE id > {letters}
    UNION ALL SELECT {types[1]}, id FROM letters_enforcementstep
    UNION ALL SELECT {types[2]}, id FROM jurisdictions_award
    UNION ALL SELECT {types[3]}, id FROM jurisdictions_awardevent
    UNION ALL SELECT {types[4]}, id FROM letters_statement
    UNION ALL SELECT {types[5]}, id FROM letters_proceeding
) cited;

INSERT INTO casefile_correction (entry_type_id, entry_id, change_id, is_retraction, is_merge,
    changes, reason, changed_at)
SELECT {types[0]}, id, 'change-' || id, false, false,
    '{{"deadline": ["2017-03-01", "2017-03-02"]}}', 'Misread.', date + interval '300 days'
FROM letters_letter WHERE id % 100 = 0;

INSERT INTO {history} (pgh_created_at, pgh_label, pgh_obj_id, {columns})
SELECT now(), 'insert', id, {columns} FROM letters_letter;
"""
# Of the awards, statements and proceedings: where they are, and which of those that there are more
# of have the rare word.
PLACE = "CASE WHEN n <= {more} THEN n % 10 ELSE (n - 1) % 5000 END + 1"
RARE = "n <= {more} AND n % 10 > 7"
CITED = [Letter, EnforcementStep, Award, AwardEvent, Statement, Proceeding, Response]


def make_record(letters):
    """Fill an empty record with letters and a thousand more, and what comes with them."""
    types = ContentType.objects.get_for_models(*CITED)
    beside = BESIDE.format(
        letters=letters,
        more=MORE,
        sources=sources(letters),
        place=PLACE.format(more=MORE),
        rare=RARE.format(more=MORE),
        types=[types[model].pk for model in CITED],
        history=Letter.history.rel.related_model._meta.db_table,
        columns=", ".join(field.column for field in Letter._meta.concrete_fields),
    )
    make_letters(letters, beside)
    with connection.cursor() as cursor:
        cursor.execute("SELECT jurisdictions_keep_awards(array_agg(id)) FROM jurisdictions_award")
        cursor.execute("SELECT letters_search_keep_all()")
        cursor.execute("VACUUM ANALYZE")
