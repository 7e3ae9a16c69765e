"""Corrections at the desk: a list to read, by how each was signed."""

import pghistory
import pytest

from casefile import review
from casefile.corrections import Correction
from jurisdictions.models import Policy
from tests.desk import page
from tests.factories import LetterFactory, PolicyFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(group="Editors"))
    return client


def change(record, **values):
    with pghistory.context(reason="A typing error"):
        type(record).objects.filter(pk=record.pk).update(**values)


def listed(client, **query):
    """Return the records of the corrections on the list, by their names."""
    corrections = client.get(page(Correction, "changelist"), query).context["cl"].result_list
    return {str(correction.entry) for correction in corrections}


def test_corrections_are_listed_by_how_they_were_signed(desk):
    rae = UserFactory(group="Reviewers")
    plans = {name: PolicyFactory(title=name) for name in ("waits", "confirmed", "immaterial")}
    for plan in plans.values():
        change(plan, summary="New")
    review.confirm(plans["confirmed"], rae)
    review.mark_immaterial(plans["immaterial"], rae)

    assert listed(desk) == {"waits", "confirmed", "immaterial"}
    assert listed(desk, signed="waiting") == {"waits"}
    assert listed(desk, signed="confirmed") == {"confirmed"}
    assert listed(desk, signed="immaterial") == {"immaterial"}


def test_correction_is_read_and_never_written(desk):
    policy = PolicyFactory(title="Plan")
    change(policy, title="City of Refuge")
    correction = Correction.objects.get()
    address = page(Correction, "change", correction.pk)

    shown = desk.get(address).content.decode()

    assert "<del>Plan</del> became <ins>City of Refuge</ins>." in shown
    assert page(Policy, "change", policy.pk) in shown
    assert desk.post(address, {"reason": "Forged"}).status_code == 403
    assert desk.get(page(Correction, "add")).status_code == 403
    assert desk.post(page(Correction, "delete", correction.pk)).status_code == 403


def test_list_costs_the_same_however_long(desk, django_assert_max_num_queries):
    def correct():
        change(PolicyFactory(), summary="New")
        change(LetterFactory(), addressee="New")

    correct()
    desk.get(page(Correction, "changelist"))
    with django_assert_max_num_queries(20) as first:
        desk.get(page(Correction, "changelist"))
    correct()
    correct()

    with django_assert_max_num_queries(20) as second:
        desk.get(page(Correction, "changelist"))

    assert len(first) == len(second)
