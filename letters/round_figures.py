"""What the letters of a round add up to: in which states they are, and how soon answers came."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, DateField, Exists, F, OuterRef
from django.db.models.functions import Greatest

from casefile.dates import DatePrecision
from letters.models import Response
from letters.models.responses import SUBSTANTIVE
from letters.standing import PRESSING
from letters.states import DaysBetween, State


@dataclass(frozen=True)
class Share:
    """The letters in one state: how many of all, and where on a bar, in percent, for SVG."""

    state: State
    letters: int
    percent: int
    x: str
    width: str


@dataclass(frozen=True)
class RoundFigures:
    """Counters of letters as of a day.

    ``states`` by state; ``answered`` by the whole days from the letter's date to the first
    substantive response and whether that day is exact; ``due`` by the whole days to the deadline in
    force.
    """

    states: Counter
    answered: Counter
    due: Counter

    @property
    def letters(self):
        return self.states.total()

    @property
    def answers(self):
        """Return how many letters have a substantive response on record."""
        return self.answered.total()

    @property
    def unanswered(self):
        return self.letters - self.answers

    @property
    def percent_answered(self):
        return round(100 * self.answers / self.letters) if self.letters else 0

    @property
    def shares(self):
        """Return the states that letters are in, the most pressing first."""
        shares, before = [], 0
        for state in PRESSING:
            if number := self.states[state]:
                x, width = (100 * part / self.letters for part in (before, number))
                shares.append(Share(state, number, round(width), f"{x:.2f}", f"{width:.2f}"))
                before += number
        return shares


def round_figures(letters, day):
    """Return what public letters add up to as of a day, in one query."""
    first_on = F("interval__first_substantive_on")
    # A response dated to the month or year counts from the first day of that period, or from the
    # letter's date if that is later.
    inexact = (
        Response.objects.public(day)
        .exclude(date_precision=DatePrecision.DAY)
        .filter(letter=OuterRef("pk"), kind__in=SUBSTANTIVE)
        .annotate(counts_from=Greatest("date", OuterRef("date"), output_field=DateField()))
        .filter(counts_from=OuterRef("first_on"))
    )
    groups = (
        letters.standing(day)
        .annotate(
            first_on=first_on,
            days=DaysBetween(first_on, F("date")),
            due=DaysBetween(F("effective_deadline"), F("date")),
            is_exact=~Exists(inexact),
        )
        .order_by()
        .values_list("interval__state", "days", "is_exact", "due")
        .annotate(letters=Count("pk"))
    )
    figures = RoundFigures(Counter(), Counter(), Counter())
    for state, days, is_exact, due, number in groups:
        figures.states[state] += number
        if days is not None:
            figures.answered[days, is_exact] += number
        if due is not None:
            figures.due[due] += number
    return figures
