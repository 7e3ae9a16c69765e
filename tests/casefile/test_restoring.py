"""A version is restored from the history as a new change, by the same form."""

import pytest

from casefile.admin.reasons import ASK_REASON
from casefile.changes import changes_of
from casefile.corrections import Correction
from casefile.entries import Status
from jurisdictions.models import Policy
from letters.models import Official
from tests.desk import errors, form_data, page
from tests.factories import OfficialFactory, PolicyFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer(client):
    user = UserFactory(username="rae", group="Reviewers")
    client.force_login(user)
    return user


def history(client, record):
    return client.get(page(type(record), "history", record.pk))


def restored(client, record, version):
    return client.get(page(type(record), "change", record.pk), {"restore": version})


def test_history_offers_each_version_but_the_one_that_stands(client, reviewer):
    official = OfficialFactory(name="J. Sessions")
    Official.objects.update(name="Jeff Sessions")
    Official.objects.update(name="Jefferson Sessions")

    shown = history(client, official)

    versions = [change.version for change in shown.context["changes"]]
    assert versions[0] is None
    assert all(f"?restore={version}" in shown.content.decode() for version in versions[1:])


def test_version_is_filled_in_and_saved_as_a_new_change(client, reviewer):
    official = OfficialFactory(name="J. Sessions", note="As it was")
    Official.objects.update(name="Jeff Sessions", note="")
    version = changes_of(official)[-1].version

    opened = restored(client, official, version)
    unsaved = Official.objects.get().name
    client.post(page(Official, "change", official.pk), form_data(opened))

    official.refresh_from_db()
    assert "Nothing is saved yet" in opened.content.decode()
    assert unsaved == "Jeff Sessions"
    assert (official.name, official.note) == ("J. Sessions", "As it was")
    assert changes_of(official)[0].user == reviewer
    assert len(changes_of(official)) == 3


def test_restored_version_of_a_published_entry_needs_a_reason(client, reviewer):
    policy = PolicyFactory(title="Plan")
    Policy.objects.update(title="City of Refuge")
    data = form_data(restored(client, policy, changes_of(policy)[-1].version))
    address = page(Policy, "change", policy.pk)

    refused = client.post(address, data)
    saved = client.post(address, data | {"reason": "The change was wrong"})

    policy.refresh_from_db()
    assert errors(refused) == [ASK_REASON]
    assert (saved.status_code, policy.title) == (302, "Plan")
    assert Correction.objects.first().reason == "The change was wrong"


def test_review_is_not_restored(client, reviewer):
    policy = PolicyFactory(status=Status.IN_REVIEW, title="Plan")
    Policy.objects.update(status=Status.DRAFT, title="City of Refuge")
    data = form_data(restored(client, policy, changes_of(policy)[-1].version))

    client.post(page(Policy, "change", policy.pk), data)

    policy.refresh_from_db()
    assert (policy.title, policy.status) == ("Plan", Status.DRAFT)


@pytest.mark.parametrize("version", ["", "x", "-1", "0", "9" * 30, "٣"])
def test_version_that_is_none_changes_nothing(client, reviewer, version):
    official = OfficialFactory(name="J. Sessions")

    opened = restored(client, official, version)

    assert opened.status_code == 200
    assert form_data(opened)["name"] == "J. Sessions"


def test_version_of_another_record_changes_nothing(client, reviewer):
    official, other = OfficialFactory(name="J. Sessions"), OfficialFactory()
    version = other.history.get().pk

    assert form_data(restored(client, official, version))["name"] == "J. Sessions"


def test_closed_entry_is_not_offered_for_restoring(client):
    client.force_login(UserFactory(group="Editors"))
    policy = PolicyFactory(title="Plan")
    Policy.objects.update(title="City of Refuge")

    assert "?restore=" not in history(client, policy).content.decode()
    opened = restored(client, policy, changes_of(policy)[-1].version)
    assert opened.context["original"].title == "City of Refuge"
