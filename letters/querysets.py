"""What can be asked of letters."""

import datetime as dt

from django.db.models import (
    BigIntegerField,
    Count,
    DateField,
    F,
    FilteredRelation,
    Func,
    Q,
    Value,
)
from django.db.models.functions import Cast

from casefile.entries import EntryQuerySet
from letters.states import DaysBetween, State, days_late, due_soon, response

# Beyond both ends of the orders of StateInterval.
FIRST, LAST = 0, 2**53


def deadline_places(first, last):
    """Return the first and the last place of the days in the order of deadlines.

    See ``letters_place`` in letters/sql/state_rule.sql.
    """
    since = dt.date(1789, 1, 1)
    return (first - since).days << 32, ((last - since).days + 1 << 32) - 1


class Distance(Func):
    """How far apart two numbers are: the operator by which a GiST index can be read in order."""

    template = "(%(expressions)s)"
    arg_joiner = " <-> "
    output_field = BigIntegerField()


class LetterQuerySet(EntryQuerySet):
    def standing(self, day: dt.date, published=True):
        """Keep the letters on record on a day, and add where each stands as of that day."""
        # By what was added: a condition on the interval itself would join it a second time.
        return self.with_standing(day, published).filter(state__isnull=False)

    def with_standing(self, day: dt.date, published=True):
        """Add where each letter stands as of a day; nothing, where it isn't on record then.

        Adds ``state``, ``effective_deadline``, ``days_late``, ``exposure``, ``due_soon``,
        ``response`` (OnRecord), ``first_complete_response`` (a date), ``extension_count`` and
        ``enforcement`` (the kind of the newest step). They follow from published entries alone,
        or, with ``published=False``, from all but retracted ones, for staff.
        """
        scope = "published" if published else "entered"
        covers_day = Q(state_intervals__during__contains=day, **{f"state_intervals__{scope}": True})
        return self.annotate(
            interval=FilteredRelation("state_intervals", condition=covers_day)
        ).annotate(
            state=F("interval__state"),
            effective_deadline=F("interval__effective_deadline"),
            days_late=days_late(day, "interval__"),
            exposure=F("interval__exposure"),
            due_soon=due_soon(day, "interval__"),
            response=response("interval__"),
            first_complete_response=F("interval__first_complete_on"),
            extension_count=F("interval__extension_count"),
            enforcement=F("interval__enforcement"),
        )

    def with_overdue_on(self, published=True):
        """Keep the letters that came to be overdue, once for each day on which one did.

        Adds ``overdue_on``, the day after the deadline in force then. A letter that was answered,
        or got a later deadline, afterwards has been overdue all the same.
        """
        scope = "published" if published else "entered"
        was_overdue = Q(**{f"state_intervals__{scope}": True}, state_intervals__state=State.OVERDUE)
        # By what was added, as in standing().
        return self.annotate(
            overdue=FilteredRelation("state_intervals", condition=was_overdue),
            overdue_on=Func("overdue__during", function="lower", output_field=DateField()),
            # A difference, as the database keeps statistics of it: it plans by how rare 1 is.
            days_after_deadline=DaysBetween(F("overdue_on"), F("overdue__effective_deadline")),
        ).filter(days_after_deadline=1)

    def due_from(self, day: dt.date):
        """Keep letters that have their standing and are due on a day or later."""
        first, last = deadline_places(day, dt.date.max)
        # By their place among the deadlines, which the index has: it finds few of very many.
        return self.alias(place=F("interval__deadline_order")).filter(
            effective_deadline__gte=day, place__range=(first, last)
        )

    def by_deadline(self, latest_first=False):
        """Sort letters that have their standing by effective deadline, then by letter.

        Letters without a deadline count as later than all others. A page of public letters in
        one state, or in any, costs the same for every state and day: this is an order in which
        the indexes of StateInterval can be read.
        """
        return self._in_order("deadline_order", from_end=latest_first)

    def newest_first(self):
        """Sort letters that have their standing by their date, then by letter, at the same cost."""
        return self._in_order("newest_order")

    def oldest_first(self):
        """Sort letters in the reverse of the order in which the newest come first."""
        return self._in_order("newest_order", from_end=True)

    def _in_order(self, order, from_end=False):
        end = Cast(Value(LAST if from_end else FIRST), BigIntegerField())
        return self.order_by(Distance(F(f"interval__{order}"), end))

    def state_counts(self, day: dt.date, published=True):
        """Return how many of the letters are in each state as of a day, zero included."""
        counted = (
            self.standing(day, published)
            .order_by()
            .values("interval__state")
            .annotate(letters=Count("pk"))
            .values_list("interval__state", "letters")
        )
        return dict.fromkeys(State, 0) | dict(counted)
