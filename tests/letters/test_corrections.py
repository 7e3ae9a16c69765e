"""Corrections as readers meet them: on the page of the entry, in the list, in the feed."""

import datetime as dt
from xml.etree import ElementTree

import pghistory
import pytest
from django.urls import reverse
from django.utils import timezone

from casefile import review
from casefile.corrections import Correction
from casefile.entries import Status
from casefile.revision import current_revision
from jurisdictions.models import Award, Policy
from letters.corrections import public_corrections
from letters.models import Production
from tests.factories import (
    AwardFactory,
    CitationFactory,
    DemandItemFactory,
    EventFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    PolicyFactory,
    ProceedingFactory,
    ProductionFactory,
    ResponseFactory,
    RoundFactory,
    RulingFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/corrections/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def rae():
    return UserFactory(username="rae", group="Reviewers")


def change(record, reason="A typing error", user=None, **values):
    with pghistory.context(user=user and user.pk, reason=reason):
        type(record).objects.filter(pk=record.pk).update(**values)


def text(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# What counts


def test_change_of_a_published_entry_is_a_correction_by_whatever_path(rae):
    policy = PolicyFactory(title="Plan")

    change(policy, user=rae, title="City of Refuge")

    [correction] = Correction.objects.all()
    assert correction.entry == policy
    assert correction.changes == {"title": ["Plan", "City of Refuge"]}
    assert (correction.changed_by, correction.reason) == (rae, "A typing error")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_change_before_publication_is_none(status):
    change(PolicyFactory(status=status), title="City of Refuge")

    assert not Correction.objects.exists()


def test_publication_and_its_signature_are_none(rae):
    policy = PolicyFactory(status=Status.DRAFT, cited__pin="page 1")
    review.submit(policy, UserFactory(group="Editors"))

    review.publish(policy, rae)

    assert not Correction.objects.exists()


def test_change_of_what_belongs_to_a_draft_is_none():
    answer = ResponseFactory(letter=LetterFactory(status=Status.DRAFT))

    change(answer, summary="Other")

    assert not Correction.objects.exists()


def test_save_that_changes_nothing_is_none():
    PolicyFactory().save()

    assert not Correction.objects.exists()


def test_new_check_of_a_quotation_is_none():
    statement = StatementFactory(cited__passage="We will.")
    source = statement.citations.get().source
    source.text = "We will."
    source.save()

    assert statement.citations.get().passage_check == "exact"
    assert not Correction.objects.exists()


def test_citation_that_changes_or_goes_is_one():
    letter = LetterFactory(cited__pin="page 1")
    with pghistory.context(reason="Another page"):
        letter.citations.update(pin="page 2")

    [correction] = Correction.objects.all()
    [(before, after)] = correction.changes.values()

    assert correction.entry == letter
    assert (before["pin"], after["pin"]) == ("page 1", "page 2")


def test_two_writes_of_one_change_are_one_correction():
    PolicyFactory(title="Plan", summary="Old")
    with pghistory.context(reason="A typing error"):
        Policy.objects.update(title="Plan B")
        Policy.objects.update(title="Plan C", summary="New")

    [correction] = Correction.objects.all()
    assert correction.changes == {"title": ["Plan", "Plan C"], "summary": ["Old", "New"]}


def test_award_is_corrected_once_it_is_cited():
    cited, uncited = AwardFactory(amount=1), AwardFactory(amount=1, cited=False)

    Award.objects.update(amount=2)

    [correction] = Correction.objects.all()
    assert correction.entry == cited != uncited


def changes():
    """Return what each correction changed, oldest first."""
    return list(Correction.objects.order_by("pk").values_list("changes", flat=True))


def test_link_that_comes_or_goes_is_one_of_its_entry():
    here, there = JurisdictionFactory(), JurisdictionFactory()
    draft = StatementFactory(status=Status.DRAFT)
    statement = StatementFactory()

    for entry in (statement, draft):
        entry.jurisdictions.add(here)
        entry.jurisdictions.set([there])

    [correction] = Correction.objects.all()
    assert correction.entry == statement
    assert correction.changes == {
        f"jurisdictions {here.pk}": [None, None],
        f"jurisdictions {there.pk}": [None, there.pk],
    }


@pytest.mark.parametrize(
    ("factory", "links", "linked"),
    [
        (StatementFactory, "jurisdictions", JurisdictionFactory),
        (ProceedingFactory, "jurisdictions", JurisdictionFactory),
        (EventFactory, "jurisdictions", JurisdictionFactory),
        (EventFactory, "officials", OfficialFactory),
    ],
)
def test_every_link_is_told(client, factory, links, linked):
    entry, other = factory(), linked(name="Springfield")

    with pghistory.context(reason="It was left out"):
        getattr(entry, links).add(other)
    with pghistory.context(reason="It wasn't meant"):
        getattr(entry, links).remove(other)

    shown = text(client, LIST)
    assert f"<dt>{links.capitalize()}</dt> <dd> <ins>Springfield</ins> was added. </dd>" in shown
    assert "<del>Springfield</del> was removed." in shown


def test_what_a_response_produced_is_told(client):
    answer = ResponseFactory()
    item = DemandItemFactory(round=answer.letter.round, number=2, text="All orders")
    LetterFactory(round=answer.letter.round, status=Status.DRAFT)
    Correction.objects.all().delete()

    with pghistory.context(reason="One"):
        produced = ProductionFactory(response=answer, item=item, extent="partial")
    with pghistory.context(reason="Two"):
        Production.objects.update(extent="withheld", note="A privilege log")
    with pghistory.context(reason="Three"):
        produced.delete()

    shown = text(client, answer.letter.get_absolute_url())
    assert "<ins>2. All orders, Produced in part</ins> was added." in shown
    assert (
        "<del>2. All orders, Produced in part</del> became"
        " <ins>2. All orders, Withheld, A privilege log</ins>." in shown
    )
    assert "<del>2. All orders, Withheld, A privilege log</del> was removed." in shown


def test_item_of_a_published_demand_is_told_of_its_round(client):
    letter = LetterFactory()
    with pghistory.context(reason="It was left out"):
        item = DemandItemFactory(round=letter.round, number=1, text="All orders")
    DemandItemFactory()

    [correction] = Correction.objects.all()
    with pghistory.context(reason="A typing error"):
        type(item).objects.filter(pk=item.pk).update(text="All orders, old and new")

    assert correction.entry == letter.round
    for address in (LIST, letter.round.get_absolute_url()):
        shown = text(client, address)
        assert "<ins>1, All orders</ins> was added." in shown
        assert "<del>1, All orders</del> became <ins>1, All orders, old and new</ins>." in shown


def test_first_citations_are_no_correction_and_later_ones_are(client):
    award, policy = AwardFactory(), PolicyFactory()
    assert changes() == []

    with pghistory.context(reason="Another source"):
        for entry in (award, policy):
            CitationFactory(
                entry=entry,
                source__title="The ledger",
                field="note",
                stance="contradicts",
                pin="page 2",
            )
    with pghistory.context(reason="Not the ledger"):
        policy.citations.get(pin="page 2").delete()

    shown = text(client, LIST)
    said = "The ledger, about the note, which contradicts it, page 2"
    assert shown.count(f"<ins>{said}</ins> was added.") == 2
    assert shown.count(f"<del>{said}</del> was removed.") == 1


WITHOUT_REVIEW = {
    "jurisdiction": (lambda: LetterFactory().jurisdiction, "name"),
    "round": (lambda: LetterFactory().round, "title"),
    "official": (lambda: StatementFactory().speaker, "name"),
    "source": (lambda: PolicyFactory().citations.get().source, "title"),
}


@pytest.mark.parametrize("name", WITHOUT_REVIEW)
def test_change_of_what_published_entries_rest_on_is_told(client, name):
    make, field = WITHOUT_REVIEW[name]
    record = make()
    change(record, "It was spelt wrong", **{field: "New words"})

    for address in (record.get_absolute_url(), LIST):
        shown = text(client, address)
        assert "became <ins>New words</ins>." in shown
        assert "It was spelt wrong" in shown
    assert f"Corrected: {name} " in text(client, reverse("correction_feed"))


def test_change_of_what_only_drafts_rest_on_is_none():
    records = [
        (LetterFactory(status=Status.DRAFT).jurisdiction, "name"),
        (StatementFactory(status=Status.DRAFT).speaker, "name"),
        (PolicyFactory(status=Status.DRAFT).citations.get().source, "title"),
        (RoundFactory(), "title"),
    ]

    for record, field in records:
        change(record, **{field: "Canary"})

    assert changes() == []


def test_private_text_of_a_source_is_no_correction():
    source = PolicyFactory().citations.get().source
    source.text = "Canary"
    source.save()

    assert changes() == []


def test_correction_of_a_source_is_gone_with_the_last_that_rested_on_it(client, rae):
    policy = PolicyFactory()
    change(policy.citations.get().source, title="Canary")

    review.retract(policy, rae, "The wrong city")

    assert "Canary" not in text(client, LIST)


def test_correction_of_an_event_stands_with_its_jurisdictions_and_officials(client):
    springfield, mayor = JurisdictionFactory(), OfficialFactory()
    event = EventFactory()
    event.jurisdictions.add(springfield)
    event.officials.add(mayor)

    change(event, summary="The meeting was called off")

    for page in (springfield, mayor):
        assert "<ins>The meeting was called off</ins>" in text(client, page.get_absolute_url())


@pytest.mark.parametrize("step", [review.confirm, review.mark_immaterial])
def test_change_of_a_record_without_review_is_signed_by_a_second_reviewer(client, rae, step):
    source = PolicyFactory().citations.get().source
    editor = UserFactory(username="erin", group="Editors")
    change(source, user=editor, title="New words")

    with pytest.raises(review.ReviewError, match="erin has no permission"):
        step(source, editor)
    step(source, rae)

    assert "Unconfirmed" not in text(client, LIST)


# What readers see


PLACES = {
    "letter": lambda: LetterFactory(addressee="Old words"),
    "response": lambda: ResponseFactory(summary="Old words"),
    "statement": lambda: StatementFactory(venue="Old words"),
    "ruling": lambda: RulingFactory(outcome="Old words"),
    "policy": lambda: PolicyFactory(summary="Old words"),
}
FIELDS = {
    "letter": "addressee",
    "response": "summary",
    "statement": "venue",
    "ruling": "outcome",
    "policy": "summary",
}


@pytest.mark.parametrize("name", PLACES)
def test_notice_stands_on_the_page_of_the_entry_and_in_the_list(client, name):
    entry = PLACES[name]()
    change(entry, "A typing error", **{FIELDS[name]: "New words"})
    parent = getattr(entry, entry.belongs_to) if entry.belongs_to else entry
    page = parent.jurisdiction if name == "policy" else parent

    for address in (page.get_absolute_url(), LIST):
        shown = text(client, address)

        assert "<del>Old words</del> became <ins>New words</ins>" in shown
        assert "A typing error" in shown
        assert "Unconfirmed" in shown


def test_notice_is_confirmed_by_a_second_reviewer(client, rae):
    statement = StatementFactory(venue="City Hall")
    change(statement, venue="The steps of City Hall")

    review.confirm(statement, rae)

    assert "Unconfirmed" not in text(client, statement.get_absolute_url())
    assert "Unconfirmed" not in text(client, LIST)


def test_change_that_is_not_material_is_shown_nowhere(client, rae):
    statement = StatementFactory(venue="City Hal")
    change(statement, venue="City Hall")

    review.mark_immaterial(statement, rae)

    for address in (statement.get_absolute_url(), LIST, reverse("correction_feed")):
        assert "City Hal<" not in text(client, address)


def test_retraction_is_listed_by_key_and_kind_without_content(client, rae):
    statement = StatementFactory(key="the-statement", text="Canary one", venue="Canary two")
    change(statement, "Canary reason of the change", venue="Canary three")

    review.retract(statement, rae, "The wrong speaker")

    for address in (LIST, reverse("correction_feed")):
        shown = text(client, address)
        assert "statement the-statement" in shown
        assert "The wrong speaker" in shown
        assert "Canary" not in shown


def test_correction_of_what_belongs_to_a_retracted_letter_is_gone(client, rae):
    answer = ResponseFactory(summary="Canary")
    change(answer, summary="Canary too")

    review.retract(answer.letter, rae, "The wrong city")

    assert "Canary" not in text(client, LIST)


def test_draft_letter_is_not_named_by_a_correction(client):
    draft = LetterFactory(status=Status.DRAFT, jurisdiction__name="Canary City")
    statement = StatementFactory()

    change(statement, in_reply_to_letter=draft)

    assert "Canary" not in text(client, LIST) + text(client, statement.get_absolute_url())


def test_records_are_named_and_choices_labelled(client):
    policy = PolicyFactory(jurisdiction__name="Cook County", kind="ordinance")

    change(policy, kind="statute", jurisdiction=JurisdictionFactory(name="Chicago"))

    shown = text(client, LIST)
    assert "<del>Cook County</del> became <ins>Chicago</ins>" in shown
    assert "<del>Ordinance</del> became <ins>Statute</ins>" in shown


def test_what_was_typed_is_escaped(client):
    change(PolicyFactory(), "<b>why</b>", summary="<script>alert(1)</script>")

    for address in (LIST, reverse("correction_feed")):
        assert "<script>" not in text(client, address)
        assert "<b>why" not in text(client, address)


def test_as_of_counts_the_day_of_the_correction():
    change(PolicyFactory(), summary="New")
    made = timezone.make_aware(dt.datetime(2018, 3, 1, 23, 59))
    Correction.objects.update(changed_at=made)

    assert not public_corrections(dt.date(2018, 2, 28))
    assert public_corrections(dt.date(2018, 3, 1)).count() == 1


def test_newest_stands_first_and_pages_follow(client):
    policies = [PolicyFactory(title=f"Plan {n}") for n in range(51)]
    for policy in policies:
        change(policy, summary="New")

    first, second = client.get(LIST), client.get(LIST, {"page": 2})

    assert [notice.entry for notice in first.context["notices"]] == policies[:0:-1]
    assert [notice.entry for notice in second.context["notices"]] == policies[:1]


def correct_one_of_each():
    for name, make in PLACES.items():
        change(make(), **{FIELDS[name]: "New words"})
    change(PolicyFactory(), jurisdiction=JurisdictionFactory())
    PolicyFactory().citations.update(pin="page 9")


@pytest.mark.parametrize("address", [LIST, "/corrections/feed.atom"])
def test_corrections_cost_the_same_however_many(client, django_assert_max_num_queries, address):
    correct_one_of_each()
    client.get(address)
    # The revision, the count, the rows, five kinds of entries, two kinds of records named.
    with django_assert_max_num_queries(10) as first:
        client.get(address, {"page": 1, "n": 1})
    correct_one_of_each()
    correct_one_of_each()

    with django_assert_max_num_queries(10) as second:
        client.get(address, {"page": 1, "n": 2})

    assert len(first) == len(second)


# The feed


def test_feed_has_stable_names_and_dates(client):
    change(PolicyFactory(key="plan"), summary="New")
    correction = Correction.objects.get()

    feed = ElementTree.fromstring(client.get("/corrections/feed.atom").content)

    [entry] = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Corrected: policy plan"
    assert entry.find(f"{ATOM}id").text == f"tag:localhost,2017:corrections/{correction.pk}"
    assert feed.find(f"{ATOM}updated").text == entry.find(f"{ATOM}updated").text


def test_empty_feed_is_the_same_all_day(client):
    assert (
        client.get("/corrections/feed.atom").content == client.get("/corrections/feed.atom").content
    )


def test_confirmation_makes_a_new_revision(rae):
    statement = StatementFactory()
    change(statement, venue="New")
    before = current_revision().token

    review.confirm(statement, rae)

    assert current_revision().token != before
