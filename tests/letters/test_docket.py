"""The docket: all public entries of a scope, newest first, in one query."""

import datetime as dt

import pytest

from casefile.citations import attach_citations
from letters.docket import Docket, attach_jurisdictions, scopes
from letters.docket.branches import BRANCHES, OVERDUE
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CitationFactory,
    DesignationFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    JurisdictionFactory,
    LetterFactory,
    PolicyFactory,
    ProceedingFactory,
    ResponseFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2019, 1, 1)
EVERYTHING = scopes.EVERYTHING


def names(rows):
    return [f"{row.branch.name} {row.key}" for row in rows]


def make_case(jurisdiction):
    """Make one entry of every kind, all about a jurisdiction, and all their later dates."""
    letter = LetterFactory(
        jurisdiction=jurisdiction,
        cleared_on=dt.date(2018, 6, 1),
        withdrawn_on=dt.date(2018, 6, 1),
    )
    for factory in (ExtensionFactory, EnforcementStepFactory):
        factory(letter=letter)
    HoldFactory(letter=letter, until=dt.date(2018, 2, 15))
    ResponseFactory(letter=letter, date=dt.date(2018, 5, 1))
    DesignationFactory(jurisdiction=jurisdiction, removed_on=dt.date(2018, 6, 1))
    PolicyFactory(jurisdiction=jurisdiction, repealed_on=dt.date(2018, 6, 1))
    AwardEventFactory(award__jurisdiction=jurisdiction)
    proceeding = ProceedingFactory()
    RulingFactory(proceeding=proceeding)
    for entry in (proceeding, EventFactory(), StatementFactory()):
        entry.jurisdictions.set([jurisdiction])
    return letter


def test_docket_of_a_jurisdiction_has_a_row_of_every_branch():
    jurisdiction = JurisdictionFactory()
    make_case(jurisdiction)
    make_case(JurisdictionFactory())

    rows = Docket(scopes.of_jurisdiction(jurisdiction, DAY), DAY).page().rows

    assert sorted(row.branch.name for row in rows) == sorted(branch.name for branch in BRANCHES)


def test_docket_is_one_query(django_assert_num_queries):
    jurisdiction = JurisdictionFactory()
    make_case(jurisdiction)

    with django_assert_num_queries(1):
        Docket(scopes.of_jurisdiction(jurisdiction, DAY), DAY).page()


def test_docket_of_a_jurisdiction_has_replies_to_its_letters_once():
    letter = LetterFactory()
    reply = StatementFactory(in_reply_to_letter=letter)
    both = StatementFactory(in_reply_to_letter=letter)
    both.jurisdictions.set([letter.jurisdiction])
    hidden = StatementFactory(
        in_reply_to_letter=LetterFactory(jurisdiction=letter.jurisdiction, status="draft")
    )

    docket = Docket(scopes.of_jurisdiction(letter.jurisdiction, DAY), DAY, kinds={"statements"})

    assert {row.pk for row in docket.page().rows} == {reply.pk, both.pk} - {hidden.pk}


def test_docket_of_a_round_has_its_letters_and_what_answers_them():
    letter = LetterFactory()
    ResponseFactory(letter=letter)
    to_round = StatementFactory(in_reply_to_round=letter.round)
    to_letter = StatementFactory(in_reply_to_letter=letter)
    make_case(JurisdictionFactory())

    rows = Docket(scopes.of_round(letter.round, DAY), DAY).page().rows

    assert [row.kind for row in rows] == ["responses", "statements", "statements", "letters"]
    assert {row.pk for row in rows if row.kind == "statements"} == {to_round.pk, to_letter.pk}


def test_docket_of_a_letter_has_no_other_letters():
    letter = make_case(JurisdictionFactory())
    make_case(letter.jurisdiction)

    rows = Docket(scopes.of_letter(letter), DAY).page().rows

    assert sorted(row.branch.name for row in rows) == [
        "enforcement",
        "extensions",
        "holds",
        "letters",
        "letters-cleared_on",
        "letters-overdue_on",
        "letters-withdrawn_on",
        "responses",
    ]


def test_docket_of_an_official_has_their_statements_and_events():
    statement = StatementFactory()
    event = EventFactory()
    event.officials.set([statement.speaker])
    StatementFactory()
    EventFactory()

    rows = Docket(scopes.of_official(statement.speaker), DAY).page().rows

    assert {(row.kind, row.pk) for row in rows} == {
        ("statements", statement.pk),
        ("events", event.pk),
    }


def test_docket_of_a_source_has_the_entries_that_cite_it_once():
    source = SourceFactory()
    letter = LetterFactory(cleared_on=dt.date(2018, 6, 1), cited__source=source)
    CitationFactory(entry=letter, source=source, field="deadline")
    LetterFactory()
    LetterFactory(status="draft", cited__source=source)

    rows = Docket(scopes.of_source(source), DAY, later_dates=False).page().rows

    assert names(rows) == [f"letters {letter.key}"]


@pytest.mark.parametrize("status", ["draft", "in_review", "retracted"])
def test_docket_leaves_out_what_is_not_published(status):
    for factory in (
        LetterFactory,
        ExtensionFactory,
        ResponseFactory,
        HoldFactory,
        EnforcementStepFactory,
        DesignationFactory,
        PolicyFactory,
        AwardEventFactory,
        ProceedingFactory,
        RulingFactory,
        EventFactory,
        StatementFactory,
    ):
        factory(status=status)

    rows = Docket(EVERYTHING, DAY).page().rows

    assert {row.kind for row in rows} == {"letters", "proceedings"}  # what the others belong to


def test_docket_leaves_out_what_belongs_to_a_draft():
    ResponseFactory(letter__status="draft")
    RulingFactory(proceeding__status="draft")
    AwardEventFactory(award=AwardFactory(cited=False))

    assert Docket(EVERYTHING, DAY).page().rows == []


def test_docket_leaves_out_what_is_later_than_the_day():
    letter = LetterFactory(cleared_on=dt.date(2018, 6, 1))
    ResponseFactory(letter=letter)

    rows = Docket(EVERYTHING, dt.date(2018, 2, 19)).page().rows

    assert names(rows) == [f"letters {letter.key}"]


def test_docket_of_one_kind_and_year_has_no_other():
    LetterFactory(date=dt.date(2017, 12, 31), deadline=None)
    letter = LetterFactory(date=dt.date(2018, 1, 1), deadline=None)
    ResponseFactory(letter=letter)

    rows = Docket(EVERYTHING, DAY, kinds={"letters"}, year=2018).page().rows

    assert names(rows) == [f"letters {letter.key}"]


def test_docket_is_sorted_by_day_then_by_what_comes_last_then_by_key():
    letter = LetterFactory(key="b", deadline=None)
    LetterFactory(key="a", deadline=None)
    response = ResponseFactory(letter=letter, date=letter.date, key="z")
    LetterFactory(key="newest", date=dt.date(2018, 2, 1), deadline=None)

    rows = Docket(EVERYTHING, DAY).page().rows

    assert names(rows) == ["letters newest", f"responses {response.key}", "letters a", "letters b"]


def test_letter_has_a_row_for_each_day_after_a_deadline_that_passed_without_a_response():
    letter = LetterFactory(deadline=dt.date(2018, 2, 23))
    ExtensionFactory(letter=letter, date=dt.date(2018, 3, 1), new_deadline=dt.date(2018, 3, 9))
    EnforcementStepFactory(letter=letter, date=dt.date(2018, 4, 1))  # overdue before and after
    answered = LetterFactory(deadline=dt.date(2018, 2, 23))
    ResponseFactory(letter=answered, date=dt.date(2018, 2, 23))
    late = LetterFactory(deadline=dt.date(2018, 2, 23))
    ResponseFactory(letter=late, date=dt.date(2018, 2, 24))
    draft = LetterFactory(deadline=dt.date(2018, 3, 30))
    ResponseFactory(letter=draft, date=dt.date(2018, 3, 30), status="draft")

    def passed(day):
        rows = Docket(EVERYTHING, day).newest()
        return [(row.date, row.key) for row in rows if row.branch is OVERDUE]

    assert passed(dt.date(2018, 2, 23)) == []
    assert passed(dt.date(2018, 2, 24)) == [(dt.date(2018, 2, 24), letter.key)]
    assert passed(DAY) == [
        (dt.date(2018, 3, 31), draft.key),
        (dt.date(2018, 3, 10), letter.key),
        (dt.date(2018, 2, 24), letter.key),
    ]
    anchors = [row.anchor for row in Docket(scopes.of_letter(letter), DAY).newest()]
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    ("status", "of_readers", "of_staff"),
    [("published", 1, 1), ("draft", 0, 1), ("in_review", 0, 1), ("retracted", 0, 0)],
)
def test_deadline_that_passed_is_shown_to_whom_the_letter_is(status, of_readers, of_staff):
    LetterFactory(status=status, deadline=dt.date(2018, 2, 23))

    for published, rows in ((True, of_readers), (False, of_staff)):
        assert OVERDUE.rows(dt.date(2018, 2, 23), published).count() == 0
        assert OVERDUE.rows(dt.date(2018, 2, 24), published).count() == rows


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_docket_pages_follow_one_another_without_gap_or_overlap(size):
    for _ in range(2):
        make_case(JurisdictionFactory())
    docket = Docket(EVERYTHING, DAY)
    whole = names(docket.newest())

    found, place = [], None
    while True:
        page = docket.page(place, size)
        found += names(page.rows)
        place = page.older
        if place is None:
            break

    assert found == whole
    assert len(whole) == len(set(whole)) == 2 * len(BRANCHES)


def test_docket_goes_on_from_a_row_on_whichever_page_it_was():
    make_case(JurisdictionFactory())
    docket = Docket(EVERYTHING, DAY)
    row = docket.newest()[7]

    assert names(docket.page(row.place).rows)[0] == names([row])[0]


@pytest.mark.parametrize(
    "place", ["x", "2018-01-24", "2018-13-01~letters~k", "2018-01-24~nothing~k", "\0"]
)
def test_docket_refuses_what_is_no_place(place):
    with pytest.raises(ValueError, match=r"place in the docket|month must be"):
        Docket(EVERYTHING, DAY).page(place)


def test_rows_keep_how_exactly_their_date_is_known():
    LetterFactory(date=dt.date(2017, 12, 1), date_precision="month", deadline=None)

    (row,) = Docket(EVERYTHING, DAY).page().rows

    assert row.dated == "December 2017"


def test_later_date_of_an_entry_is_exact_though_the_entry_is_not():
    PolicyFactory(date=dt.date(2010, 1, 1), date_precision="year", repealed_on=dt.date(2018, 6, 1))

    rows = Docket(EVERYTHING, DAY).page().rows

    assert [row.dated for row in rows] == ["1 June 2018", "2010"]


def test_rows_link_to_the_page_where_the_entry_stands():
    jurisdiction = JurisdictionFactory(slug="springfield-il")
    letter = LetterFactory(jurisdiction=jurisdiction, key="letter")
    ResponseFactory(letter=letter, key="answer")
    PolicyFactory(jurisdiction=jurisdiction, key="ordinance")
    RulingFactory(proceeding__key="suit", key="injunction")
    EventFactory(key="meeting")

    rows = Docket(EVERYTHING, DAY).page().rows

    assert {row.key: row.get_absolute_url() for row in rows} == {
        "letter": "/letters/letter/",
        "answer": "/letters/letter/#answer",
        "ordinance": "/jurisdictions/springfield-il/#ordinance",
        "suit": "/proceedings/suit/",
        "injunction": "/proceedings/suit/#injunction",
        "meeting": "/timeline/?from=2018-01-24~events~meeting#docket-events-meeting",
    }


def test_rows_say_what_happened_in_words():
    jurisdiction = JurisdictionFactory(name="Springfield")
    make_case(jurisdiction)
    HoldFactory(until=dt.date(2018, 5, 1), letter__jurisdiction=jurisdiction)
    StatementFactory(speaker=None, attribution="unnamed")

    rows = Docket(EVERYTHING, DAY).newest()

    assert {
        "Letter to Springfield",
        "DOJ said that Springfield complies, or closed the matter",
        "DOJ withdrew its letter to Springfield",
        "Deadline moved to 23 March 2018",
        "Clock on hold until 15 February 2018",
        "Clock on hold until 1 May 2018",
        "Answer, completeness not assessed",
        "Subpoena threatened",
        "Put on the list “Sanctuary jurisdictions”",
        "Taken off the list “Sanctuary jurisdictions”",
        "Byrne JAG FY2017: money, on hold",
        "Preliminary injunction",
        "Unnamed official",
    } <= {row.heading for row in rows}


def test_citations_and_jurisdictions_come_in_two_more_queries(django_assert_num_queries):
    for _ in range(2):
        make_case(JurisdictionFactory())
    rows = Docket(EVERYTHING, DAY).page().rows
    attach_citations(rows)  # the content types are kept from now on

    with django_assert_num_queries(2):
        attach_citations(rows)
        attach_jurisdictions(rows)
        seen = [
            (citation.source.title, row.jurisdictions) for row in rows for citation in row.cited
        ]

    assert len(seen) == len(rows)
    assert all(len(jurisdictions) == 1 for _, jurisdictions in seen)


def test_citations_of_a_later_date_stay_with_its_row():
    letter = LetterFactory(cleared_on=dt.date(2018, 6, 1), deadline=None)
    said = CitationFactory(entry=letter, field="cleared_on")
    rows = Docket(EVERYTHING, DAY).page().rows
    attach_citations(rows)

    cleared, sent = rows

    assert cleared.sources == [said]
    assert said not in sent.sources
    assert len(sent.sources) == 1


def test_later_date_without_a_citation_of_its_own_rests_on_those_of_the_entry():
    letter = LetterFactory(withdrawn_on=dt.date(2018, 6, 1))
    rows = Docket(EVERYTHING, DAY).page().rows
    attach_citations(rows)

    assert rows[0].sources == [letter.citations.get()]
