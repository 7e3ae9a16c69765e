"""Refusals: what the database does not accept, as a sentence for the person who tried it."""

import re
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, connection, transaction


class Refusal(Exception):
    """The database refused a change, and kept nothing of it. The message says why."""


@contextmanager
def refusals():
    """Write all or nothing. The rules that wait for the end of a transaction are checked here.

    Raises:
        Refusal: a constraint or trigger said no.
    """
    try:
        with transaction.atomic():
            yield
            connection.check_constraints()
    except IntegrityError as error:
        raise Refusal(sentence(error)) from error


def sentence(error):
    """Return what an IntegrityError means, in words for people."""
    diagnosis = error.__cause__.diag
    if diagnosis.table_name is None:
        # Raised by a trigger of ours, which writes sentences.
        return diagnosis.message_primary
    model = next(
        (model for model in apps.get_models() if model._meta.db_table == diagnosis.table_name), None
    )
    if model is not None:
        for constraint in model._meta.constraints:
            if constraint.name == diagnosis.constraint_name:
                return constraint.violation_error_message
        if doubled := re.match(
            r"Key \((\w+)\)=\(.*\) already exists", diagnosis.message_detail or ""
        ):
            fields = [f.name for f in model._meta.concrete_fields if f.column == doubled[1]]
            return " ".join(model().unique_error_message(model, fields).messages)
    if "foreign key" in diagnosis.message_primary:
        return "Something that this refers to is gone, or something else still refers to this."
    return diagnosis.message_primary
