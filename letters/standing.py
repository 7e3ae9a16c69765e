"""Where jurisdictions and rounds stand as of a day: what their letters add up to."""

from collections import defaultdict

from django.db.models import Case, CharField, Count, Func, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull

from jurisdictions.models import AmountBasis, Award
from letters.models import Letter, StateInterval
from letters.models.state_intervals import ends
from letters.models.state_tallies import Subject
from letters.state_tallies import tallies
from letters.states import Exposure, State, StateField, exposures_with

# What asks most for attention comes first. Every state is here: a test says so.
PRESSING = [
    State.OVERDUE,
    State.REFUSED,
    State.INCOMPLETE,
    State.AWAITING,
    State.PARTLY_ANSWERED,
    State.OPEN,
    State.ON_HOLD,
    State.RESPONDED,
    State.ANSWERED_LATE,
    State.ANSWERED,
    State.CLEARED,
    State.WITHDRAWN,
]
STILL_DUE = [State.AWAITING, State.PARTLY_ANSWERED]


class Join(Func):
    """The items of an array, as a list in a cell."""

    template = "array_to_string(%(expressions)s, '; ')"
    output_field = CharField()


def with_standing(jurisdictions, day, published=True):
    """Add what a jurisdiction's letters add up to as of a day.

    Adds ``letter_count``, ``pressing_state`` (the state that asks most for attention, None without
    letters), ``next_deadline`` (the earliest by which an answer is still due) and ``exposure`` (of
    any of its letters, joined by "; "). ``states``, those of its letters, likewise joined, can be
    asked for. They follow from published entries alone, or with ``published=False`` from all, for
    staff.
    """
    letters = Letter.objects.public(day) if published else Letter.objects.entered(day)
    own = letters.filter(jurisdiction=OuterRef("pk")).order_by().values("jurisdiction")
    due = standing_of_jurisdiction(day, published, state__in=STILL_DUE)
    due = due.filter(effective_deadline__isnull=False).order_by("effective_deadline")
    states = joined(one_in_state(state, day, published) for state in State)
    return jurisdictions.alias(states=states).annotate(
        letter_count=Coalesce(Subquery(own.annotate(count=Count("*")).values("count")), Value(0)),
        pressing_state=Coalesce(
            *(one_in_state(state, day, published) for state in PRESSING), output_field=StateField()
        ),
        next_deadline=Subquery(due.values("effective_deadline")[:1]),
        exposure=joined(
            Case(When(IsNull(one_exposed_to(failure, day, published), False), then=Value(failure)))
            for failure in sorted(Exposure)
        ),
    )


def joined(values):
    """Return the expression of those values that aren't NULL, as a list in a cell."""
    return Func(Value("; "), *values, function="CONCAT_WS", output_field=CharField())


def standing_of_jurisdiction(day, published, **lookups):
    """Return where the letters to a jurisdiction, the outer query's row, stand on a day."""
    scope = "published" if published else "entered"
    return (
        StateInterval.objects.alias(ends=ends())
        .filter(jurisdiction=OuterRef("pk"), ends__gt=day, during__contains=day, **{scope: True})
        .filter(**lookups)
        .order_by()
    )


def one_in_state(state, day, published):
    """Return the expression for a state in which a jurisdiction has a letter: itself, or NULL.

    A look-up for each jurisdiction, which the planner can't make a join of: that would read all
    letters in the state.
    """
    return Subquery(standing_of_jurisdiction(day, published, state=state).values("state")[:1])


def one_exposed_to(failure, day, published):
    """Return the expression for the exposure of a jurisdiction's letter with a failure, or NULL."""
    found = standing_of_jurisdiction(day, published, exposure__in=exposures_with(failure))
    return Subquery(found.values("exposure")[:1])


def next_due(day, number):
    """Return the public letters, up to a number, whose answer is due next as of a day."""
    letters = Letter.objects.standing(day).select_related("jurisdiction")
    due = letters.filter(effective_deadline__isnull=False).by_deadline()
    # A part for each state reads the index of that state alone.
    first, *others = (due.filter(state=state)[:number] for state in STILL_DUE)
    found = first.union(*others, all=True)
    return sorted(found, key=lambda letter: (letter.effective_deadline, letter.key))[:number]


def state_counts_by(subject, day, values=None):
    """Return {value: {state: letters}} of public letters, the most pressing state first.

    ``values`` are the ids of rounds, or USPS codes; all, where none are given.
    """
    return {
        value: {state: found[state] for state in PRESSING if state in found}
        for value, found in tallies(subject, day, values).items()
    }


def award_totals(awards, *by):
    """Return the sums of the awards' amounts for each basis, as dicts with ``sum``, ``awards``."""
    return [{**total, "basis": AmountBasis(total["basis"])} for total in awards.totals(*by)]


def attach_award_totals(jurisdictions, day):
    """Set ``award_totals`` on each: the sums of its public awards' amounts for each basis."""
    awards = Award.objects.public(day).filter(jurisdiction__in=jurisdictions)
    totals = defaultdict(list)
    for total in award_totals(awards, "jurisdiction"):
        totals[total["jurisdiction"]].append(total)
    for jurisdiction in jurisdictions:
        jurisdiction.award_totals = totals[jurisdiction.pk]


def attach_state_counts(rounds, day):
    """Set ``letter_count`` and ``state_counts`` on each: its public letters, and by state."""
    counts = state_counts_by(Subject.ROUND, day, [round.pk for round in rounds]) if rounds else {}
    for round in rounds:
        found = counts.get(str(round.pk), {})
        round.state_counts = list(found.items())
        round.letter_count = sum(found.values())
