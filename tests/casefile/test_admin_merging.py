"""Merging in the admin: an Administrator chooses, sees what moves, says why; and can undo it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casefile import merging
from casefile.merges import Merge
from casefile.models import Source
from jurisdictions.models import Jurisdiction
from letters.models import Letter, Official
from tests.desk import messages, page
from tests.factories import (
    CitationFactory,
    EventFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    PolicyFactory,
    RoundFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

KINDS = {Jurisdiction: JurisdictionFactory, Official: OfficialFactory, Source: SourceFactory}
every_kind = pytest.mark.parametrize("model", KINDS, ids=lambda model: model.__name__)


@pytest.fixture
def ada(client):
    user = UserFactory(username="ada", group="Administrators")
    client.force_login(user)
    return user


def preview_of(survivor, other):
    return f"{page(type(survivor), 'merge', survivor.pk)}?other={other.pk}"


def post(client, survivor, other, **typed):
    """Open the preview and send its form."""
    address = preview_of(survivor, other)
    form = client.get(address).context["form"]
    data = {"version": form.initial["version"], "reason": "Entered twice", **typed}
    return client.post(address, data, follow=True)


@every_kind
def test_page_of_a_record_leads_to_merging_which_is_confirmed_with_a_reason(client, ada, model):
    kept, merged = KINDS[model](), KINDS[model]()
    merge_page = page(model, "merge", kept.pk)
    assert merge_page in client.get(page(model, "change", kept.pk)).content.decode()

    without = post(client, kept, merged, reason=" ")
    done = post(client, kept, merged)

    assert without.context["form"].errors.keys() == {"reason"}
    assert messages(done) == [f"{merged} was merged into this record."]
    made = Merge.objects.get()
    assert (made.survivor, made.merged_by, made.reason) == (kept, ada, "Entered twice")
    assert str(merged) in client.get(merge_page).content.decode()


@every_kind
@pytest.mark.parametrize("group", ["Editors", "Reviewers", None])
def test_others_find_neither_the_way_nor_the_page(client, model, group):
    kept, merged = KINDS[model](), KINDS[model]()
    ada = UserFactory(group="Administrators")
    made = merging.merge(kept, KINDS[model](), ada, "Entered twice")
    client.force_login(UserFactory(group=group))
    pages = [preview_of(kept, merged), page(model, "undo_merge", kept.pk, made.pk)]

    answers = [client.get(address) for address in pages]
    answers += [client.post(address, {"reason": "Entered twice"}) for address in pages]

    assert [answer.status_code for answer in answers] == [403] * 4
    change = client.get(page(model, "change", kept.pk)).content.decode()
    assert page(model, "merge", kept.pk) not in change
    assert Merge.objects.get() == made


def test_preview_counts_what_moves_and_shows_where_the_two_differ(client, ada):
    kept = JurisdictionFactory(name="City of Chicago", website="")
    merged = JurisdictionFactory(name="Chicago", website="https://chicago.example/")
    LetterFactory(jurisdiction=merged), LetterFactory(jurisdiction=merged)
    both, one = StatementFactory(), StatementFactory()
    both.jurisdictions.set([kept, merged])
    one.jurisdictions.add(merged)

    shown = client.get(preview_of(kept, merged)).context

    moves = {rows.label: (rows.count, rows.address) for rows in shown["moves"]}
    assert moves == {
        "letters: jurisdiction": (
            2,
            f"{page(Letter, 'changelist')}?jurisdiction__id__exact={merged.pk}",
        ),
        "statements: jurisdictions": (
            1,
            f"/admin/letters/statement/?jurisdictions__id__exact={merged.pk}",
        ),
    }
    assert [(rows.label, rows.count) for rows in shown["doubled"]] == [
        ("statements: jurisdictions", 1)
    ]
    assert [(c.name, c.kept, c.offered, c.is_taken) for c in shown["choices"]] == [
        ("name", "City of Chicago", "Chicago", False),
        ("website", "", "https://chicago.example/", True),
    ]
    listed = {address: client.get(address) for _, address in moves.values()}
    assert [r.context["cl"].result_count for r in listed.values()] == [2, 2]


def test_ticked_fields_are_taken(client, ada):
    kept, merged = OfficialFactory(note="Old"), OfficialFactory(note="New")

    post(client, kept, merged, take=["note"])

    kept.refresh_from_db()
    assert kept.note == "New"


def test_what_is_to_be_solved_first_is_named_with_its_page_and_can_not_be_confirmed(client, ada):
    letter, kept, merged = LetterFactory(), SourceFactory(title="The release"), SourceFactory()
    CitationFactory(entry=letter, source=kept)
    citation = CitationFactory(entry=letter, source=merged)

    shown = client.get(preview_of(kept, merged))
    refused = post(client, kept, merged)

    [obstacle] = shown.context["obstacles"]
    assert obstacle.named == (
        (f"{letter}: {merged}", f"/admin/casefile/citation/{citation.pk}/change/"),
    )
    assert 'name="reason"' not in shown.content.decode()
    assert "solve first" in str(refused.context["form"].errors)
    assert not Merge.objects.exists()


def test_what_the_database_refuses_is_said_on_the_page(client, ada):
    county = JurisdictionFactory(kind="county")
    JurisdictionFactory(parent=county)

    refused = post(client, JurisdictionFactory(), county)

    assert "a parent must be in the same state" in refused.content.decode()
    assert not Merge.objects.exists()


def test_record_that_was_changed_meanwhile_is_looked_at_again(client, ada):
    kept, merged = OfficialFactory(), OfficialFactory()
    address = preview_of(kept, merged)
    opened = client.get(address).context["form"].initial["version"]
    Official.objects.filter(pk=merged.pk).update(note="Somebody else entirely")

    refused = client.post(address, {"version": opened, "reason": "Entered twice"})
    assert not Merge.objects.exists()
    again = refused.context["form"]["version"].value()
    client.post(address, {"version": again, "reason": "Entered twice"})

    assert "changed meanwhile" in refused.content.decode()
    assert Merge.objects.get().survivor == kept


@pytest.mark.parametrize("other", ["", "0", "x", "99999999999999999999"])
def test_other_record_that_is_none_is_asked_for_again(client, ada, other):
    kept = OfficialFactory()

    shown = client.get(page(Official, "merge", kept.pk), {"other": other})
    itself = client.get(preview_of(kept, kept))

    assert shown.context["choose"].errors
    assert itself.context["choose"].errors


@every_kind
def test_desk_leads_from_what_was_merged_to_the_survivor_and_keeps_its_history(client, ada, model):
    kept, merged = KINDS[model](), KINDS[model]()
    key = getattr(merged, "key" if model is Source else "slug")
    merging.merge(kept, merged, ada, "Entered twice")

    gone = client.get(page(model, "change", merged.pk), follow=True)
    found = client.get(page(model, "find", key))
    history = client.get(page(model, "history", merged.pk))

    survivor = page(model, "change", kept.pk)
    assert gone.redirect_chain == [(survivor, 302)]
    assert found.url == survivor
    assert history.context["merged_into"] == kept
    assert [(c.label, c.reason) for c in history.context["changes"]] == [
        ("Deleted", "Entered twice"),
        ("Added", ""),
    ]
    own = client.get(page(model, "history", kept.pk)).content.decode()
    assert str(merged) in own
    assert "Entered twice" in own


def test_survivor_page_undoes_a_merge_and_says_what_is_left(client, ada):
    kept, merged = JurisdictionFactory(), JurisdictionFactory()
    letters = [LetterFactory(jurisdiction=merged) for _ in range(2)]
    made = merging.merge(kept, merged, ada, "Entered twice")
    Letter.objects.filter(pk=letters[0].pk).update(jurisdiction=JurisdictionFactory())
    address = page(Jurisdiction, "undo_merge", kept.pk, made.pk)
    assert address in client.get(page(Jurisdiction, "merge", kept.pk)).content.decode()

    shown = client.get(address)
    without = client.post(address, {"reason": ""})
    done = client.post(address, {"reason": "They are two"}, follow=True)

    assert [(r.label, r.count, r.left) for r in shown.context["back"]] == [
        ("letters: jurisdiction", 1, 1)
    ]
    assert without.context["form"].errors.keys() == {"reason"}
    assert messages(done) == [
        f"{merged} is back.",
        "Left where they are, as they were changed since: 1.",
    ]
    assert Jurisdiction.objects.get(pk=merged.pk).letters.get() == letters[1]
    assert client.get(address).status_code == 404


def test_inner_merge_of_a_chain_says_what_to_undo_first(client, ada):
    first, second, third = (OfficialFactory() for _ in range(3))
    inner = merging.merge(second, first, ada, "Entered twice")
    merging.merge(third, second, ada, "Entered twice")

    shown = client.get(page(Official, "undo_merge", third.pk, inner.pk))
    refused = client.post(page(Official, "undo_merge", third.pk, inner.pk), {"reason": "Two"})

    assert f"undo the merge of {second} first" in shown.content.decode()
    assert refused.status_code == 200
    assert Merge.objects.count() == 2


def test_preview_takes_the_same_number_of_queries_for_one_row_and_for_three(client, ada):
    def queries(count):
        kept, merged = JurisdictionFactory(), JurisdictionFactory()
        for _ in range(count):
            LetterFactory(jurisdiction=merged)
            PolicyFactory(jurisdiction=merged)
            EventFactory().jurisdictions.set([kept, merged])
        with CaptureQueriesContext(connection) as captured:
            client.get(preview_of(kept, merged))
        return len(captured)

    queries(1)  # what is asked once and then known
    assert queries(1) == queries(3) <= 60


def test_named_obstacles_are_a_few_whatever_their_number(client, ada):
    round_of = [RoundFactory() for _ in range(12)]
    kept, merged = JurisdictionFactory(), JurisdictionFactory()
    for round_ in round_of:
        LetterFactory(round=round_, jurisdiction=kept)
        LetterFactory(round=round_, jurisdiction=merged)

    [obstacle] = client.get(preview_of(kept, merged)).context["obstacles"]

    assert (obstacle.count, len(obstacle.named)) == (12, 10)
