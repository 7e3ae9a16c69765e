"""Refusals: what the database does not accept, as a sentence for the person who tried it."""

import re
from contextlib import contextmanager

from django.apps import apps
from django.db import IntegrityError, connection, transaction
from psycopg.errors import ForeignKeyViolation, UniqueViolation


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
    """Return what an IntegrityError means, in words for people.

    The server may write its own messages in any language: they are only the last resort.
    """
    cause = error.__cause__
    model = _model_of(cause.diag.table_name)
    if model is None:
        # Raised by a trigger of ours, which writes sentences.
        return cause.diag.message_primary
    for constraint in model._meta.constraints:
        if constraint.name == cause.diag.constraint_name:
            return constraint.violation_error_message
    if isinstance(cause, UniqueViolation):
        columns = re.search(r"\(([^)]+)\)=", cause.diag.message_detail)[1].split(", ")
        fields = [field.name for field in model._meta.concrete_fields if field.column in columns]
        return model().unique_error_message(model, fields).messages[0]
    if isinstance(cause, ForeignKeyViolation):
        return "Something that this refers to is gone, or something else still refers to this."
    return cause.diag.message_primary


def _model_of(table):
    models = (model for model in apps.get_models() if model._meta.db_table == table)
    return next(models, None)
