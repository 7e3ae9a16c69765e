"""How many days after its letter each first answer is dated, as dots above an axis of days.

Positions along the axis are percentages of the width, so that the texts keep their size on any
screen; heights are pixels.
"""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

LEFT, RIGHT = 3, 97  # the ends of the axis, in percent
RADIUS = 6
DOT = 14  # from one dot to the next above it
MOST_DOTS = 12  # above one day
LABELS = 24  # for the name of the deadline, above the dots
BELOW = 40  # for the line and the names of days beneath it
STEPS = [1, 5, 10, 30, 60, 90, 180, 365, 730, 1825, 3650]
MOST_TICKS = 6


@dataclass(frozen=True)
class Dot:
    x: str
    y: int
    is_exact: bool


@dataclass(frozen=True)
class Tick:
    day: int
    x: str


@dataclass(frozen=True)
class Column:
    """The letters whose first answer is dated so many days after them."""

    days: int
    letters: int
    inexact: int  # how many of them, by a date known to the month or year alone


@dataclass(frozen=True)
class AnswerPlot:
    columns: list[Column]
    dots: list[Dot]
    ticks: list[Tick]
    deadlines: list[int]  # first and last day of a deadline; one, if they are the same; or none
    deadline_x: str
    deadline_width: str
    letters_per_dot: int
    axis: int

    @property
    def height(self):
        return self.axis + BELOW

    @property
    def deadline_name(self):
        if len(self.deadlines) == 1:
            return gettext("Deadline: day %(day)s") % {"day": self.deadlines[0]}
        return gettext("Deadlines: day %(first)s to %(last)s") % {
            "first": self.deadlines[0],
            "last": self.deadlines[-1],
        }

    @property
    def label_anchor(self):
        """Return on which side of its line the deadline's name has room, in SVG's words."""
        return "end" if float(self.deadline_x) > 50 else "start"

    @property
    def words(self):
        """Return the plot as sentences."""
        parts = [self.deadline_name] if self.deadlines else []
        for column in self.columns:
            text = ngettext(
                "Day %(days)s: %(letters)s letter",
                "Day %(days)s: %(letters)s letters",
                column.letters,
            ) % {"days": column.days, "letters": column.letters}
            if column.inexact:
                text += gettext(", of which %(inexact)s from that day on at the earliest") % {
                    "inexact": column.inexact
                }
            parts.append(text)
        return " ".join(f"{part}." for part in parts)


def answer_plot(figures):
    """Return the plot of a round's figures, None where no answer is on record."""
    if not figures.answered:
        return None
    columns = [
        Column(
            days,
            figures.answered[days, True] + figures.answered[days, False],
            figures.answered[days, False],
        )
        for days in sorted({days for days, _ in figures.answered})
    ]
    deadlines = sorted({min(figures.due), max(figures.due)}) if figures.due else []
    first = min(0, columns[0].days)
    last = max([columns[-1].days, *deadlines, first + 1])

    def x(days):
        return LEFT + (RIGHT - LEFT) * (days - first) / (last - first)

    per_dot = -(-max(column.letters for column in columns) // MOST_DOTS)
    tallest = max(-(-column.letters // per_dot) for column in columns)
    axis = LABELS + tallest * DOT + RADIUS
    step = next((step for step in STEPS if (last - first) / step <= MOST_TICKS), STEPS[-1])
    ticks = range(-(-first // step) * step, last + 1, step)
    return AnswerPlot(
        columns=columns,
        dots=[dot for column in columns for dot in _dots(column, x(column.days), axis, per_dot)],
        ticks=[Tick(day, f"{x(day):.2f}") for day in ticks],
        deadlines=deadlines,
        deadline_x=f"{x(deadlines[0]):.2f}" if deadlines else "",
        deadline_width=f"{x(deadlines[-1]) - x(deadlines[0]):.2f}" if deadlines else "",
        letters_per_dot=per_dot,
        axis=axis,
    )


def _dots(column, x, axis, per_dot):
    """Yield the dots of a column from the axis upwards, exact days first."""
    exact = -(-(column.letters - column.inexact) // per_dot)
    for number in range(-(-column.letters // per_dot)):
        yield Dot(f"{x:.2f}", axis - DOT // 2 - 2 - number * DOT, number < exact)
