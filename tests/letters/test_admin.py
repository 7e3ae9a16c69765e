"""The whole desk: the pages of every record, for each group of staff."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factory.django import DjangoModelFactory

from casefile.corrections import Correction
from casefile.entries import Entry, Status
from casefile.merges import Merge
from casefile.models import Citation, Source
from jurisdictions.models import Jurisdiction
from letters.models import Letter, Official, Production, Response, Round
from tests import factories
from tests.desk import form_data, page
from tests.factories import (
    DemandItemFactory,
    EventFactory,
    JurisdictionFactory,
    LetterFactory,
    ResponseFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

FACTORIES = {
    made._meta.model: made
    for made in vars(factories).values()
    if isinstance(made, type) and issubclass(made, DjangoModelFactory) and not made._meta.abstract
}
USER = get_user_model()
RECORDS = [model for model in admin.site._registry if model in FACTORIES and model is not USER]
ENTRIES = [model for model in RECORDS if issubclass(model, Entry)]
# These are made on the page of the entry that they are part of, and corrections by triggers.
PARTS = [Citation, Production, Correction]

every_record = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
every_entry = pytest.mark.parametrize("model", ENTRIES, ids=lambda model: model.__name__)


def make(model, **fields):
    """Return a new record of a kind."""
    if model is Citation:
        fields.setdefault("entry", EventFactory(cited=False, status=Status.DRAFT))
    return FACTORIES[model](**fields)


@pytest.fixture
def sign_in(client):
    """Sign a new member of a group in, and return the client."""

    def sign_in_as(group):
        client.force_login(UserFactory(group=group))
        return client

    return sign_in_as


def test_every_model_has_admin_pages():
    # Corrections are made by triggers, and stand on the pages of their entries; merges are made,
    # and undone, on those of their records.
    assert set(FACTORIES) - {Correction, Merge} <= set(admin.site._registry)


@pytest.mark.django_db
def test_administrator_manages_accounts(sign_in):
    client = sign_in("Administrators")

    answers = [client.get(page(model, "add")).status_code for model in (USER, Group)]

    assert answers == [200, 200]


@every_record
@pytest.mark.django_db
def test_every_page_of_a_record_opens_for_an_administrator(sign_in, model):
    record = make(model)
    client = sign_in("Administrators")

    pages = [page(model, "changelist"), page(model, "changelist") + "?q=springfield"]
    pages += [page(model, name, record.pk) for name in ("change", "history")]
    pages += [] if model in PARTS else [page(model, "add")]

    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(
        pages, 200
    )


@every_record
@pytest.mark.django_db
def test_list_takes_the_same_number_of_queries_for_one_record_and_for_three(sign_in, model):
    client = sign_in("Administrators")

    def queries():
        client.get(page(model, "changelist"))
        with CaptureQueriesContext(connection) as captured:
            client.get(page(model, "changelist"))
        return len(captured)

    make(model)
    one = queries()
    make(model), make(model)

    assert queries() == one


@pytest.mark.parametrize("group", ["Editors", "Reviewers"])
@pytest.mark.parametrize("model", [USER, Group])
@pytest.mark.django_db
def test_accounts_are_for_administrators_alone(sign_in, group, model):
    client = sign_in(group)

    assert client.get(page(model, "changelist")).status_code == 403
    assert client.get(page(model, "add")).status_code == 403


@every_record
@pytest.mark.django_db
def test_reviewer_opens_everything_and_adds_nothing(sign_in, model):
    record = make(model)
    client = sign_in("Reviewers")

    statuses = [
        client.get(page(model, "changelist")).status_code,
        client.get(page(model, "change", record.pk)).status_code,
        client.get(page(model, "add")).status_code,
    ]

    assert statuses == [200, 200, 403]


@every_entry
@pytest.mark.django_db
def test_only_drafts_can_be_deleted_by_editors(sign_in, model):
    client = sign_in("Editors")

    answers = {
        status: client.get(page(model, "delete", make(model, status=status).pk)).status_code
        for status in Status
    }

    assert answers == {
        Status.DRAFT: 200,
        Status.IN_REVIEW: 403,
        Status.PUBLISHED: 403,
        Status.RETRACTED: 403,
    }


@every_entry
@pytest.mark.django_db
def test_no_form_lets_anyone_choose_the_status_or_the_signature(sign_in, model):
    client = sign_in("Administrators")
    record = make(model, status=Status.DRAFT)

    response = client.get(page(model, "change", record.pk))

    fields = set(response.context["adminform"].form.fields)
    assert not fields & {"status", "submitted_by", "submitted_at", "published_by", "published_at"}


@every_entry
@pytest.mark.django_db
def test_published_entry_is_closed_to_editors(sign_in, model):
    client = sign_in("Editors")
    record = make(model)

    response = client.get(page(model, "change", record.pk))

    assert set(response.context["adminform"].form.fields) == set()


@every_record
@pytest.mark.django_db
def test_address_that_fills_in_junk_gives_an_empty_form(sign_in, model):
    client = sign_in("Administrators")
    related = [f.name for f in model._meta.get_fields() if f.concrete and f.is_relation]

    if model not in PARTS:
        for value in ("abc", "9" * 30):
            query = dict.fromkeys(related, value)
            assert client.get(page(model, "add"), query).status_code == 200


@every_record
@pytest.mark.django_db
def test_list_refuses_days_that_are_none(sign_in, model):
    client = sign_in("Administrators")
    hierarchy = admin.site._registry[model].date_hierarchy or "date"

    for value in ("99999", "abc"):
        response = client.get(page(model, "changelist"), {f"{hierarchy}__year": value})
        assert response.status_code in (200, 302)


WITH_PAGES = [model for model in RECORDS if hasattr(model, "get_absolute_url")]


@pytest.mark.parametrize("model", WITH_PAGES, ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_public_page_leads_to_the_desk_the_same_way_for_everyone(client, model):
    record = make(model)
    if model is Round:
        LetterFactory(round=record)
    elif model is Jurisdiction:
        LetterFactory(jurisdiction=record)
    elif model is Official:
        StatementFactory(speaker=record)
    elif model is Source:
        LetterFactory(cited__source=record)

    for_reader = client.get(record.get_absolute_url())
    [found] = re.findall(r'href="(/admin/[^"]+)"', for_reader.content.decode())
    asked = client.get(found)
    client.force_login(UserFactory(group="Editors"))
    for_staff = client.get(record.get_absolute_url())
    edited = client.get(found)

    assert for_reader.content == for_staff.content
    assert "Cookie" not in for_reader.get("Vary", "") + for_staff.get("Vary", "")
    assert asked.url == f"/admin/login/?next={found}"
    assert edited.url == page(model, "change", record.pk)


@pytest.mark.django_db
def test_records_name_the_page_that_shows_them_and_the_desk_finds_them_by_key(sign_in):
    client = sign_in("Editors")
    letter = LetterFactory()

    found = client.get(page(Letter, "find", letter.key))
    shown = client.get(found.url)

    assert found.url == page(Letter, "change", letter.pk)
    assert f'href="{letter.get_absolute_url()}"' in shown.content.decode()


@pytest.mark.django_db
def test_entry_on_a_page_of_another_links_to_its_place_there(sign_in):
    client = sign_in("Editors")
    response = ResponseFactory()

    shown = client.get(page(Response, "change", response.pk))

    assert f'href="{response.letter.get_absolute_url()}#{response.key}"' in shown.content.decode()


@pytest.mark.django_db
def test_draft_has_no_link_to_a_public_page(sign_in):
    client = sign_in("Editors")
    letter = LetterFactory(status=Status.DRAFT)

    shown = client.get(page(Letter, "change", letter.pk))

    assert "View on site" not in shown.content.decode()


@pytest.mark.django_db
def test_response_offers_the_items_of_the_round_that_it_answers(sign_in):
    client = sign_in("Editors")
    response = ResponseFactory(status=Status.DRAFT)
    asked = DemandItemFactory(round=response.letter.round)
    DemandItemFactory()

    shown = client.get(page(Response, "change", response.pk))

    [formset] = [
        inline.formset
        for inline in shown.context["inline_admin_formsets"]
        if inline.opts.model is Production
    ]
    assert list(formset.empty_form.fields["item"].queryset) == [asked]


@pytest.mark.django_db
def test_editor_answers_a_published_letter_without_changing_it(sign_in):
    letter = LetterFactory(note="As published")
    published = ResponseFactory(letter=letter, summary="As published")
    client = sign_in("Editors")
    address = page(Letter, "change", letter.pk)
    data = form_data(client.get(address)) | {
        "note": "Changed",
        "responses-TOTAL_FORMS": "2",
        "responses-0-summary": "Changed",
        "responses-0-DELETE": "on",
        "responses-1-letter": letter.pk,
        "responses-1-date": "2018-02-22",
        "responses-1-date_precision": "day",
        "responses-1-kind": "complete",
    }

    client.post(address, data)

    letter.refresh_from_db()
    published.refresh_from_db()
    added = letter.responses.exclude(pk=published.pk).get()
    assert (letter.note, published.summary) == ("As published", "As published")
    assert (added.kind, added.status) == ("complete", Status.DRAFT)
    assert added.key == f"{letter.key}-response-1"


@pytest.mark.django_db
def test_round_with_letters_and_a_response_is_entered_and_published_in_the_admin(client):
    source = SourceFactory()
    places = [JurisdictionFactory() for _ in range(3)]
    editor, reviewer = UserFactory(group="Editors"), UserFactory(group="Reviewers")
    client.force_login(editor)

    # A round with two demand items.
    data = form_data(client.get(page(Round, "add"))) | {
        "title": "Document demand of January 2018",
        "slug": "2018-01-24",
        "announced_on": "2018-01-24",
        "deadline": "2018-02-23",
        "demand_items-TOTAL_FORMS": "2",
        "demand_items-0-number": "1",
        "demand_items-0-text": "All orders to law enforcement employees",
        "demand_items-1-number": "2",
        "demand_items-1-text": "All guidance to them",
    }
    assert client.post(page(Round, "add"), data).status_code == 302
    demand = Round.objects.get(slug="2018-01-24")

    # Three letters with their source, each submitted for review; one with a response.
    for place in places:
        address = f"{page(Letter, 'add')}?round={demand.pk}"
        data = form_data(client.get(address)) | {
            "jurisdiction": place.pk,
            "date": "2018-01-24",
            "deadline": "2018-02-23",
            "casefile-citation-entry_type-entry_id-0-source": source.pk,
            "casefile-citation-entry_type-entry_id-0-field": "deadline",
            "_submit": "on",
        }
        if place is places[0]:
            data |= {
                "responses-TOTAL_FORMS": "1",
                "responses-0-date": "2018-02-20",
                "responses-0-date_precision": "day",
                "responses-0-kind": "unassessed",
            }
        assert client.post(address, data).status_code == 302
    letters = list(Letter.objects.order_by("pk"))
    answer = Response.objects.get()
    assert [letter.key for letter in letters] == [f"2018-01-24-{place.slug}" for place in places]
    assert [letter.submitted_by for letter in letters] == [editor] * 3
    assert answer.key == f"2018-01-24-{places[0].slug}-response-1"

    # The response's own source and productions, on its own page.
    address = page(Response, "change", answer.pk)
    data = form_data(client.get(address)) | {
        "casefile-citation-entry_type-entry_id-TOTAL_FORMS": "1",
        "casefile-citation-entry_type-entry_id-0-source": source.pk,
        "casefile-citation-entry_type-entry_id-0-stance": "supports",
        "productions-TOTAL_FORMS": "1",
        "productions-0-item": demand.demand_items.first().pk,
        "productions-0-extent": "partial",
        "_submit": "on",
    }
    assert client.post(address, data).status_code == 302

    # Readers see nothing of it yet.
    client.logout()
    assert [client.get(letter.get_absolute_url()).status_code for letter in letters] == [404] * 3
    assert places[0].name not in client.get(reverse("letter_list")).content.decode()

    # A second person publishes two letters from the list, and the response from its page.
    client.force_login(reviewer)
    client.post(
        page(Letter, "changelist"),
        {
            "action": "publish",
            "_selected_action": [letters[0].pk, letters[1].pk],
            "_seen": "on",
        },
    )
    address = page(Response, "change", answer.pk)
    client.post(address, form_data(client.get(address)) | {"_publish": "on", "_seen": "on"})

    client.logout()
    shown = [client.get(letter.get_absolute_url()).status_code for letter in letters]
    assert shown == [200, 200, 404]
    assert places[0].name in client.get(reverse("letter_list")).content.decode()
    answer.refresh_from_db()
    assert (answer.status, answer.published_by) == (Status.PUBLISHED, reviewer)
    assert answer.productions.get().extent == "partial"
