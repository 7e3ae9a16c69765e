"""Checks that a rule holds in the database, and that people are told in a sentence."""

import pytest
from django.core.exceptions import ValidationError

from casefile.refusals import Refusal, refusals


def assert_refused(record, sentence, **fields):
    """Check that a saved record can't have some values: not by SQL, and not by a form.

    Forms may say it in their own words first: then the sentence is only the database's.
    """
    with pytest.raises(Refusal) as refused, refusals():
        type(record).objects.filter(pk=record.pk).update(**fields)
    assert str(refused.value) == sentence

    for name, value in fields.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as invalid:
        record.full_clean()
    by_field = set(invalid.value.message_dict) & set(fields)
    assert sentence in invalid.value.messages or by_field
