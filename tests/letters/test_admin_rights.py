"""Who may write what at the desk, asked by posting: forms that were never shown are posted too."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import RequestFactory

from casefile.corrections import Correction
from casefile.entries import Entry, Status
from casefile.models import Citation
from letters.models import Production
from tests.desk import DeskClient, page, post
from tests.factories import UserFactory
from tests.letters.test_admin import ENTRIES, RECORDS, USER, make

pytestmark = pytest.mark.django_db

PARTS = {Citation, Production}
WRITABLE = {*RECORDS} - {Correction}
# What each group may do, on the pages of its kind of record, with drafts.
RIGHTS = {
    None: {"add": set(), "change": set(), "delete": set()},
    "Editors": {"add": WRITABLE - PARTS, "change": WRITABLE, "delete": {*ENTRIES} | PARTS},
    "Reviewers": {"add": set(), "change": WRITABLE, "delete": PARTS},
}


def draft(model):
    """Return a record that is, or belongs to, a draft, where its kind can be one."""
    if model is Production:
        return make(model, response__status=Status.DRAFT)
    return make(model, status=Status.DRAFT) if issubclass(model, Entry) else make(model)


@pytest.mark.parametrize("group", RIGHTS)
def test_post_is_taken_from_those_who_may_write_alone(group):
    records = {model: draft(model) for model in RECORDS}
    records |= {USER: UserFactory(), Group: Group.objects.first()}
    client = DeskClient()
    client.force_login(UserFactory(group=group))

    def is_taken(name, model):
        keys = [] if name == "add" else [records[model].pk]
        return client.post(page(model, name, *keys)).status_code != 403

    taken = {
        name: sorted(model.__name__ for model in records if is_taken(name, model))
        for name in RIGHTS[group]
    }

    assert taken == {
        name: sorted(model.__name__ for model in models) for name, models in RIGHTS[group].items()
    }
    assert all(model.objects.filter(pk=record.pk).exists() for model, record in records.items())


def test_no_action_of_a_list_publishes_or_retracts_for_an_editor():
    request = RequestFactory().get("/")
    request.user = UserFactory(is_superuser=True)
    steps = (Status.IN_REVIEW, Status.PUBLISHED)
    entries = [make(model, status=status) for model in ENTRIES for status in steps]
    client = DeskClient()
    client.force_login(UserFactory(group="Editors"))

    for entry in entries:
        actions = admin.site._registry[type(entry)].get_actions(request)
        assert "publish" in actions
        for action in actions:
            client.post(
                page(type(entry), "changelist"),
                {"action": action, "_selected_action": entry.pk, "post": "yes", "reason": "x"},
            )

    # An editor may call back what is in review, and delete what is a draft then.
    for entry in entries:
        published = type(entry).objects.filter(pk=entry.pk, status=Status.PUBLISHED)
        assert published.exists() == (entry.status == Status.PUBLISHED)


@pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.__name__)
def test_nothing_that_is_posted_or_asked_for_publishes_for_an_editor(model):
    editor = UserFactory(group="Editors")
    client = DeskClient()
    client.force_login(editor)
    entry = make(model, status=Status.DRAFT)
    change, adding = page(model, "change", entry.pk), page(model, "add")
    publishing = {
        "status": Status.PUBLISHED, "published_by": editor.pk, "published_at_0": "2018-02-01",
        "published_at_1": "12:00", "_publish": "1",
    }  # fmt: skip
    row = {f"form-0-{name}": value for name, value in publishing.items()}
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": entry.pk}

    saved = post(client, change, **publishing)
    post(client, change, key="another", _saveasnew="1", **publishing)
    filled_in = client.get(adding, publishing)
    client.post(f"{adding}?status=published", publishing)
    client.post(page(model, "changelist"), {**rows, **row, "_save": "Save"})

    assert saved.status_code == 302
    assert "status" not in filled_in.context["adminform"].form.fields
    assert set(model.objects.values_list("status", flat=True)) == {Status.DRAFT}
