"""The life of one letter as a drawing: where on a line of time each of its dates stands.

Positions are percentages of the width, so that the drawing fits any screen while its texts keep
their size; heights are pixels. It draws dates alone, and says nothing of the letter's state.
"""

import calendar
import datetime as dt
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from casefile.dates import DatePrecision, describe
from letters.docket.branches import LETTER, OVERDUE

LEFT, RIGHT, END = 4, 88, 97  # the first date, the last date, and the line beyond it
NEAR = 7  # marks that would be closer than this stand above one another
LANE = 26
MARGIN = 18  # from a mark's centre to the line or the upper edge
BELOW = 34  # for the line, the spans and the names of the first and last date


@dataclass(frozen=True)
class Mark:
    """A dated fact. ``side`` says whose it is: doj, jurisdiction or deadline."""

    date: dt.date
    what: str
    side: str
    precision: str = DatePrecision.DAY
    number: int = 0
    x: float = 0
    y: int = 0

    @property
    def dated(self):
        return describe(self.date, self.precision)

    @property
    def latest(self):
        """Return the last day that the fact may be of: the end of a month or year."""
        if self.precision == DatePrecision.YEAR:
            return self.date.replace(month=12, day=31)
        if self.precision == DatePrecision.MONTH:
            return self.date.replace(day=calendar.monthrange(self.date.year, self.date.month)[1])
        return self.date


@dataclass(frozen=True)
class Span:
    """A stretch of the line.

    ``first`` is the time that the letter gave, ``extended`` what an extension added, ``hold`` a
    stopped clock, and ``unsure`` the month or year in which a date lies.
    """

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Lifeline:
    marks: list[Mark]
    spans: list[Span]
    begins: dt.date
    ends: dt.date
    goes_on: bool  # the day of the page is later than all dates
    axis: int
    height: int

    @property
    def words(self):
        """Return the drawing as sentences."""
        return " ".join(f"{mark.number}: {mark.dated}, {mark.what}." for mark in self.marks)


def lifeline(letter, rows, day):
    """Return the life of a letter as of a day, from the letter and the rows of its docket."""
    rows = sorted(rows, key=lambda row: row.date)
    marks = sorted(_marks(letter, rows, day), key=lambda mark: mark.date)
    begins, ends = marks[0].date, max(mark.latest for mark in marks)
    goes_on = day > ends
    scale = (RIGHT - LEFT) / max((ends - begins).days, 1)

    def x(date):
        if date > ends:
            return END
        return round(LEFT + (date - begins).days * scale, 2)

    lanes = []
    for number, mark in enumerate(marks):
        lane = next((n for n, end in enumerate(lanes) if end + NEAR <= x(mark.date)), len(lanes))
        lanes[lane : lane + 1] = [x(mark.date)]
        marks[number] = replace(mark, number=number + 1, x=x(mark.date), y=lane)
    axis = 2 * MARGIN + (len(lanes) - 1) * LANE
    return Lifeline(
        marks=[replace(mark, y=axis - MARGIN - mark.y * LANE) for mark in marks],
        spans=[
            Span(kind, x(start), round(x(end) - x(start), 2))
            for kind, start, end in _spans(letter, rows, marks, day)
            if end > start
        ],
        begins=begins,
        ends=ends,
        goes_on=goes_on,
        axis=axis,
        height=axis + BELOW,
    )


def _marks(letter, rows, day):
    """Yield the dated facts of a letter's life that were on the record by a day."""
    if letter.round.announced_on <= day:
        yield Mark(letter.round.announced_on, gettext("Round announced"), "doj")
    yield Mark(letter.date, gettext("Letter dated"), "doj", letter.date_precision)
    if letter.sent_on and letter.sent_on <= day:
        yield Mark(letter.sent_on, gettext("Letter sent"), "doj")
    if letter.received_on and letter.received_on <= day:
        yield Mark(letter.received_on, gettext("Letter received"), "jurisdiction")
    for row in rows:
        if row.kind != "statements" and row.branch not in (LETTER, OVERDUE):
            side = "jurisdiction" if row.kind == "responses" else "doj"
            yield Mark(row.date, row.heading, side, row.date_precision)
    if letter.deadline:
        yield Mark(letter.deadline, gettext("Deadline in the letter"), "deadline")
    for row in rows:
        if row.kind == "extensions":
            yield Mark(row.until, gettext("New deadline"), "deadline")


def _spans(letter, rows, marks, day):
    """Yield the kind, first and last day of each stretch."""
    deadline = letter.deadline
    if deadline:
        yield "first", letter.date, deadline
    for row in rows:
        if row.kind == "extensions":
            yield "extended", deadline or row.date, row.until
            deadline = row.until
        elif row.kind == "holds":
            yield "hold", row.date, min(row.until or day, day)
    for mark in marks:
        yield "unsure", mark.date, mark.latest
