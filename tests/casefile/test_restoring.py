"""A version is restored from the history as a new change, by the same form."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from casefile.admin.reasons import ASK_REASON
from casefile.changes import changes_of
from casefile.corrections import Correction
from casefile.entries import Status
from jurisdictions.models import Policy
from letters.models import Official, Production, Response, Statement
from tests.desk import errors, form_data, page
from tests.factories import (
    CitationFactory,
    DemandItemFactory,
    JurisdictionFactory,
    OfficialFactory,
    PolicyFactory,
    ProductionFactory,
    ResponseFactory,
    StatementFactory,
    UserFactory,
)

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


# Links, parts, and what was deleted: each change is a transaction of its own, as at the desk.

committed = pytest.mark.django_db(transaction=True)
CITATION = "casefile-citation-entry_type-entry_id"


def offered(client, record):
    """Return the addresses that a history offers for restoring, newest first."""
    html = history(client, record).content.decode()
    return [unescape(address) for address in re.findall(r'href="([^"]*\?restore=[^"]*)"', html)]


@committed
def test_links_of_a_version_are_restored(client, reviewer):
    here, there = JurisdictionFactory(), JurisdictionFactory()
    statement = StatementFactory(status=Status.DRAFT)
    statement.jurisdictions.set([here])
    statement.jurisdictions.set([there])

    first, *_ = offered(client, statement)
    opened = client.get(first)
    client.post(first, form_data(opened))

    assert list(statement.jurisdictions.all()) == [here]
    assert "Nothing is saved yet" in opened.content.decode()


@committed
def test_citations_of_a_version_are_restored(client, reviewer):
    policy = PolicyFactory(status=Status.DRAFT, cited__pin="page 1", cited__passage="Once.")
    kept = policy.citations.get()
    gone = CitationFactory(entry=policy, pin="page 2", field="title", source__title="The gazette")
    version = policy.history.get().pk
    moment = gone.history.get().pgh_created_at.isoformat()
    gone.delete()
    kept.pin = "page 9"
    kept.save()
    came = CitationFactory(entry=policy, pin="page 3")

    address = f"{page(Policy, 'change', policy.pk)}?{urlencode({'restore': version, 'at': moment})}"
    shown = history(client, policy).content.decode()
    data = form_data(client.get(address))
    client.post(address, data)

    assert set(policy.citations.values_list("pin", "field", "source__title", "passage")) == {
        ("page 1", "", kept.source.title, "Once."),
        ("page 2", "title", "The gazette", ""),
    }
    assert not policy.citations.filter(pk=came.pk).exists()
    assert address in unescape(shown)
    assert "The gazette, title" in shown or "title, The gazette" in shown


@committed
def test_what_a_response_produced_is_restored(client, reviewer):
    answer = ResponseFactory(status=Status.DRAFT, letter__status=Status.DRAFT)
    items = [DemandItemFactory(round=answer.letter.round, number=number) for number in (1, 2, 3)]
    ProductionFactory(response=answer, item=items[0], extent="withheld", note="A log")
    ProductionFactory(response=answer, item=items[1], extent="partial")
    then = offered(client, answer)
    answer.productions.all().delete()

    first = offered(client, answer)[0]
    opened = client.get(first)
    client.post(first, form_data(opened))

    assert len(then) < len(offered(client, answer))
    assert set(answer.productions.values_list("item__number", "extent", "note")) == {
        (1, "withheld", "A log"),
        (2, "partial", ""),
    }


@committed
def test_deleted_draft_is_brought_back_with_its_links_and_citations(client):
    client.force_login(UserFactory(group="Editors"))
    here = JurisdictionFactory()
    statement = StatementFactory(
        key="reply", status=Status.DRAFT, text="In time.", cited__pin="page 1"
    )
    statement.jurisdictions.add(here)
    pk = statement.pk
    statement.delete()

    listed = client.get(page(Statement, "deleted")).content.decode()
    [address] = re.findall(r'href="([^"]*bring_back=\d+)"', listed)
    opened = client.get(address)
    before = Statement.objects.count()
    answer = client.post(address, form_data(opened))

    assert before == 0
    assert answer.status_code == 302
    back = Statement.objects.get()
    assert (back.pk, back.key, back.text, back.status) == (pk, "reply", "In time.", Status.DRAFT)
    assert list(back.jurisdictions.all()) == [here]
    assert back.citations.get().pin == "page 1"
    assert next(c.label for c in changes_of(back) if len(c.fields) > 1) == "Added"
    assert "bring_back=" not in client.get(page(Statement, "deleted")).content.decode()


@committed
def test_deleted_response_is_brought_back_with_its_checklist(client):
    client.force_login(UserFactory(group="Editors"))
    answer = ResponseFactory(status=Status.DRAFT, letter__status=Status.DRAFT)
    for number in (1, 2):
        item = DemandItemFactory(round=answer.letter.round, number=number)
    ProductionFactory(response=answer, item=item, extent="withheld")
    answer.delete()

    listed = client.get(page(Response, "deleted")).content.decode()
    [address] = re.findall(r'href="([^"]*bring_back=\d+)"', listed)
    client.post(address, form_data(client.get(address)))

    assert list(Production.objects.values_list("item__number", "extent")) == [(2, "withheld")]


def test_what_was_deleted_is_brought_back_by_those_who_may_add(client, reviewer):
    assert client.get(page(Policy, "deleted")).status_code == 403


@pytest.mark.parametrize("version", ["", "x", "0", "9" * 30, "٣"])
def test_nothing_is_brought_back_by_a_version_that_is_none(client, version):
    client.force_login(UserFactory(group="Editors"))

    opened = client.get(page(Policy, "add"), {"bring_back": version})

    assert opened.status_code == 200
    assert "Filled in from" not in opened.content.decode()


@pytest.mark.parametrize(
    "at", ["x", "2018-01-24", "2018-13-45T00:00:00+00:00", "\N{ARABIC LETTER BEH}"]
)
def test_moment_that_is_none_is_that_of_the_version(client, reviewer, at):
    policy = PolicyFactory(status=Status.DRAFT, title="Plan")
    Policy.objects.update(title="City of Refuge")
    version = changes_of(policy)[-1].version

    opened = client.get(page(Policy, "change", policy.pk), {"restore": version, "at": at})

    assert form_data(opened)["title"] == "Plan"
