"""Conditions on arrays of ids."""

from django.db.models import BooleanField, Func


class IsAnyOf(Func):
    """Whether a value is one of an array of ids. However many they are, an index finds each."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()
