"""What the letters of a round add up to, and the plot of the days to answer."""

import datetime as dt

import pytest

from letters.answer_plot import LEFT, MOST_DOTS, RIGHT, answer_plot
from letters.models import Letter
from letters.models.responses import SUBSTANTIVE, ResponseKind
from letters.round_figures import round_figures
from letters.states import State
from tests.factories import ExtensionFactory, LetterFactory, ResponseFactory, RoundFactory
from tests.letters.test_standing_words import DAY

pytestmark = pytest.mark.django_db


def figures(day=DAY):
    return round_figures(Letter.objects.public(day), day)


def test_figures_count_letters_by_state_and_answers(django_assert_num_queries):
    round_ = RoundFactory()
    LetterFactory(round=round_)
    LetterFactory(round=round_, status="draft")
    ResponseFactory(letter__round=round_)
    ResponseFactory(letter__round=round_, kind="acknowledgment")

    with django_assert_num_queries(1):
        found = figures()

    assert [(share.state, share.letters, share.percent) for share in found.shares] == [
        (State.OVERDUE, 2, 67),
        (State.RESPONDED, 1, 33),
    ]
    assert [(share.x, share.width) for share in found.shares] == [
        ("0.00", "66.67"),
        ("66.67", "33.33"),
    ]
    assert (found.letters, found.answers, found.unanswered, found.percent_answered) == (3, 1, 2, 33)


def test_figures_as_of_a_day_know_no_later_answer():
    ResponseFactory(date=dt.date(2018, 2, 20))

    assert figures(dt.date(2018, 2, 19)).answers == 0
    assert figures(dt.date(2018, 2, 20)).answered == {(27, True): 1}


def test_figures_of_no_letter_are_nothing():
    found = figures()

    assert (found.letters, found.percent_answered, found.shares) == (0, 0, [])
    assert answer_plot(found) is None


@pytest.mark.parametrize("kind", ResponseKind)
def test_what_is_substantive_is_what_the_rule_says(kind):
    response = ResponseFactory(kind=kind)

    state = Letter.objects.standing(DAY).get(pk=response.letter.pk).state

    assert (state != State.OVERDUE) == (kind in SUBSTANTIVE)


def test_answer_known_to_the_month_counts_from_its_first_day_or_the_letter_and_is_marked():
    ResponseFactory(date=dt.date(2018, 2, 1), date_precision="month")
    ResponseFactory(date=dt.date(2018, 1, 1), date_precision="month")
    exact = ResponseFactory(date=dt.date(2018, 2, 8))
    ResponseFactory(
        letter=exact.letter, date=dt.date(2018, 2, 1), date_precision="month", kind="acknowledgment"
    )
    ResponseFactory(letter=exact.letter, date=dt.date(2018, 3, 1), date_precision="month")

    assert figures().answered == {(8, False): 1, (0, False): 1, (15, True): 1}


def test_plot_has_a_dot_for_each_letter_and_marks_the_deadline_on_the_axis_of_days():
    ResponseFactory(date=dt.date(2018, 2, 8))
    ResponseFactory(date=dt.date(2018, 2, 23))
    ResponseFactory(date=dt.date(2018, 2, 1), date_precision="month")
    ResponseFactory(date=dt.date(2018, 2, 23))

    plot = answer_plot(figures())

    assert plot.deadlines == [30]
    assert float(plot.deadline_x) == RIGHT
    assert [(dot.x, dot.is_exact) for dot in plot.dots] == [
        ("28.07", False),
        ("50.00", True),
        ("97.00", True),
        ("97.00", True),
    ]
    assert len({(dot.x, dot.y) for dot in plot.dots}) == 4
    assert [tick.day for tick in plot.ticks] == [0, 5, 10, 15, 20, 25, 30]
    assert plot.ticks[0].x == f"{LEFT:.2f}"
    assert plot.words == (
        "Deadline: day 30. Day 8: 1 letter, of which 1 from that day on at the earliest."
        " Day 15: 1 letter. Day 30: 2 letters."
    )


def test_plot_marks_the_span_of_deadlines_that_differ():
    letter = ResponseFactory().letter
    ExtensionFactory(letter=letter, new_deadline=dt.date(2018, 3, 23))
    LetterFactory(round=letter.round)

    plot = answer_plot(figures())

    assert plot.deadlines == [30, 58]
    assert plot.deadline_name == "Deadlines: day 30 to 58"
    assert float(plot.deadline_x) + float(plot.deadline_width) == RIGHT


def test_plot_without_a_deadline_has_none():
    ResponseFactory(letter__deadline=None)

    plot = answer_plot(figures())

    assert plot.deadlines == []
    assert "eadline" not in plot.words


def test_plot_of_an_answer_dated_before_its_letter_begins_earlier():
    ResponseFactory(date=dt.date(2018, 1, 22), letter__deadline=None)

    plot = answer_plot(figures())

    assert [dot.x for dot in plot.dots] == [f"{LEFT:.2f}"]
    assert [tick.day for tick in plot.ticks] == [-2, -1]


def test_plot_of_many_letters_on_a_day_lets_a_dot_stand_for_several():
    found = figures()
    found.answered[10, True], found.answered[10, False] = 5 * MOST_DOTS, 3

    plot = answer_plot(found)

    assert plot.letters_per_dot == 6
    assert len(plot.dots) == 11
    assert plot.height < 300
