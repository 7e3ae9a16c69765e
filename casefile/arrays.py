"""Conditions on arrays of ids."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Func


class IsAnyOf(Func):
    """Whether a value is one of an array of ids. However many they are, an index finds each."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


def found_first(rows):
    """Return the ids of rows as an array, which is found before what belongs to them is.

    The planner takes every round for one of the usual size. Where some are a hundred times as large
    as others, it would read all extensions of the record for a round of ten letters.
    """
    return ArraySubquery(rows.order_by().values("pk"))
