"""Database constraints that several models share. Each reads as a sentence when it is broken."""

import pgtrigger
from django.db.models import CheckConstraint, F, Func, Q, TextField, Value
from django.db.models.lookups import Regex

from casefile.turning import TURNING


def one_of(field, choices, or_empty=False):
    """Return a constraint: a choice field holds one of its choices, or is empty where it may."""
    values = [*choices.values, ""] if or_empty else choices.values
    return CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_known",
        condition=Q(**{f"{field}__in": values}),
        violation_error_message=f"{_name(field)} must be one of {', '.join(choices.values)}.",
    )


def not_before(field, other):
    """Return a constraint: a date is empty or not before another date of the same row."""
    return CheckConstraint(
        name=f"%(app_label)s_%(class)s_{field}_not_before_{other}",
        condition=Q(**{f"{field}__isnull": True})
        | Q(**{f"{other}__isnull": True})
        | Q(**{f"{field}__gte": F(other)}),
        violation_error_message=f"{_name(field)} can't be before {_name(other).lower()}.",
    )


def keeps_direction(*lines, lists=()):
    """Return a constraint: no line has a character that turns the direction of what follows.

    With one, a name reads as another than it is, and so does what stands beside it. ``lists`` are
    fields of several lines.
    """
    condition = Q()
    for line in lines:
        condition &= ~Q(**{f"{line}__regex": TURNING})
    for field in lists:
        text = Func(F(field), Value(" "), function="array_to_string", output_field=TextField())
        condition &= ~Q(Regex(text, TURNING))
    names = [_name(field) for field in (*lines, *lists)]
    return CheckConstraint(
        name="%(app_label)s_%(class)s_keeps_direction",
        condition=condition,
        violation_error_message=f"{', '.join(names)}: take out the character that turns the"
        " direction of writing (U+202A to U+202E, or U+2066 to U+2069).",
    )


def merged_keys_stay(field):
    """Return triggers: a merged record's key stays taken, and what it was merged into stays.

    ``field`` is the key of a kind of record that can be merged, see `casefile.merging`.
    """
    return [
        # After: a row that waited for a merge to end, for the key's index, sees the merge.
        pgtrigger.Trigger(
            name="merged_key_stays_taken",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.UpdateOf(field),
            func=f"PERFORM casefile_require_unmerged(TG_TABLE_NAME, NEW.{field}); RETURN NULL;",
        ),
        pgtrigger.Trigger(
            name="survivor_stays",
            when=pgtrigger.After,
            operation=pgtrigger.Delete,
            func="PERFORM casefile_require_no_survivor(TG_TABLE_NAME, OLD.id); RETURN NULL;",
        ),
    ]


def _name(field):
    return field.replace("_", " ").capitalize()
