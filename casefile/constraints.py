"""Database constraints that several models share. Each reads as a sentence when it is broken."""

from django.db.models import CheckConstraint, F, Q


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


def _name(field):
    return field.replace("_", " ").capitalize()
