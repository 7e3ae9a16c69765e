"""The drawing of a letter's life: where its dates stand on the line."""

import datetime as dt

import pytest

from letters.docket import Docket, scopes
from letters.lifeline import END, LEFT, NEAR, RIGHT, lifeline
from tests.factories import (
    EnforcementStepFactory,
    ExtensionFactory,
    HoldFactory,
    LetterFactory,
    ResponseFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2019, 1, 1)


def life_of(letter, day=DAY):
    return lifeline(letter, Docket(scopes.of_letter(letter), day).newest(), day)


def words(life):
    return [f"{mark.dated}: {mark.what}" for mark in life.marks]


def full_letter():
    letter = LetterFactory(
        date=dt.date(2018, 1, 24),
        sent_on=dt.date(2018, 1, 25),
        received_on=dt.date(2018, 1, 29),
        cleared_on=dt.date(2018, 6, 1),
        jurisdiction__name="Springfield",
    )
    ExtensionFactory(letter=letter)
    HoldFactory(letter=letter, until=dt.date(2018, 2, 15))
    ResponseFactory(letter=letter)
    EnforcementStepFactory(letter=letter)
    StatementFactory(in_reply_to_letter=letter)
    return letter


def test_lifeline_numbers_the_dates_in_order():
    life = life_of(full_letter())

    assert words(life) == [
        "24 January 2018: Round announced",
        "24 January 2018: Letter dated",
        "25 January 2018: Letter sent",
        "29 January 2018: Letter received",
        "10 February 2018: Clock on hold until 15 February 2018",
        "10 February 2018: Deadline moved to 23 March 2018",
        "20 February 2018: Answer, completeness not assessed",
        "23 February 2018: Deadline in the letter",
        "1 March 2018: Subpoena threatened",
        "23 March 2018: New deadline",
        "1 June 2018: DOJ said that Springfield complies, or closed the matter",
    ]
    assert [mark.number for mark in life.marks] == list(range(1, 12))
    assert life.words.startswith("1: 24 January 2018, Round announced. 2: ")


def test_lifeline_as_of_a_day_has_no_later_events_but_the_deadline_ahead():
    life = life_of(full_letter(), dt.date(2018, 1, 26))

    assert words(life) == [
        "24 January 2018: Round announced",
        "24 January 2018: Letter dated",
        "25 January 2018: Letter sent",
        "23 February 2018: Deadline in the letter",
    ]
    assert not life.goes_on


def test_lifeline_runs_from_the_first_date_to_the_last():
    life = life_of(full_letter())

    assert life.marks[0].x == LEFT
    assert life.marks[-1].x == RIGHT
    assert (life.begins, life.ends) == (dt.date(2018, 1, 24), dt.date(2018, 6, 1))
    assert life.goes_on


def test_lifeline_is_drawn_to_scale():
    letter = LetterFactory(deadline=dt.date(2018, 2, 23))
    ResponseFactory(letter=letter, date=dt.date(2018, 2, 8))  # half way of 30 days

    life = life_of(letter)

    assert life.marks[2].x == pytest.approx((LEFT + RIGHT) / 2)


def test_lifeline_puts_marks_that_are_near_above_one_another():
    life = life_of(full_letter())

    places = {(mark.x, mark.y) for mark in life.marks}
    assert len(places) == len(life.marks)
    for mark in life.marks:
        beside = [other.x for other in life.marks if other.y == mark.y and other is not mark]
        assert all(abs(mark.x - x) >= NEAR for x in beside)
        assert 0 < mark.y < life.axis < life.height


def test_lifeline_shows_the_time_given_what_was_added_and_the_hold():
    life = life_of(full_letter())

    spans = {span.kind: span for span in life.spans}
    assert list(spans) == ["first", "hold", "extended"]
    assert spans["first"].x == LEFT
    assert spans["extended"].x == pytest.approx(spans["first"].x + spans["first"].width)
    assert spans["hold"].width > 0


def test_lifeline_of_a_hold_without_end_lasts_until_the_day():
    letter = LetterFactory()
    HoldFactory(letter=letter)

    hold = next(span for span in life_of(letter).spans if span.kind == "hold")

    assert hold.x + hold.width == pytest.approx(END)


def test_lifeline_shows_the_whole_period_of_a_date_known_to_the_month():
    letter = LetterFactory(date=dt.date(2017, 11, 15), round__announced_on=dt.date(2017, 11, 15))
    ResponseFactory(letter=letter, date=dt.date(2017, 12, 1), date_precision="month")

    life = life_of(letter)

    assert "December 2017: Answer, completeness not assessed" in words(life)
    assert [span.kind for span in life.spans] == ["first", "unsure"]


def test_lifeline_of_a_letter_with_one_day_is_a_point():
    letter = LetterFactory(deadline=None)

    life = life_of(letter)

    assert {mark.x for mark in life.marks} == {LEFT}
    assert life.spans == []


def test_lifeline_leaves_out_an_announcement_that_is_yet_to_come():
    letter = LetterFactory(date=dt.date(2018, 1, 22), deadline=None)

    assert words(life_of(letter, dt.date(2018, 1, 23))) == ["22 January 2018: Letter dated"]
