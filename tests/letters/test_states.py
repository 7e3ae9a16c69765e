"""Where a letter stands. The table of cases is the specification."""

import datetime as dt

import pytest
from django.db import connection

from letters.models import Letter, StateInterval
from letters.states import Exposure, State
from tests.factories import (
    EnforcementStepFactory,
    ExtensionFactory,
    HoldFactory,
    LetterFactory,
    ResponseFactory,
)

DATED, DEADLINE, EXTENDED = dt.date(2018, 1, 24), dt.date(2018, 2, 23), dt.date(2018, 3, 23)
BEFORE, AFTER = dt.date(2018, 2, 22), dt.date(2018, 2, 24)
LATER = dt.date(2018, 6, 30)


def response(kind, date, **fields):
    return lambda letter: ResponseFactory(letter=letter, kind=kind, date=date, **fields)


def extension(date, new_deadline, **fields):
    return lambda letter: ExtensionFactory(
        letter=letter, date=date, new_deadline=new_deadline, **fields
    )


def hold(date, until=None, **fields):
    return lambda letter: HoldFactory(letter=letter, date=date, until=until, **fields)


def step(kind, date, **fields):
    return lambda letter: EnforcementStepFactory(letter=letter, kind=kind, date=date, **fields)


def stands(day, published=True):
    """Return where the one letter stands on a day."""
    return Letter.objects.standing(day, published=published).get()


# What is on record beside a letter of 24 January due on 23 February 2018; the day; the state.
CASES = {
    "on its own day": ([], DATED, State.AWAITING),
    "the day before the deadline": ([], BEFORE, State.AWAITING),
    "the day of the deadline": ([], DEADLINE, State.AWAITING),
    "the day after the deadline": ([], AFTER, State.OVERDUE),
    "an acknowledgment is no answer": ([response("acknowledgment", BEFORE)], AFTER, State.OVERDUE),
    "nor is one on the day of the deadline": (
        [response("acknowledgment", DEADLINE)],
        DEADLINE,
        State.AWAITING,
    ),
    "nor is a request for more time": (
        [response("extension_request", BEFORE)],
        AFTER,
        State.OVERDUE,
    ),
    "extended, the day of the first deadline": (
        [extension(BEFORE, EXTENDED)],
        DEADLINE,
        State.AWAITING,
    ),
    "extended, the day after the first deadline": (
        [extension(BEFORE, EXTENDED)],
        AFTER,
        State.AWAITING,
    ),
    "extended, the day of the new deadline": (
        [extension(BEFORE, EXTENDED)],
        EXTENDED,
        State.AWAITING,
    ),
    "extended, the day after the new deadline": (
        [extension(BEFORE, EXTENDED)],
        dt.date(2018, 3, 24),
        State.OVERDUE,
    ),
    "overdue until the day of a late extension": (
        [extension(dt.date(2018, 3, 1), EXTENDED)],
        dt.date(2018, 2, 28),
        State.OVERDUE,
    ),
    "awaiting again from the day of a late extension": (
        [extension(dt.date(2018, 3, 1), EXTENDED)],
        dt.date(2018, 3, 1),
        State.AWAITING,
    ),
    "the extension granted last counts, though it is shorter": (
        [extension(dt.date(2018, 2, 10), EXTENDED), extension(dt.date(2018, 2, 12), AFTER)],
        dt.date(2018, 2, 25),
        State.OVERDUE,
    ),
    "of two extensions of one day, the later deadline": (
        [extension(BEFORE, EXTENDED), extension(BEFORE, AFTER)],
        EXTENDED,
        State.AWAITING,
    ),
    "answered the day before the deadline": (
        [response("complete", BEFORE)],
        LATER,
        State.ANSWERED,
    ),
    "answered on the day of the deadline": (
        [response("complete", DEADLINE)],
        LATER,
        State.ANSWERED,
    ),
    "answered the day after the deadline": (
        [response("complete", AFTER)],
        LATER,
        State.ANSWERED_LATE,
    ),
    "answered tomorrow": ([response("complete", AFTER)], DEADLINE, State.AWAITING),
    "answered after the first deadline, within the new one": (
        [extension(BEFORE, EXTENDED), response("complete", AFTER)],
        LATER,
        State.ANSWERED,
    ),
    "a late complete answer after one in time": (
        [response("complete", BEFORE), response("complete", AFTER)],
        LATER,
        State.ANSWERED,
    ),
    "a refusal after a complete answer": (
        [response("complete", BEFORE), response("refusal", AFTER)],
        LATER,
        State.ANSWERED,
    ),
    "an unassessed answer": ([response("unassessed", BEFORE)], BEFORE, State.RESPONDED),
    "an unassessed answer after the deadline": (
        [response("unassessed", AFTER)],
        LATER,
        State.RESPONDED,
    ),
    "a refusal": ([response("refusal", BEFORE)], DEADLINE, State.REFUSED),
    "a refusal, later": ([response("refusal", BEFORE)], LATER, State.REFUSED),
    "a partial answer before the deadline": (
        [response("partial", BEFORE)],
        DEADLINE,
        State.PARTLY_ANSWERED,
    ),
    "a partial answer on the day of the deadline": (
        [response("partial", DEADLINE)],
        DEADLINE,
        State.PARTLY_ANSWERED,
    ),
    "a partial answer, after the deadline": (
        [response("partial", BEFORE)],
        AFTER,
        State.INCOMPLETE,
    ),
    "a partial answer after the deadline": (
        [response("partial", AFTER)],
        AFTER,
        State.INCOMPLETE,
    ),
    "a partial answer to a letter extended since": (
        [response("partial", BEFORE), extension(BEFORE, EXTENDED)],
        AFTER,
        State.PARTLY_ANSWERED,
    ),
    "unassessed and partial on one day": (
        [response("partial", BEFORE), response("unassessed", BEFORE)],
        DEADLINE,
        State.PARTLY_ANSWERED,
    ),
    "partial and refusal on one day": (
        [response("refusal", BEFORE), response("partial", BEFORE)],
        DEADLINE,
        State.REFUSED,
    ),
    "an unassessed answer after a refusal": (
        [response("refusal", DATED), response("unassessed", BEFORE)],
        DEADLINE,
        State.RESPONDED,
    ),
    "on hold from its first day": ([hold(BEFORE)], BEFORE, State.ON_HOLD),
    "on hold through the deadline": ([hold(BEFORE)], LATER, State.ON_HOLD),
    "on hold until tomorrow": ([hold(BEFORE, AFTER)], DEADLINE, State.ON_HOLD),
    "a hold is over on the day it ends": ([hold(BEFORE, AFTER)], AFTER, State.OVERDUE),
    "a hold of no day": ([hold(BEFORE, BEFORE)], BEFORE, State.AWAITING),
    "the shorter hold ends within the longer": (
        [hold(BEFORE, AFTER), hold(DATED, EXTENDED)],
        dt.date(2018, 3, 1),
        State.ON_HOLD,
    ),
    "a hold before a refusal": (
        [response("refusal", BEFORE), hold(BEFORE)],
        LATER,
        State.ON_HOLD,
    ),
    "a complete answer during a hold": (
        [hold(BEFORE), response("complete", AFTER)],
        LATER,
        State.ANSWERED_LATE,
    ),
    "the matter closed": ([step("closed", LATER)], LATER, State.CLEARED),
    "the matter to be closed tomorrow": (
        [step("closed", LATER)],
        dt.date(2018, 6, 29),
        State.OVERDUE,
    ),
    "another step clears nothing": ([step("funds_action", AFTER)], LATER, State.OVERDUE),
    "known to the month: counts from its first day": (
        [response("complete", dt.date(2018, 3, 1), date_precision="month")],
        dt.date(2018, 3, 1),
        State.ANSWERED_LATE,
    ),
    "known to the month of the letter: counts from the letter's day": (
        [response("complete", dt.date(2018, 1, 1), date_precision="month")],
        DATED,
        State.ANSWERED,
    ),
    "known to the year of the letter: counts from the letter's day": (
        [response("refusal", dt.date(2018, 1, 1), date_precision="year")],
        DATED,
        State.REFUSED,
    ),
    "a draft answer": ([response("complete", BEFORE, status="draft")], LATER, State.OVERDUE),
    "an answer in review": (
        [response("complete", BEFORE, status="in_review")],
        LATER,
        State.OVERDUE,
    ),
    "a retracted answer": (
        [response("complete", BEFORE, status="retracted")],
        LATER,
        State.OVERDUE,
    ),
    "a draft extension": ([extension(BEFORE, EXTENDED, status="draft")], AFTER, State.OVERDUE),
    "a draft hold": ([hold(BEFORE, status="draft")], LATER, State.OVERDUE),
    "a draft step": ([step("closed", BEFORE, status="draft")], LATER, State.OVERDUE),
}

# Cases of the letter's own dates.
LETTERS = {
    "withdrawn": ({"withdrawn_on": AFTER}, AFTER, State.WITHDRAWN),
    "withdrawn tomorrow": ({"withdrawn_on": AFTER}, DEADLINE, State.AWAITING),
    "withdrawn after it was cleared": (
        {"cleared_on": BEFORE, "withdrawn_on": AFTER},
        LATER,
        State.WITHDRAWN,
    ),
    "cleared": ({"cleared_on": BEFORE}, BEFORE, State.CLEARED),
    "cleared tomorrow": ({"cleared_on": DEADLINE}, BEFORE, State.AWAITING),
    "without a deadline": ({"deadline": None}, LATER, State.OPEN),
    "dated in a month": (
        {"date": dt.date(2018, 1, 1), "date_precision": "month"},
        dt.date(2018, 1, 1),
        State.AWAITING,
    ),
}

# Cases of letters without a deadline.
OPEN_ENDED = {
    "a complete answer is in time": ([response("complete", BEFORE)], LATER, State.ANSWERED),
    "a partial answer is no incomplete one": (
        [response("partial", BEFORE)],
        LATER,
        State.PARTLY_ANSWERED,
    ),
    "an extension gives it a deadline": ([extension(BEFORE, EXTENDED)], LATER, State.OVERDUE),
    "before the extension it is open": ([extension(AFTER, EXTENDED)], BEFORE, State.OPEN),
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("children", "day", "state"), CASES.values(), ids=CASES)
def test_state_of_a_letter(children, day, state):
    letter = LetterFactory(date=DATED, deadline=DEADLINE)
    for make in children:
        make(letter)

    assert stands(day).state is state


@pytest.mark.parametrize(("fields", "day", "state"), LETTERS.values(), ids=LETTERS)
def test_state_follows_from_the_letters_own_dates(fields, day, state):
    LetterFactory(**{"date": DATED, "deadline": DEADLINE} | fields)

    assert stands(day).state is state


@pytest.mark.parametrize(("children", "day", "state"), OPEN_ENDED.values(), ids=OPEN_ENDED)
def test_state_of_a_letter_without_a_deadline(children, day, state):
    letter = LetterFactory(date=DATED, deadline=None)
    for make in children:
        make(letter)

    assert stands(day).state is state


def test_every_state_has_a_case():
    tables = [CASES, LETTERS, OPEN_ENDED]

    assert {case[-1] for table in tables for case in table.values()} == set(State)


def test_letter_is_not_on_record_before_its_date():
    LetterFactory(date=DATED)

    assert not Letter.objects.standing(dt.date(2018, 1, 23)).exists()


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_unpublished_letter_stands_for_staff_alone(status):
    LetterFactory(date=DATED, deadline=DEADLINE, status=status)

    assert not Letter.objects.standing(AFTER).exists()
    assert stands(AFTER, published=False).state is State.OVERDUE


def test_retracted_letter_stands_nowhere():
    LetterFactory(date=DATED, status="retracted")

    assert not Letter.objects.standing(AFTER).exists()
    assert not Letter.objects.standing(AFTER, published=False).exists()


def test_published_answer_to_a_draft_letter_shows_to_staff_alone():
    letter = LetterFactory(date=DATED, deadline=DEADLINE, status="draft")
    ResponseFactory(letter=letter, kind="complete", date=BEFORE)

    assert not Letter.objects.standing(AFTER).exists()
    assert stands(AFTER, published=False).state is State.ANSWERED


def test_draft_answer_changes_what_staff_see_and_not_what_readers_see():
    letter = LetterFactory(date=DATED, deadline=DEADLINE)
    ResponseFactory(letter=letter, kind="refusal", date=BEFORE, status="draft")
    ResponseFactory(letter=letter, kind="complete", date=BEFORE, status="retracted")

    assert stands(AFTER).state is State.OVERDUE
    assert stands(AFTER, published=False).state is State.REFUSED


# What is on record, the day, and then: days late, exposure.
LATENESS = {
    "overdue": ([], LATER, 127, "no response"),
    "overdue by a day": ([], AFTER, 1, "no response"),
    "awaiting": ([], DEADLINE, None, ""),
    "answered": ([response("complete", DEADLINE)], LATER, None, ""),
    "answered late": ([response("complete", AFTER)], LATER, 1, "untimely"),
    "answered late after a partial answer in time": (
        [response("partial", BEFORE), response("complete", EXTENDED)],
        LATER,
        28,
        "untimely",
    ),
    "responded in time": ([response("unassessed", DEADLINE)], LATER, None, ""),
    "responded late": ([response("unassessed", AFTER)], LATER, 1, "untimely"),
    "responded again after the deadline": (
        [response("unassessed", BEFORE), response("unassessed", EXTENDED)],
        LATER,
        None,
        "",
    ),
    "incomplete": ([response("partial", BEFORE)], LATER, 127, "incomplete"),
    "incomplete and late": ([response("partial", AFTER)], LATER, 127, "incomplete; untimely"),
    "refused before the deadline": ([response("refusal", BEFORE)], DEADLINE, None, "incomplete"),
    "refused, after the deadline": ([response("refusal", BEFORE)], AFTER, 1, "incomplete"),
    "refused late": ([response("refusal", AFTER)], AFTER, 1, "incomplete; untimely"),
    "partly answered": ([response("partial", BEFORE)], DEADLINE, None, ""),
    "on hold": ([hold(BEFORE)], LATER, None, ""),
    "closed": ([step("closed", AFTER)], LATER, None, ""),
}


@pytest.mark.parametrize(("children", "day", "days", "exposure"), LATENESS.values(), ids=LATENESS)
def test_days_late_and_exposure_of_a_letter(children, day, days, exposure):
    letter = LetterFactory(date=DATED, deadline=DEADLINE)
    for make in children:
        make(letter)

    found = stands(day)

    assert (found.days_late, found.exposure) == (days, exposure)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(dt.date(2018, 2, 15), False), (dt.date(2018, 2, 16), True), (DEADLINE, True), (AFTER, False)],
)
@pytest.mark.parametrize("kind", [None, "partial"])
def test_letter_is_due_soon_from_seven_days_before_its_deadline(kind, day, expected):
    letter = LetterFactory(date=DATED, deadline=DEADLINE)
    if kind:
        ResponseFactory(letter=letter, kind=kind, date=DATED)

    assert stands(day).due_soon is expected


def test_letter_with_an_answer_or_without_a_deadline_is_never_due_soon():
    ResponseFactory(letter__deadline=DEADLINE, date=DATED)
    LetterFactory(deadline=None)

    assert [letter.due_soon for letter in Letter.objects.standing(DEADLINE)] == [False, False]


def test_standing_gives_what_is_on_record_on_the_day():
    letter = LetterFactory(date=DATED, deadline=DEADLINE)
    ExtensionFactory(letter=letter, date=BEFORE, new_deadline=EXTENDED)
    ExtensionFactory(letter=letter, date=LATER, new_deadline=dt.date(2018, 12, 31))
    ResponseFactory(letter=letter, kind="complete", date=AFTER)
    EnforcementStepFactory(letter=letter, kind="petition_filed", date=AFTER)
    EnforcementStepFactory(letter=letter, kind="subpoena_issued", date=AFTER)
    EnforcementStepFactory(letter=letter, kind="subpoena_threatened", date=BEFORE)

    found = [
        (
            letter.effective_deadline,
            letter.first_complete_response,
            letter.extension_count,
            letter.enforcement,
        )
        for letter in map(stands, [DATED, BEFORE, EXTENDED])
    ]

    assert found == [
        (DEADLINE, None, 0, ""),
        (EXTENDED, None, 1, "subpoena_threatened"),
        (EXTENDED, AFTER, 1, "petition_filed"),
    ]
    assert stands(EXTENDED).enforcement.label == "Court petition filed"


def test_answer_known_to_the_month_of_the_letter_is_given_the_letters_day():
    letter = LetterFactory(date=DATED)
    ResponseFactory(
        letter=letter, kind="complete", date=dt.date(2018, 1, 1), date_precision="month"
    )

    assert stands(LATER).first_complete_response == DATED


def test_letters_by_deadline_are_in_order_and_ties_by_letter():
    due = [DEADLINE, None, BEFORE, DEADLINE, dt.date(2018, 2, 1)]
    letters = [LetterFactory(deadline=deadline) for deadline in due]
    ExtensionFactory(letter=letters[4], date=DATED, new_deadline=EXTENDED)
    order = [letters[n].pk for n in (2, 0, 3, 4, 1)]

    earliest_first = Letter.objects.standing(DATED).by_deadline()
    latest_first = Letter.objects.standing(DATED).by_deadline(latest_first=True)

    assert [letter.pk for letter in earliest_first] == order
    assert [letter.pk for letter in latest_first] == order[::-1]


def test_letters_by_date_are_in_order_and_ties_by_letter():
    dates = [DATED, dt.date(2018, 1, 23), DATED, dt.date(2017, 11, 15)]
    letters = [LetterFactory(date=date, deadline=None) for date in dates]
    standing = Letter.objects.standing(DATED)

    def order(letters):
        return [letter.pk for letter in letters]

    assert order(standing.newest_first()) == [letters[n].pk for n in (0, 2, 1, 3)]
    assert order(standing.oldest_first()) == [letters[n].pk for n in (3, 1, 2, 0)]
    # Without a deadline, the letter's own date decides.
    assert order(standing.by_deadline()) == [letters[n].pk for n in (3, 1, 0, 2)]


def test_state_counts_name_every_state_and_follow_the_filter():
    overdue, other = LetterFactory(deadline=DEADLINE), LetterFactory(deadline=DEADLINE)
    ResponseFactory(letter__deadline=DEADLINE, date=BEFORE)
    LetterFactory(deadline=DEADLINE, status="draft")

    everything = Letter.objects.state_counts(AFTER)
    for_staff = Letter.objects.state_counts(AFTER, published=False)
    of_one = Letter.objects.filter(jurisdiction=overdue.jurisdiction).state_counts(AFTER)

    none = dict.fromkeys(State, 0)
    assert other.jurisdiction != overdue.jurisdiction
    assert everything == none | {State.OVERDUE: 2, State.RESPONDED: 1}
    assert for_staff == none | {State.OVERDUE: 3, State.RESPONDED: 1}
    assert of_one == none | {State.OVERDUE: 1}


def test_letter_due_today_is_in_exactly_one_state():
    LetterFactory(date=DATED, deadline=DEADLINE)

    states = [
        state for state in State if Letter.objects.standing(DEADLINE).filter(state=state).exists()
    ]

    assert states == [State.AWAITING]


@pytest.mark.parametrize("order", ["by_deadline", "newest_first", "oldest_first"])
def test_letters_of_one_state_can_be_read_in_order_from_the_index_of_that_state(order):
    with connection.cursor() as cursor:
        # A table as small as here is read whole and sorted, unless that is made dear. Of its
        # indexes, the size tells, and rows that other tests rolled back still fill theirs.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute("TRUNCATE letters_stateinterval")

    plans = {}
    for state in State:
        letters = Letter.objects.standing(DEADLINE).filter(state=state)
        plans[state] = getattr(letters, order)()[:50].explain()

    assert [state for state, plan in plans.items() if f"standing_{state}" not in plan] == []
    assert not any("Sort" in plan for plan in plans.values())


def test_standing_reads_one_interval_of_each_letter(django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        list(Letter.objects.standing(DEADLINE).filter(state=State.OVERDUE).by_deadline())

    assert queries[0]["sql"].count("letters_stateinterval") == 1


def test_interval_reads_as_its_state_and_days():
    LetterFactory(date=DATED, deadline=DEADLINE)

    assert [str(interval) for interval in StateInterval.objects.order_by("during")] == [
        "Awaiting response, 2018-01-24 to 2018-02-24",
        "Deadline passed, no response on record, 2018-02-24 to now",
    ]


@pytest.mark.parametrize("name", [*State, *Exposure])
def test_no_name_says_that_a_jurisdiction_failed(name):
    assert "fail" not in name.label.lower()
