import pytest
from django.db import connection

from casefile.entries import Status
from casefile.models import Citation
from casefile.refusals import Refusal, refusals
from jurisdictions.models import Jurisdiction, Policy
from letters.models import Letter
from tests.factories import (
    CitationFactory,
    JurisdictionFactory,
    LetterFactory,
    PolicyFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def refusal_of(write):
    """Return the sentence with which the database refuses a write."""
    with pytest.raises(Refusal) as raised, refusals():
        write()
    return str(raised.value)


def test_check_constraint_says_its_sentence():
    LetterFactory(deadline=None)

    assert refusal_of(lambda: Letter.objects.update(deadline="2018-01-01")) == (
        "Deadline can't be before date."
    )


def test_unique_constraint_says_its_sentence():
    letter = LetterFactory()

    assert refusal_of(
        lambda: LetterFactory(round=letter.round, jurisdiction=letter.jurisdiction)
    ) == ("This round already has a letter to that jurisdiction.")


def test_unique_field_says_what_is_taken():
    PolicyFactory(key="plan")

    assert refusal_of(lambda: PolicyFactory(key="plan")) == "Policy with this Key already exists."


def test_trigger_says_its_sentence():
    PolicyFactory(key="plan")

    assert refusal_of(Policy.objects.all().delete) == (
        "plan can't be deleted: a published entry is retracted, never deleted."
    )


def test_rule_that_waits_for_the_end_of_the_transaction_is_checked_at_once():
    PolicyFactory(key="plan")

    assert refusal_of(Citation.objects.all().delete) == (
        "plan can't be published without a citation that supports it."
    )
    assert Citation.objects.exists()


def test_reference_to_what_is_gone_says_so():
    place = JurisdictionFactory()
    PolicyFactory(jurisdiction=place)
    in_use = Jurisdiction.objects.filter(pk=place.pk)

    assert refusal_of(lambda: in_use._raw_delete("default")) == (
        "Something that this refers to is gone, or something else still refers to this."
    )


def test_missing_value_is_named():
    def write():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE jurisdictions_jurisdiction SET name = NULL")

    JurisdictionFactory()

    assert "name" in refusal_of(write)


def test_citation_of_nothing_is_refused():
    policy = PolicyFactory(status=Status.DRAFT, cited=False)
    policy.pk += 1

    assert refusal_of(lambda: CitationFactory(entry=policy)) == (
        f"A citation must belong to an entry: there is no jurisdictions_policy {policy.pk}."
    )


def test_same_citation_twice_is_refused():
    source = SourceFactory()
    policy = PolicyFactory(status=Status.DRAFT, cited__source=source)

    assert refusal_of(lambda: CitationFactory(entry=policy, source=source)) == (
        "This entry already cites that source with the same field and pin."
    )


def test_what_was_written_before_a_refusal_is_gone():
    def write():
        JurisdictionFactory(name="First")
        JurisdictionFactory(kind="village")

    refusal_of(write)

    assert not Jurisdiction.objects.exists()


def test_rules_wait_for_the_end_again_afterwards():
    with refusals():
        JurisdictionFactory()

    PolicyFactory()  # is published before it is cited
