"""The kit of the admin, shown on policies, awards and letters."""

import pghistory
import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from casefile.admin.citations import citable_fields
from casefile.admin.reasons import ASK_REASON
from casefile.corrections import Correction
from casefile.entries import Status
from casefile.models import Citation, Source
from jurisdictions.models import Award, Jurisdiction, Policy
from letters.models import Letter, Official
from letters.record import CITED
from tests.desk import errors, form_data, messages, page, post
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CitationFactory,
    DemandItemFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    PolicyFactory,
    ProductionFactory,
    ResponseFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CITATION = "casefile-citation-entry_type-entry_id-0"


@pytest.fixture
def editor(client):
    user = UserFactory(username="erin", group="Editors")
    client.force_login(user)
    return user


@pytest.fixture
def reviewer(client):
    user = UserFactory(username="rae", group="Reviewers")
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = UserFactory(username="ada", group="Administrators")
    client.force_login(user)
    return user


# Review: buttons and actions


def steps(response):
    return [step.name for step in response.context["review_steps"]]


def test_form_offers_the_steps_that_the_user_may_take(client, editor):
    offered = {
        status: steps(client.get(page(Policy, "change", PolicyFactory(status=status).pk)))
        for status in Status
    }

    assert offered == {
        Status.DRAFT: ["submit"],
        Status.IN_REVIEW: ["send_back"],
        Status.PUBLISHED: [],
        Status.RETRACTED: [],
    }
    assert steps(client.get(page(Policy, "add"))) == ["submit"]


def test_reviewer_is_offered_publication_and_retraction(client, reviewer):
    offered = {
        status: steps(client.get(page(Policy, "change", PolicyFactory(status=status).pk)))
        for status in (Status.IN_REVIEW, Status.PUBLISHED)
    }

    assert offered == {
        Status.IN_REVIEW: ["send_back", "publish"],
        Status.PUBLISHED: ["retract"],
    }


def test_button_saves_the_form_and_takes_the_step(client, editor):
    policy = PolicyFactory(status=Status.DRAFT)
    address = page(Policy, "change", policy.pk)

    response = post(client, address, title="City of Refuge", _submit="on")

    policy.refresh_from_db()
    assert (policy.title, policy.status, policy.submitted_by) == (
        "City of Refuge",
        Status.IN_REVIEW,
        editor,
    )
    assert response.url == address
    assert messages(client.get(address)) == ["Submitted: City of Refuge."]


def test_step_that_fails_leaves_what_was_typed_saved_and_says_why(client, administrator):
    policy = PolicyFactory(title="Plan", status=Status.IN_REVIEW, submitted_by=administrator)
    address = page(Policy, "change", policy.pk)

    post(client, address, summary="Checked", _publish="on", _seen="on")

    policy.refresh_from_db()
    assert (policy.summary, policy.status) == ("Checked", Status.IN_REVIEW)
    assert messages(client.get(address)) == [
        "Who submitted an entry can't publish it: a second person has to."
    ]


def test_editor_publishes_nothing_by_a_forged_button(client, editor):
    policy = PolicyFactory(title="Plan", status=Status.IN_REVIEW)
    address = page(Policy, "change", policy.pk)

    post(client, address, _publish="on", status="published")

    policy.refresh_from_db()
    assert policy.status == Status.IN_REVIEW
    assert messages(client.get(address)) == ["erin has no permission to publish policies."]


def act(client, action, entries):
    """Run an action of the list on entries, and return what the list then says."""
    address = page(Policy, "changelist")
    data = {"action": action, "_selected_action": [entry.pk for entry in entries]}
    return messages(client.post(address, data, follow=True))


def test_list_action_takes_the_step_for_those_that_it_can_be_taken_for(client, reviewer):
    ready = PolicyFactory.create_batch(2, status=Status.IN_REVIEW, cited__pin="page 1")
    draft = PolicyFactory(title="Draft plan", status=Status.DRAFT, cited__pin="page 1")
    uncited = PolicyFactory(title="Bare plan", status=Status.IN_REVIEW, cited=False)

    said = act(client, "publish", [*ready, draft, uncited])

    assert sorted(said) == [
        "2 policies published.",
        "Bare plan can't be published yet: it needs a citation that supports it.",
        "Draft plan is draft; only what is in review can become published.",
    ]
    assert Policy.objects.filter(published_by=reviewer).count() == 2


def test_list_action_names_the_first_errors_and_counts_the_others(client, reviewer):
    drafts = PolicyFactory.create_batch(12, status=Status.DRAFT, cited__pin="page 1")

    said = act(client, "publish", drafts)

    assert len(said) == 11
    assert said[-1] == "And 2 more."


def test_list_action_shows_what_there_is_to_doubt_before_it_publishes(client, reviewer):
    ready = PolicyFactory(status=Status.IN_REVIEW, cited__pin="page 1")
    doubtful = PolicyFactory(title="Doubtful plan", status=Status.IN_REVIEW)
    address = page(Policy, "changelist")
    data = {"action": "publish", "_selected_action": [ready.pk, doubtful.pk]}

    shown = client.post(address, data)
    before = Policy.objects.published().count()
    said = messages(client.post(address, data | {"_seen": "on"}, follow=True))

    html = shown.content.decode()
    assert "Doubtful plan" in html
    assert f"The citation of {doubtful.citations.get().source} has no pin." in html
    assert ready.title not in html
    assert before == 0
    assert said == ["2 policies published."]


def test_reviewer_ticks_on_the_page_what_there_is_to_doubt(client, reviewer):
    policy = PolicyFactory(title="Plan", status=Status.IN_REVIEW)
    address = page(Policy, "change", policy.pk)

    shown = client.get(address)
    post(client, address, _publish="on")
    [said] = messages(client.get(address))
    post(client, address, _publish="on", _seen="on")

    policy.refresh_from_db()
    assert 'type="checkbox" name="_seen"' in shown.content.decode()
    assert said.startswith("Plan has to be looked at first")
    assert policy.is_published


def test_list_of_what_is_missing_is_shown_from_the_first_page_on(client, editor):
    jurisdiction = JurisdictionFactory()
    shown = client.get(page(Policy, "add"))

    typed = {"jurisdiction": jurisdiction.pk, "title": "Plan", "kind": "ordinance"}
    post(client, page(Policy, "add"), **typed, date="1989-10-24")

    assert "It needs a citation that supports it." in shown.content.decode()
    said = messages(client.get(page(Policy, "changelist")))
    assert "Before the publication of Plan: It needs a citation that supports it." in said


@pytest.mark.parametrize("action", ["publish", "retract"])
def test_editor_is_not_offered_what_publishes(client, editor, action):
    policy = PolicyFactory(status=Status.IN_REVIEW)

    listed = client.get(page(Policy, "changelist"))
    act(client, action, [policy])

    policy.refresh_from_db()
    assert f'value="{action}"' not in listed.content.decode()
    assert policy.status == Status.IN_REVIEW


def test_list_deletes_drafts_alone(client, editor):
    drafts = PolicyFactory.create_batch(2, status=Status.DRAFT, cited=False)
    published = PolicyFactory()

    said = act(client, "delete_selected", [*drafts, published])
    assert said == [
        "Only drafts are deleted. Send back what is in review; retract what is published."
    ]
    assert Policy.objects.count() == 3

    client.post(
        page(Policy, "changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [draft.pk for draft in drafts],
            "post": "yes",
        },
    )
    assert list(Policy.objects.all()) == [published]


# Changes to what readers have seen


def test_change_of_a_published_entry_asks_why_and_saves_nothing_before(client, reviewer):
    policy = PolicyFactory(title="Plan")
    address = page(Policy, "change", policy.pk)

    refused = post(client, address, title="City of Refuge")
    saved = post(client, address, title="City of Refuge", reason="A typing error")

    [correction] = Correction.objects.of(policy)
    assert errors(refused) == [ASK_REASON]
    assert saved.status_code == 302
    assert (correction.changed_by, correction.reason) == (reviewer, "A typing error")
    assert correction.changes == {"title": ["Plan", "City of Refuge"]}


def test_drafts_are_changed_without_a_reason(client, editor):
    policy = PolicyFactory(status=Status.DRAFT)

    answer = client.get(page(Policy, "change", policy.pk))

    assert "reason" not in answer.context["adminform"].form.fields
    assert post(client, page(Policy, "change", policy.pk), title="New").status_code == 302


@pytest.mark.parametrize("row", [f"{CITATION}-pin", "responses-0-summary"])
def test_change_of_a_published_row_asks_why(client, reviewer, row):
    letter = LetterFactory()
    ResponseFactory(letter=letter)
    address = page(Letter, "change", letter.pk)

    refused = post(client, address, **{row: "page 2"})

    assert ASK_REASON in errors(refused)
    assert not Correction.objects.exists()
    assert post(client, address, reason="Found it", **{row: "page 2"}).status_code == 302
    assert Correction.objects.get().reason == "Found it"


def test_citation_changed_alone_asks_why(client, reviewer):
    citation = PolicyFactory().citations.get()
    address = page(Citation, "change", citation.pk)

    assert errors(post(client, address, pin="page 2")) == [ASK_REASON]
    assert post(client, address, pin="page 2", reason="Found it").status_code == 302


def test_second_reviewer_is_offered_what_waits(client, reviewer):
    policy = PolicyFactory(title="Plan")
    address = page(Policy, "change", policy.pk)
    post(client, address, title="City of Refuge", reason="A typing error")
    own = steps(client.get(address))
    client.force_login(UserFactory(username="sam", group="Reviewers"))

    shown = client.get(address)
    post(client, address, _confirm="on")

    assert own == ["retract"]
    assert steps(shown) == ["confirm", "immaterial", "retract"]
    assert "A typing error" in shown.content.decode()
    assert Correction.objects.get().confirmed_by.username == "sam"
    assert steps(client.get(address)) == ["retract"]


def test_retraction_asks_why(client, reviewer):
    policy = PolicyFactory(title="Plan")
    address = page(Policy, "change", policy.pk)

    post(client, address, _retract="on")
    said = messages(client.get(address))
    post(client, address, _retract="on", reason="The wrong city")

    policy.refresh_from_db()
    assert said == ["Plan is retracted only with a reason: readers are told it."]
    assert policy.status == Status.RETRACTED
    assert Correction.objects.get(is_retraction=True).reason == "The wrong city"


def test_remark_of_the_reviewer_stands_on_the_draft(client, reviewer):
    policy = PolicyFactory(status=Status.IN_REVIEW)
    address = page(Policy, "change", policy.pk)

    post(client, address, _send_back="on", reason="Which page?")

    assert "Which page?" in client.get(address).content.decode()


def test_what_is_missing_is_a_list(client, editor):
    policy = PolicyFactory(status=Status.DRAFT, cited=False)

    shown = client.get(page(Policy, "change", policy.pk))

    assert shown.context["missing"] == ["a citation that supports it"]
    assert "It needs a citation that supports it." in shown.content.decode()


# What the database refuses


def test_rule_due_at_the_end_of_the_transaction_is_an_error_of_the_form(client, reviewer):
    policy = PolicyFactory(key="plan", summary="As it was")
    address = page(Policy, "change", policy.pk)

    typed = {"summary": "As typed", "reason": "It was wrong", f"{CITATION}-DELETE": "on"}
    response = post(client, address, **typed)

    assert errors(response) == ["plan can't be published without a citation that supports it."]
    assert response.context["adminform"].form["summary"].value() == "As typed"
    assert messages(response) == []
    policy.refresh_from_db()
    assert (policy.summary, policy.citations.count()) == ("As it was", 1)
    assert not LogEntry.objects.exists()


def test_trigger_is_an_error_of_the_form(client, editor):
    parent = JurisdictionFactory(name="Cook County", kind="county", state="IL")
    address = page(Jurisdiction, "add")

    response = post(
        client,
        address,
        name="Milwaukee",
        slug="milwaukee-wi",
        kind="city",
        state="WI",
        parent=parent.pk,
    )

    [error] = errors(response)
    assert error.startswith("Cook County can't be the parent of Milwaukee: a parent must be")
    assert response.context["adminform"].form["name"].value() == "Milwaukee"
    assert not Jurisdiction.objects.filter(name="Milwaukee").exists()


def test_refusal_of_an_inline_row_keeps_all_rows_as_typed(client, editor):
    policy = PolicyFactory(status=Status.DRAFT)
    source = policy.citations.get().source
    address = page(Policy, "change", policy.pk)

    response = post(
        client,
        address,
        **{
            "casefile-citation-entry_type-entry_id-TOTAL_FORMS": "2",
            "casefile-citation-entry_type-entry_id-1-source": source.pk,
            "casefile-citation-entry_type-entry_id-1-stance": "supports",
            "casefile-citation-entry_type-entry_id-1-passage": "As typed",
        },
    )

    assert errors(response) == ["This entry already cites that source with the same field and pin."]
    assert "As typed" in response.content.decode()
    assert policy.citations.count() == 1


def test_check_constraint_is_an_error_of_the_form(client, editor):
    address = page(Letter, "change", LetterFactory(status=Status.DRAFT).pk)

    response = post(client, address, deadline="2017-12-31")

    assert "Deadline can't be before date." in errors(response)


def test_refused_upload_shows_the_form_again(client, editor):
    SourceFactory(key="taken")
    address = page(Source, "add")
    file = SimpleUploadedFile("letter.txt", b"words")

    response = post(client, address, title="Letter", key="taken", kind="dataset", file=file)

    assert errors(response) == ["Source with this Key already exists."]


def test_deletion_of_the_last_citation_is_refused_in_a_sentence(client, administrator):
    PolicyFactory(key="plan")
    address = page(Citation, "delete", Citation.objects.get().pk)

    response = client.post(address, {"post": "yes"}, follow=True)

    assert messages(response) == ["plan can't be published without a citation that supports it."]
    assert Citation.objects.exists()


def test_deletion_of_citations_from_the_list_is_refused_in_a_sentence(client, administrator):
    PolicyFactory(key="plan")
    data = {
        "action": "delete_selected",
        "_selected_action": [Citation.objects.get().pk],
        "post": "yes",
    }

    response = client.post(page(Citation, "changelist"), data, follow=True)

    assert messages(response) == ["plan can't be published without a citation that supports it."]
    assert Citation.objects.exists()


# Forms


def test_key_left_empty_is_made(client, editor):
    jurisdiction = JurisdictionFactory(slug="oakland-ca")

    post(
        client,
        page(Policy, "add"),
        jurisdiction=jurisdiction.pk,
        title="City of Refuge",
        kind="ordinance",
        date="1989-10-24",
    )

    assert Policy.objects.get().key == "oakland-ca-city-of-refuge"


def test_key_is_fixed_once_published(client, reviewer):
    fields = {
        status: "key"
        in client.get(page(Policy, "change", PolicyFactory(status=status).pk))
        .context["adminform"]
        .form.fields
        for status in Status
    }

    assert fields == {
        Status.DRAFT: True,
        Status.IN_REVIEW: True,
        Status.PUBLISHED: False,
        Status.RETRACTED: False,
    }


def test_rows_of_published_entries_keep_their_key_and_stay(client, administrator):
    letter = LetterFactory(status=Status.DRAFT)
    response = ResponseFactory(letter=letter, key="answer")
    address = page(Letter, "change", letter.pk)

    post(
        client,
        address,
        **{
            "responses-0-key": "other",
            "responses-0-DELETE": "on",
            "responses-0-summary": "Corrected",
        },
    )

    response.refresh_from_db()
    assert (response.key, response.summary) == ("answer", "Corrected")


def test_aliases_are_typed_one_to_a_line_or_with_semicolons(client, editor):
    jurisdiction = JurisdictionFactory(aliases=["Windy City"])
    address = page(Jurisdiction, "change", jurisdiction.pk)

    assert form_data(client.get(address))["aliases"] == "Windy City"
    post(client, address, aliases="City of Chicago\r\n Windy City ; Chi-Town;\r\n\r\n")

    jurisdiction.refresh_from_db()
    assert jurisdiction.aliases == ["City of Chicago", "Windy City", "Chi-Town"]


def test_citation_is_about_a_field_of_its_entry():
    assert citable_fields(Award) == [
        ("", "the whole entry"),
        ("jurisdiction", "jurisdiction"),
        ("program", "program"),
        ("fiscal_year", "fiscal year"),
        ("amount", "amount"),
        ("amount_basis", "amount basis"),
        ("award_number", "award number"),
        ("note", "note"),
    ]


@pytest.mark.parametrize("table", CITED, ids=lambda table: table.name)
def test_citation_is_about_a_column_of_the_bundle(table):
    choices = {name for name, _ in citable_fields(table.model)}

    assert choices - {""} <= set(table.by_name)


def test_citation_about_another_field_is_refused(client, editor):
    policy = PolicyFactory(status=Status.DRAFT)

    response = post(
        client, page(Policy, "change", policy.pk), **{f"{CITATION}-field": "fiscal_year"}
    )

    [error] = errors(response)
    assert "fiscal_year is not one of the available choices" in error


def test_citation_keeps_a_field_that_only_a_bundle_knows(client, editor):
    policy = PolicyFactory(status=Status.DRAFT, cited__field="formerly")

    post(client, page(Policy, "change", policy.pk), **{f"{CITATION}-pin": "page 2"})

    assert list(policy.citations.values_list("field", "pin")) == [("formerly", "page 2")]


def test_citation_may_be_changed_alone(client, editor):
    citation = CitationFactory(entry=AwardFactory(cited=False))

    typed = {"field": "amount", "pin": "table 1", "reason": "The table says it"}

    post(client, page(Citation, "change", citation.pk), **typed)

    citation.refresh_from_db()
    assert (citation.field, citation.pin) == ("amount", "table 1")


def seen_records():
    """Return records without review that readers see, and what may be changed of each."""
    answer = ResponseFactory()
    statement = StatementFactory()
    return {
        "award": (AwardFactory(), "note"),
        "jurisdiction": (answer.letter.jurisdiction, "note"),
        "round": (answer.letter.round, "summary"),
        "official": (statement.speaker, "note"),
        "source": (statement.citations.get().source, "note"),
        "production": (ProductionFactory(response=answer), "note"),
        "demand item": (DemandItemFactory(round=answer.letter.round), "text"),
    }


def test_change_of_what_readers_see_asks_why_whatever_it_is(client, administrator):
    for name, (record, field) in seen_records().items():
        Correction.objects.all().delete()
        address = page(type(record), "change", record.pk)

        refused = post(client, address, **{field: "New"})
        told = Correction.objects.count()
        saved = post(client, address, **{field: "New", "reason": "Found it"})

        assert (name, errors(refused), told) == (name, [ASK_REASON], 0)
        assert (name, saved.status_code) == (name, 302)
        assert Correction.objects.get().reason == "Found it"


def test_change_of_a_part_on_the_page_of_its_record_asks_why(client, administrator):
    answer = ResponseFactory()
    item = DemandItemFactory(round=answer.letter.round)
    produced = ProductionFactory(response=answer, item=item, extent="partial")
    award = AwardFactory()
    event = AwardEventFactory(award=award)
    Correction.objects.all().delete()

    for record, typed in [
        (answer, {"productions__0__extent": "withheld"}),
        (answer.letter.round, {"demand_items__0__text": "New"}),
        (award, {"casefile-citation-entry_type-entry_id-0-pin": "page 9"}),
        (award, {"events__0__note": "New"}),
    ]:
        address = page(type(record), "change", record.pk)
        assert errors(post(client, address, **typed)) == [ASK_REASON]
        assert post(client, address, reason="Found it", **typed).status_code == 302

    produced.refresh_from_db()
    event.refresh_from_db()
    assert (produced.extent, event.note) == ("withheld", "New")
    assert set(Correction.objects.values_list("reason", flat=True)) == {"Found it"}
    assert Correction.objects.count() == 4


def test_record_that_only_drafts_rest_on_changes_without_a_reason(client, editor):
    jurisdiction = LetterFactory(status=Status.DRAFT).jurisdiction
    address = page(type(jurisdiction), "change", jurisdiction.pk)

    assert post(client, address, note="New").status_code == 302


def test_change_of_a_jurisdiction_is_confirmed_on_its_page(client, reviewer):
    jurisdiction = LetterFactory().jurisdiction
    address = page(type(jurisdiction), "change", jurisdiction.pk)
    with pghistory.context(user=UserFactory(group="Editors").pk, reason="Found it"):
        type(jurisdiction).objects.update(note="New")

    shown = client.get(address)
    post(client, address, _confirm="on")

    assert steps(shown) == ["confirm", "immaterial"]
    assert "<ins>New</ins> was added." in shown.content.decode()
    assert Correction.objects.get().confirmed_by == reviewer
    assert steps(client.get(address)) == []


def test_citations_of_published_entries_are_closed_to_editors(client, editor):
    policy = PolicyFactory()
    citation = policy.citations.get()

    answers = [
        client.post(page(Citation, "change", citation.pk), {"pin": "x"}).status_code,
        client.post(page(Citation, "delete", citation.pk), {"post": "yes"}).status_code,
        client.post(page(Policy, "change", policy.pk), {"title": "x"}).status_code,
    ]

    assert answers == [403, 403, 403]


def test_names_are_found_without_accents_and_by_alias(client, editor):
    JurisdictionFactory(name="Doña Ana County", aliases=["Condado de Doña Ana"])
    JurisdictionFactory(name="Cañon City")

    found = {
        query: [
            place.name
            for place in client.get(page(Jurisdiction, "changelist"), {"q": query})
            .context["cl"]
            .result_list
        ]
        for query in ("dona ana", "canon", "condado")
    }

    assert found == {
        "dona ana": ["Doña Ana County"],
        "canon": ["Cañon City"],
        "condado": ["Doña Ana County"],
    }


def test_related_records_are_searched_for(client, editor):
    place = JurisdictionFactory(name="Doña Ana County")
    JurisdictionFactory()

    response = client.get(
        "/admin/autocomplete/",
        {
            "term": "dona",
            "app_label": "letters",
            "model_name": "letter",
            "field_name": "jurisdiction",
        },
    )

    assert response.json()["results"] == [{"id": str(place.pk), "text": "Doña Ana County"}]


# History


def test_history_shows_who_changed_what(client, editor):
    official = OfficialFactory(name="J. Sessions")
    post(client, page(Official, "change", official.pk), name="Jeff Sessions")

    shown = client.get(page(Official, "history", official.pk)).content.decode()

    assert "erin" in shown
    assert "J. Sessions" in shown
    assert "Jeff Sessions" in shown


def test_history_of_nothing_leads_back(client, editor):
    assert client.get(page(Official, "history", 1)).status_code == 302


def test_history_is_for_those_who_may_see_the_record(client):
    client.force_login(UserFactory())

    assert client.get(page(Official, "history", OfficialFactory().pk)).status_code == 403


# What is no record, and what nobody confirmed


def test_choice_that_can_be_no_record_is_refused_on_the_form(client, administrator):
    for chosen in ("x", "1e9", "2018-02-30", "9" * 5_000, "9" * 30, "-1", "<svg>"):
        refused = post(client, page(Award, "add"), jurisdiction=chosen)

        assert refused.status_code == 200
        assert refused.context["adminform"].form.errors["jurisdiction"]


def test_number_that_is_none_is_refused_on_the_form(client, administrator):
    award = AwardFactory()

    for amount in ("sNaN", "NaN", "-Infinity", "1e999999999"):
        refused = post(client, page(Award, "change", award.pk), amount=amount)
        assert refused.context["adminform"].form.errors["amount"]


def test_deletion_is_confirmed_on_the_page_that_asks(client, administrator):
    record = OfficialFactory()
    here = page(Official, "delete", record.pk)

    asked = client.post(here, {"reason": "Twice"})
    stays = Official.objects.filter(pk=record.pk).exists()
    client.post(here, {"post": "yes"})

    assert (asked.url, stays) == (here, True)
    assert not Official.objects.filter(pk=record.pk).exists()
