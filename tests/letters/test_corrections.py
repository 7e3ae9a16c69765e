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
from tests.factories import (
    AwardFactory,
    JurisdictionFactory,
    LetterFactory,
    PolicyFactory,
    ResponseFactory,
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
    policy = PolicyFactory(status=Status.DRAFT)
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

        assert "<del>Old words</del> <ins>New words</ins>" in shown
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
    assert "<del>Cook County</del> <ins>Chicago</ins>" in shown
    assert "<del>Ordinance</del> <ins>Statute</ins>" in shown


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
