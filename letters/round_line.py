"""The rounds on one line of time: when each was announced, and by when answers were due.

Positions are percentages of the width, so that the drawing fits any screen while its texts keep
their size; heights are pixels.
"""

import datetime as dt
from dataclasses import dataclass

LEFT, RIGHT, END = 3, 90, 97  # the first date, the last date, and the line beyond it
LANE = 30
TOP = 16  # from the upper edge to the middle of the first lane
BELOW = 26  # for the line and its dates
MOST_TICKS = 4
STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200]  # months from one tick to the next


@dataclass(frozen=True)
class Lane:
    """One round: the number that stands for it, and where it begins and its answers are due."""

    round: object
    number: int
    x: float
    due: float | None
    y: int

    @property
    def width(self):
        return round(self.due - self.x, 2)


@dataclass(frozen=True)
class Tick:
    """The first day of a month, named on the line."""

    date: dt.date
    x: float


@dataclass(frozen=True)
class RoundLine:
    lanes: list[Lane]
    ticks: list[Tick]
    goes_on: bool  # the day of the page is later than all dates
    axis: int
    height: int


def round_line(rounds, day):
    """Return the drawing of public rounds, given newest first, as of a day; None without any."""
    if not rounds:
        return None
    oldest_first = rounds[::-1]
    begins = min(one.announced_on for one in rounds)
    ends = max(one.deadline or one.announced_on for one in rounds)
    ends = max(ends, begins + dt.timedelta(days=60))
    scale = (RIGHT - LEFT) / (ends - begins).days

    def x(date):
        return round(LEFT + (date - begins).days * scale, 2)

    lanes = [
        Lane(
            one,
            number,
            x(one.announced_on),
            one.deadline and x(one.deadline),
            TOP + (number - 1) * LANE,
        )
        for number, one in enumerate(oldest_first, 1)
    ]
    axis = lanes[-1].y + TOP + 8
    ticks = [Tick(date, x(date)) for date in _months(begins, ends)]
    return RoundLine(lanes, ticks, day > ends, axis, axis + BELOW)


def _months(begins, ends):
    """Return the first days of some months between two days, evenly spaced."""
    first = begins.year * 12 + begins.month  # of the month after
    last = ends.year * 12 + ends.month - 1
    step = next((one for one in STEPS if (last - first) // one < MOST_TICKS), STEPS[-1])
    first += -first % step
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(first, last + 1, step)]
