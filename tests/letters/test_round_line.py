"""The rounds on one line of time."""

import datetime as dt

from letters.models import Round
from letters.round_line import LEFT, MOST_TICKS, RIGHT, round_line

DAY = dt.date(2018, 3, 1)


def make_round(announced, deadline=None):
    return Round(
        announced_on=dt.date.fromisoformat(announced),
        deadline=deadline and dt.date.fromisoformat(deadline),
    )


def test_no_rounds_have_no_line():
    assert round_line([], DAY) is None


def test_rounds_are_numbered_from_the_oldest_and_never_leave_the_line():
    new, old = make_round("2018-01-24", "2018-02-23"), make_round("2017-11-15", "2017-12-08")

    line = round_line([new, old], DAY)

    assert [(lane.number, lane.round) for lane in line.lanes] == [(1, old), (2, new)]
    assert line.lanes[0].x == LEFT
    assert line.lanes[1].due == RIGHT
    assert all(lane.width > 0 for lane in line.lanes)
    assert line.lanes[0].y < line.lanes[1].y < line.axis < line.height
    assert line.goes_on


def test_round_without_a_deadline_is_a_point():
    line = round_line([make_round("2018-02-20")], DAY)

    assert line.lanes[0].due is None
    assert not line.goes_on


def test_line_names_a_few_months_whatever_its_length():
    for years in [0, 1, 3, 9, 40, 200]:
        newest = make_round(f"{2017 + years}-12-15")

        ticks = round_line([newest, make_round("2017-06-15")], DAY).ticks

        assert 1 <= len(ticks) <= MOST_TICKS + 1
        assert all(tick.date.day == 1 for tick in ticks)
        assert all(LEFT <= tick.x <= RIGHT for tick in ticks)
