"""What the letters of jurisdictions and rounds add up to."""

import datetime as dt

import pytest
from django.db.models import F

from jurisdictions.models import Jurisdiction
from letters.models import Letter, Round
from letters.standing import (
    PRESSING,
    STILL_DUE,
    attach_state_counts,
    next_due,
    with_standing,
)
from letters.states import State
from tests.factories import (
    ExtensionFactory,
    JurisdictionFactory,
    LetterFactory,
    ResponseFactory,
    RoundFactory,
)
from tests.letters.records import DAYS as SPAN
from tests.letters.records import FIRST_DAY, Chance, store

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 1)


def standing(day=DAY, **kwargs):
    found = with_standing(Jurisdiction.objects.all(), day, **kwargs).get()
    return found.letter_count, found.pressing_state, found.next_deadline, found.exposure


@pytest.fixture
def jurisdiction():
    return JurisdictionFactory()


@pytest.mark.parametrize("published", [True, False])
def test_jurisdictions_stand_as_their_letters_do_one_by_one(published):
    chance = Chance(11)
    store([chance.letter() for _ in range(120)])
    places, rounds = JurisdictionFactory.create_batch(5), RoundFactory.create_batch(24)
    for n, pk in enumerate(Letter.objects.order_by("pk").values_list("pk", flat=True)):
        Letter.objects.filter(pk=pk).update(jurisdiction=places[n % 5].pk, round=rounds[n // 5].pk)

    for n in range(0, SPAN + 1, 5):
        day = FIRST_DAY + dt.timedelta(days=n)
        found = with_standing(
            Jurisdiction.objects.filter(pk__in=[one.pk for one in places]), day, published
        )
        for jurisdiction in found.distinct().annotate(all_states=F("states")):
            letters = list(jurisdiction.letters.standing(day, published))
            states = {letter.state for letter in letters}
            due = [one.effective_deadline for one in letters if one.state in STILL_DUE]
            failures = {part for one in letters for part in one.exposure.split("; ") if part}
            assert jurisdiction.letter_count == len(letters)
            assert set(filter(None, jurisdiction.all_states.split("; "))) == states
            assert jurisdiction.pressing_state == min(states, key=PRESSING.index, default=None)
            assert jurisdiction.next_deadline == min(filter(None, due), default=None)
            assert jurisdiction.exposure == "; ".join(sorted(failures))


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
