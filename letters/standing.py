"""Where jurisdictions and rounds stand as of a day: what their letters add up to."""

from collections import defaultdict

from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    Func,
    IntegerField,
    JSONField,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from jurisdictions.models import AmountBasis, Award
from letters.models import JurisdictionInterval, Letter
from letters.models.state_tallies import Subject
from letters.state_tallies import of_day, tallies
from letters.states import State, StateField

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


class IsListed(Func):
    """Whether a value is one of a list in a cell."""

    template = "%(expressions)s, '; '))"
    arg_joiner = " = ANY (string_to_array("
    output_field = BooleanField()


class Item(Func):
    """The item of an object under a key, as text."""

    template = "(%(expressions)s)"
    arg_joiner = " ->> "
    output_field = CharField()


def with_standing(jurisdictions, day, published=True, among=None):
    """Add what a jurisdiction's letters add up to as of a day.

    Adds ``letter_count``, ``pressing_state`` (the state that asks most for attention, None without
    letters), ``next_deadline`` (the earliest by which an answer is still due) and ``exposure`` (of
    any of its letters, joined by "; "). ``states``, those of its letters, likewise joined, can be
    asked for. They follow from published entries alone, or with ``published=False`` from all, for
    staff. ``among`` says that the jurisdictions are few: it is those that they are among.
    """
    kept = JurisdictionInterval.objects.filter(during__contains=day)
    kept = kept.filter(published=True) if published else kept.filter(entered=True)
    if among is not None:
        # By the condition of the index, which is made for few jurisdictions.
        kept = kept.filter(jurisdiction__in=among.order_by().values("pk"), letter_count__gt=0)
    states = Coalesce(of_jurisdiction(kept, "states"), Value(""))
    return jurisdictions.alias(states=states).annotate(
        letter_count=Coalesce(Cast(of_jurisdiction(kept, "letter_count"), IntegerField()), 0),
        # What asks most for attention stands first.
        pressing_state=Func(
            states, Value("; "), Value(1), function="split_part", output_field=StateField()
        ),
        next_deadline=Cast(of_jurisdiction(kept, "next_deadline"), DateField()),
        exposure=Coalesce(of_jurisdiction(kept, "exposure"), Value("")),
    )


def of_jurisdiction(kept, column):
    """Return the expression for a column, as text, of what is kept of a jurisdiction for a day.

    All that is kept for the day is made one object, by jurisdiction: a list may ask for all. A join
    would leave it to the planner in which order to look, and what it thinks cheap for few costs
    seconds for thousands.
    """
    by_jurisdiction = Func(
        "jurisdiction", column, function="jsonb_object_agg", output_field=JSONField()
    )
    whole = Subquery(kept.annotate(whole=by_jurisdiction).values("whole"))
    return Item(whole, Cast("pk", CharField()))


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


def letters_of(subject, day):
    """Return the expression of how many public letters a row, such as a round, has as of a day.

    All sums are added up once, whichever rows are asked for.
    """
    added = f"SELECT value, sum(letters) AS letters FROM ({of_day(subject, day)}) sums GROUP BY 1"
    by_value = Func(
        template=f"(SELECT jsonb_object_agg(value, letters) FROM ({added}) added)",
        output_field=JSONField(),
    )
    return Coalesce(Cast(Item(by_value, Cast("pk", CharField())), IntegerField()), 0)


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
