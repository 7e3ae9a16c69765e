"""Where a letter can stand, and what follows from that for one day.

Which state a letter is in is decided in one place, ``letters/sql/state_rule.sql``. Here are the
names, and the arithmetic on one of its rows (a ``StateInterval``) and a day.
"""

import datetime as dt

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

SOON = dt.timedelta(days=7)


class State(models.TextChoices):
    """Where a letter stands on a day, in the order of the rule: the first that fits counts."""

    WITHDRAWN = "withdrawn", _("Withdrawn")
    CLEARED = "cleared", _("Cleared or closed by DOJ")
    ANSWERED = "answered", _("Complete response on record")
    ANSWERED_LATE = "answered_late", _("Complete response after the deadline")
    ON_HOLD = "on_hold", _("On hold")
    REFUSED = "refused", _("Refusal on record")
    RESPONDED = "responded", _("Response on record")
    PARTLY_ANSWERED = "partly_answered", _("Partial response on record")
    INCOMPLETE = "incomplete", _("Partial response on record, deadline passed")
    AWAITING = "awaiting", _("Awaiting response")
    OVERDUE = "overdue", _("Deadline passed, no response on record")
    OPEN = "open", _("No deadline, no response on record")


# Where an answer came, and where more of one is still due.
CAME = [State.ANSWERED_LATE, State.RESPONDED]
LATER_EACH_DAY = [State.OVERDUE, State.INCOMPLETE, State.REFUSED]


class Exposure(models.TextChoices):
    """The three failures of which DOJ's release of 24 January 2018 warned.

    A letter may carry two of them, joined by "; ".
    """

    NO_RESPONSE = "no response", _("No response on record by the deadline")
    INCOMPLETE = "incomplete", _("No complete response on record")
    UNTIMELY = "untimely", _("Response dated after the deadline")


def exposures_with(failure):
    """Return all that a letter with a failure can have as its exposure.

    The database knows how rare a value is, and not how rare a part of one.
    """
    both = f"{Exposure.INCOMPLETE}; {Exposure.UNTIMELY}"
    return [exposure for exposure in (*Exposure.values, both) if failure in exposure]


class OnRecord(models.TextChoices):
    """Whether the record has something. That it has none says that none was found, and no more."""

    ON_RECORD = "on_record", _("On record")
    NONE = "none", _("None on record")


class StateField(models.CharField):
    """Read database values as State, so that a page can say ``letter.state.label``."""

    def from_db_value(self, value, expression, connection):
        return State(value) if value else None


class DaysBetween(Func):
    """The whole days from the second date to the first."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = models.IntegerField()


def days_late(day, interval=""):
    """Return the expression for how many days late a letter is on a day, NULL if it isn't.

    ``interval`` is the lookup that leads to the letter's StateInterval, such as ``standing__``.
    """
    state, deadline = f"{interval}state", f"{interval}effective_deadline"
    first = f"{interval}first_substantive_on"
    return Case(
        When(
            Q(**{state: State.ANSWERED_LATE})
            | Q(**{state: State.RESPONDED, f"{first}__gt": F(deadline)}),
            then=came_late_by(interval),
        ),
        When(
            Q(**{f"{state}__in": LATER_EACH_DAY, f"{deadline}__lt": day}),
            then=DaysBetween(Value(day), F(deadline)),
        ),
    )


def came_late_by(interval=""):
    """Return the expression for how many days after the deadline the answer is dated.

    Of a letter in one of the states CAME: its first complete response, else its first substantive
    one.
    """
    first, complete = f"{interval}first_substantive_on", f"{interval}first_complete_on"
    return DaysBetween(Coalesce(F(complete), F(first)), F(f"{interval}effective_deadline"))


def is_due_soon(day, interval=""):
    """Return the condition that an answer is due within a week of a day."""
    return Q(
        **{
            f"{interval}state__in": [State.AWAITING, State.PARTLY_ANSWERED],
            f"{interval}effective_deadline__lte": day + SOON,
        }
    )


def due_soon(day, interval=""):
    """Return the expression for whether an answer is due within a week of a day."""
    return Case(When(is_due_soon(day, interval), then=True), default=False)


def response(interval=""):
    """Return the expression for whether a substantive response is on record, as OnRecord."""
    return Case(
        When(
            Q(**{f"{interval}first_substantive_on__isnull": False}), then=Value(OnRecord.ON_RECORD)
        ),
        default=Value(OnRecord.NONE),
    )
