"""The sentence on where a jurisdiction stands: what is on record, what is not, and no more."""

import datetime as dt

import pytest

from jurisdictions.models import Jurisdiction
from letters.models import Letter
from letters.standing import with_standing
from letters.standing_words import CLAUSES, OF_ABSENCE, clause, standing_sentence
from letters.states import State
from tests.factories import ExtensionFactory, JurisdictionFactory, LetterFactory, ResponseFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 1)


def sentence(jurisdiction, day=DAY):
    standing = with_standing(Jurisdiction.objects.all(), day).get(pk=jurisdiction.pk)
    return standing_sentence(standing, list(jurisdiction.letters.standing(day)), day)


def test_sentence_without_letters_says_that_none_is_on_record():
    assert sentence(JurisdictionFactory()) == "No letter to it is on record."


def test_sentence_about_absence_says_until_when_staff_looked():
    letter = LetterFactory(verified_through=dt.date(2018, 2, 26))

    assert sentence(letter.jurisdiction) == (
        "One letter to it is on record: on that of 24 January 2018, no response is on record, and"
        " the deadline of 23 February 2018 has passed (checked through 26 February 2018, not"
        " verified since)."
    )


def test_sentence_tells_each_of_a_few_letters_newest_first_with_the_deadline_in_force():
    letter = LetterFactory()
    ExtensionFactory(letter=letter, new_deadline=dt.date(2018, 3, 23))
    ResponseFactory(
        letter__jurisdiction=letter.jurisdiction,
        letter__date=dt.date(2017, 11, 15),
        letter__deadline=None,
        date=dt.date(2017, 12, 1),
    )

    assert sentence(letter.jurisdiction) == (
        "2 letters to it are on record: on that of 24 January 2018, no response is on record, and"
        " the deadline is 23 March 2018 (not verified since the letter); on that of 15 November"
        " 2017, a response is on record whose completeness nobody has judged."
    )


def test_sentence_about_many_letters_names_the_most_pressing_state():
    jurisdiction = JurisdictionFactory()
    for _ in range(3):
        ResponseFactory(letter__jurisdiction=jurisdiction)
    LetterFactory(jurisdiction=jurisdiction)

    assert sentence(jurisdiction) == (
        "4 letters to it are on record; the most pressing state of one is “Deadline passed, no"
        " response on record”."
    )


def test_sentence_as_of_a_day_knows_nothing_later():
    response = ResponseFactory(date=dt.date(2018, 2, 20))

    words = sentence(response.letter.jurisdiction, dt.date(2018, 2, 19))

    assert "no response is on record, and the deadline is 23 February 2018" in words


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("deadline", [dt.date(2018, 2, 23), None])
def test_every_state_has_neutral_words(state, deadline):
    letter = Letter(date=dt.date(2018, 1, 24))
    letter.state, letter.effective_deadline = state, deadline

    words = clause(letter, DAY)

    assert "fail" not in words
    assert "%" not in words
    assert ("not verified since" in words) == (state in OF_ABSENCE)


def test_every_state_has_a_clause():
    assert set(CLAUSES) == set(State)
