"""What the letters of jurisdictions and rounds add up to."""

import datetime as dt

import pytest

from jurisdictions.models import Jurisdiction
from letters.models import Round
from letters.standing import PRESSING, attach_state_counts, next_due, with_standing
from letters.states import State
from tests.factories import ExtensionFactory, JurisdictionFactory, LetterFactory, ResponseFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 1)


def standing(day=DAY, **kwargs):
    found = with_standing(Jurisdiction.objects.all(), day, **kwargs).get()
    return found.letter_count, found.pressing_state, found.next_deadline, found.exposure


@pytest.fixture
def jurisdiction():
    return JurisdictionFactory()


def test_jurisdiction_without_letters_stands_nowhere(jurisdiction):
    assert standing() == (0, None, None, "")


def test_jurisdiction_stands_at_its_most_pressing_letter(jurisdiction):
    LetterFactory(jurisdiction=jurisdiction)
    ResponseFactory(letter__jurisdiction=jurisdiction)
    LetterFactory(jurisdiction=jurisdiction, deadline=dt.date(2018, 5, 2))
    LetterFactory(jurisdiction=jurisdiction, deadline=dt.date(2018, 5, 1))

    assert standing() == (4, State.OVERDUE, dt.date(2018, 5, 1), "no response")


def test_jurisdiction_as_of_a_day_has_no_later_letters_or_responses(jurisdiction):
    letter = LetterFactory(jurisdiction=jurisdiction)
    ResponseFactory(letter=letter, date=dt.date(2018, 2, 20))
    LetterFactory(jurisdiction=jurisdiction, date=DAY, deadline=None)

    assert standing(dt.date(2018, 2, 19)) == (1, State.AWAITING, dt.date(2018, 2, 23), "")


def test_jurisdiction_next_deadline_is_the_extended_one(jurisdiction):
    letter = LetterFactory(jurisdiction=jurisdiction)
    ExtensionFactory(letter=letter, new_deadline=dt.date(2018, 3, 23))

    assert standing()[2] == dt.date(2018, 3, 23)


def test_jurisdiction_exposure_names_each_failure_once(jurisdiction):
    late = dt.date(2018, 2, 26)
    ResponseFactory(letter__jurisdiction=jurisdiction, kind="refusal", date=late)
    ResponseFactory(letter__jurisdiction=jurisdiction, date=late)
    LetterFactory(jurisdiction=jurisdiction)

    assert standing()[3] == "incomplete; no response; untimely"


def test_drafts_count_for_staff_alone(jurisdiction):
    letter = LetterFactory(jurisdiction=jurisdiction)
    ResponseFactory(letter=letter, status="draft")
    LetterFactory(jurisdiction=jurisdiction, status="draft", deadline=None)

    assert standing() == (1, State.OVERDUE, None, "no response")
    assert standing(published=False) == (2, State.OPEN, None, "")


def test_every_state_has_its_place_among_the_pressing():
    assert sorted(PRESSING) == sorted(State)


def test_rounds_have_their_letters_by_state():
    letter = LetterFactory()
    LetterFactory(round=letter.round)
    ResponseFactory(letter__round=letter.round)
    LetterFactory(round=letter.round, status="draft")
    rounds = list(Round.objects.all())

    attach_state_counts(rounds, DAY)

    assert rounds[0].state_counts == [(State.OVERDUE, 2), (State.RESPONDED, 1)]


def test_next_due_are_the_earliest_that_still_await_an_answer():
    LetterFactory(deadline=DAY - dt.timedelta(days=1))
    LetterFactory(deadline=None)
    partial = ResponseFactory(kind="partial", letter__deadline=DAY + dt.timedelta(days=1)).letter
    today, _later = LetterFactory(deadline=DAY), LetterFactory(deadline=dt.date(2018, 5, 1))

    assert next_due(DAY, 2) == [today, partial]
