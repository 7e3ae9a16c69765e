"""Merging two records of the same thing, and undoing it: nothing is lost, whatever points where."""

import threading

import pghistory
import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casefile import keys, merging
from casefile.changes import changes_of
from casefile.corrections import Correction
from casefile.differences import described
from casefile.merges import Merge, is_mergeable
from casefile.merging import MergeError
from casefile.models import Citation, Source
from casefile.revision import Revision
from jurisdictions.award_tallies import awards_tallied_wrongly
from jurisdictions.models import AwardChange, AwardInterval, AwardTally, Jurisdiction
from letters.models import (
    Event,
    JurisdictionInterval,
    Letter,
    Official,
    StateChange,
    StateInterval,
    Statement,
    StateTally,
)
from letters.state_tallies import tallied_wrongly
from tests.bundles import tables
from tests.factories import (
    AwardFactory,
    CitationFactory,
    DesignationFactory,
    EventFactory,
    JurisdictionFactory,
    LetterFactory,
    MergeFactory,
    OfficialFactory,
    PolicyFactory,
    ProceedingFactory,
    RoundFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

# These follow from the letters and awards.
DERIVED = (StateInterval, JurisdictionInterval, AwardInterval)
KINDS = {Jurisdiction: JurisdictionFactory, Official: OfficialFactory, Source: SourceFactory}
every_kind = pytest.mark.parametrize(
    "factory", KINDS.values(), ids=lambda f: f._meta.model.__name__
)
TALLIES = {AwardChange, AwardTally, StateChange, StateTally}
pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return UserFactory(username="ada", group="Administrators")


def merge(survivor, merged, user, reason="Entered twice", take=()):
    return merging.merge(survivor, merged, user, reason, take)


def everything():
    """Return each row of the record, but for what merges, users and history are made of.

    Sums are told by what compares them: what was noted and taken back is two rows.
    """
    assert tallied_wrongly() == awards_tallied_wrongly() == []
    return {
        model._meta.label: {identity(row): row for row in model._base_manager.values()}
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in {"casefile", "jurisdictions", "letters"}
        and not issubclass(model, pghistory.models.Event)
        and not model._meta.proxy
        and model not in {Merge, Correction, Revision, *TALLIES}
    }


def identity(row):
    """Return what a row is known by. What triggers derive is made anew, under another id."""
    for names in (
        ("kind", "object_id"),
        ("letter_id", "published", "entered", "during"),
        ("letter_count", "jurisdiction_id", "published", "entered", "during"),
    ):
        if row.keys() >= set(names):
            del row["id"]
            return tuple(row[name] for name in names)
    return row["id"]


def test_each_kind_that_can_be_merged_is_tested_here():
    assert {model for model in apps.get_models() if is_mergeable(model)} == set(KINDS)


# What moves


def test_everything_about_a_jurisdiction_moves(ada):
    kept, merged = JurisdictionFactory(name="City of Chicago"), JurisdictionFactory(name="Chicago")
    letter = LetterFactory(jurisdiction=merged)
    award, policy = AwardFactory(jurisdiction=merged), PolicyFactory(jurisdiction=merged)
    designation = DesignationFactory(jurisdiction=merged)
    entries = [StatementFactory(), EventFactory(), ProceedingFactory()]
    for entry in entries:
        entry.jurisdictions.add(merged)

    merge(kept, merged, ada)

    assert list(kept.letters.all()) == [letter]
    assert (kept.awards.get(), kept.policies.get()) == (award, policy)
    assert kept.designations.get() == designation
    assert all(list(entry.jurisdictions.all()) == [kept] for entry in entries)
    assert not Jurisdiction.objects.filter(pk=merged.pk).exists()


def test_children_move_to_the_survivor(ada):
    kept, merged = (JurisdictionFactory(kind="county") for _ in range(2))
    child = JurisdictionFactory(parent=merged)

    merge(kept, merged, ada)

    child.refresh_from_db()
    assert child.parent == kept


def test_everything_about_an_official_moves(ada):
    kept, merged = OfficialFactory(), OfficialFactory()
    statement, event = StatementFactory(speaker=merged), EventFactory()
    event.officials.add(merged)

    merge(kept, merged, ada)

    assert (kept.statements.get(), kept.events.get()) == (statement, event)


def test_citations_move_to_the_survivor_and_are_checked_against_its_text(ada):
    kept = SourceFactory(text="We will satisfy the request.")
    citation = CitationFactory(entry=LetterFactory(), passage="satisfy the request")
    assert citation.passage_check == "unchecked"

    merge(kept, citation.source, ada)

    citation.refresh_from_db()
    assert (citation.source, citation.passage_check) == (kept, "exact")


def test_name_and_aliases_become_aliases_of_the_survivor(ada):
    kept = JurisdictionFactory(name="City of Chicago", aliases=["Chicago"])
    merged = JurisdictionFactory(name="Chicago, city of", aliases=["Windy City", "Chicago"])

    merge(kept, merged, ada)

    kept.refresh_from_db()
    assert kept.aliases == ["Chicago", "Chicago, city of", "Windy City"]


def test_survivor_takes_what_was_ticked_alone_and_keeps_its_old_name_as_alias(ada):
    kept = JurisdictionFactory(name="Chicgo", geoid="1714000", website="https://old.example/")
    merged = JurisdictionFactory(name="Chicago", geoid="", website="https://new.example/")

    merge(kept, merged, ada, take=["name", "website"])

    kept.refresh_from_db()
    assert (kept.name, kept.aliases) == ("Chicago", ["Chicgo"])
    assert (kept.geoid, kept.website) == ("1714000", "https://new.example/")


def test_what_is_computed_of_a_field_follows_it(ada):
    kept, merged = SourceFactory(), SourceFactory(text="In time.")
    Source.objects.filter(pk=merged.pk).update(file="sources/a.pdf", file_sha256="ab" * 32)
    citation = CitationFactory(entry=LetterFactory(), source=kept, passage="In time.")

    merge(kept, merged, ada, take=["text", "file"])

    kept.refresh_from_db()
    citation.refresh_from_db()
    assert (kept.text_sha256, kept.file, kept.file_sha256) == (
        merged.text_sha256,
        "sources/a.pdf",
        "ab" * 32,
    )
    assert citation.passage_check == "exact"


def test_relations_are_all_that_the_models_declare():
    """A second way to find them: by Django's own reverse relations."""
    for model in KINDS:
        reverse = {
            (relation.related_model, relation.field.name)
            for relation in model._meta.get_fields(include_hidden=True)
            if relation.auto_created
            and not relation.concrete
            and not relation.many_to_many
            and not issubclass(relation.related_model, pghistory.models.Event)
            and not relation.related_model._meta.proxy
            and relation.related_model not in DERIVED
        }

        found = {
            (relation.model, relation.field.name)
            for relation in merging.relations(model)
            if not relation.fixed
        }

        assert reverse
        assert found == reverse
        assert {r.model for r in merging.relations(model) if r.fixed} == {
            Citation,
            Correction,
            Merge,
        }


# What stands in the way


def test_letters_of_one_round_to_both_stand_in_the_way(ada):
    round_ = RoundFactory()
    kept = LetterFactory(round=round_).jurisdiction
    letter = LetterFactory(round=round_)
    before = tables()

    [(relation, rows)] = merging.obstacles(kept, letter.jurisdiction)
    with pytest.raises(MergeError, match="solve first"):
        merge(kept, letter.jurisdiction, ada)

    assert (relation.model, list(rows)) == (Letter, [letter])
    assert tables() == before


def test_citations_of_one_entry_in_both_stand_in_the_way_unless_their_pins_differ():
    letter, kept, merged = LetterFactory(), SourceFactory(), SourceFactory()
    CitationFactory(entry=letter, source=kept)
    CitationFactory(entry=letter, source=kept, pin="p. 2")
    citation = CitationFactory(entry=letter, source=merged)
    CitationFactory(entry=letter, source=merged, pin="p. 1")

    [(_, rows)] = merging.obstacles(kept, merged)

    assert list(rows) == [citation]


def test_parent_is_not_merged_into_its_child(ada):
    county = JurisdictionFactory(kind="county")
    city = JurisdictionFactory(parent=county)

    with pytest.raises(MergeError, match="solve first"):
        merge(city, county, ada)


def test_what_the_database_refuses_is_told_as_a_sentence(ada):
    county = JurisdictionFactory(kind="county")
    JurisdictionFactory(parent=county)
    before = tables()

    with pytest.raises(MergeError, match="a parent must be in the same state and larger"):
        merge(JurisdictionFactory(slug="a-city"), county, ada)

    Jurisdiction.objects.filter(slug="a-city").delete()
    assert tables()["jurisdictions_jurisdiction"] == before["jurisdictions_jurisdiction"]


def test_link_that_both_have_is_kept_once_and_comes_back(ada):
    kept, merged, event = OfficialFactory(), OfficialFactory(), EventFactory()
    event.officials.add(kept, merged)
    before = everything()

    made = merge(kept, merged, ada)
    assert list(event.officials.all()) == [kept]
    merging.undo(made, ada, "They are two")

    assert everything() == before


def test_record_is_not_merged_into_itself(ada):
    official = OfficialFactory()

    with pytest.raises(MergeError, match="into itself"):
        merge(official, official, ada)


def test_record_that_is_gone_is_not_merged(ada):
    first, second, third = (OfficialFactory() for _ in range(3))
    merge(first, third, ada)

    with pytest.raises(MergeError, match="is gone"):
        merge(second, third, ada)


def test_reason_is_required(ada):
    made = merge(OfficialFactory(), OfficialFactory(), ada)

    with pytest.raises(MergeError, match="Say why"):
        merge(OfficialFactory(), OfficialFactory(), ada, reason=" ")
    with pytest.raises(MergeError, match="Say why"):
        merging.undo(made, ada, " ")


@every_kind
@pytest.mark.parametrize("group", ["Editors", "Reviewers", "Administrators", None])
def test_administrators_alone_may_merge(factory, group, ada):
    user = UserFactory(group=group)
    made = merge(factory(), factory(), ada)
    pair = factory(), factory()

    if group == "Administrators":
        merge(*pair, user)
        merging.undo(made, user, "They are two")
        assert Merge.objects.count() == 1
    else:
        with pytest.raises(MergeError, match="no permission"):
            merge(*pair, user)
        with pytest.raises(MergeError, match="no permission"):
            merging.undo(made, user, "They are two")


def test_permission_is_one_of_each_kind():
    codenames = Permission.objects.filter(codename__startswith="merge_").values_list(
        "codename", flat=True
    )

    assert set(codenames) == {"merge_jurisdiction", "merge_official", "merge_source"}


# What stays


@every_kind
def test_key_stays_taken_until_the_merge_is_undone(factory, ada):
    kept, merged = factory(), factory()
    name = "key" if factory is SourceFactory else "slug"
    old = getattr(merged, name)
    made = merge(kept, merged, ada)

    with pytest.raises(IntegrityError, match="is taken"), transaction.atomic():
        factory(**{name: old})
    other = factory()
    with pytest.raises(IntegrityError, match="is taken"), transaction.atomic():
        type(other).objects.filter(pk=other.pk).update(**{name: old})
    merging.undo(made, ada, "They are two")

    assert getattr(type(kept).objects.get(pk=merged.pk), name) == old


def test_key_that_was_merged_away_is_not_proposed(ada):
    merge(SourceFactory(), SourceFactory(key="the-record-a-report"), ada)

    assert keys.propose(Source, "The Record", "A report") == "the-record-a-report-2"


@every_kind
def test_survivor_is_not_deleted(factory, ada):
    kept = factory()
    merge(kept, factory(), ada)

    with pytest.raises(IntegrityError, match="undo that first"), transaction.atomic():
        kept.delete()


def test_chain_resolves_in_one_step_and_is_undone_from_its_end(ada):
    first, second, third = (JurisdictionFactory() for _ in range(3))
    letter = LetterFactory(jurisdiction=first)
    before = everything()

    inner = merge(second, first, ada)
    outer = merge(third, second, ada)

    assert set(Merge.objects.into(third)) == {inner, outer}
    inner.refresh_from_db()
    with pytest.raises(MergeError, match=f"undo the merge of {second} first"):
        merging.undo(inner, ada, "They are two")
    merging.undo(outer, ada, "They are two")
    inner.refresh_from_db()
    assert inner.survivor == second
    merging.undo(inner, ada, "They are two")
    assert everything() == before
    assert first.letters.get() == letter


def test_history_of_both_says_what_happened_and_why(ada):
    kept, merged = OfficialFactory(), OfficialFactory(name="J. Official")
    statement = StatementFactory(speaker=merged)

    made = merge(kept, merged, ada, reason="Entered twice")
    merging.undo(made, ada, "They are two")

    undone, done = [c for c in changes_of(kept) if c.fields[0].label == "merged record"]
    assert [(c.user, c.reason) for c in (undone, done)] == [
        (ada, "They are two"),
        (ada, "Entered twice"),
    ]
    assert (done.fields[0].after, undone.fields[0].before) == ("J. Official", "J. Official")
    for record in (merged, statement):
        assert {c.reason for c in changes_of(record)} == {"", "Entered twice", "They are two"}


# What readers are told


def test_corrections_of_a_merge_name_both_and_wait_for_nobody(ada):
    kept, merged = JurisdictionFactory(), JurisdictionFactory(name="Chicago")
    letter = LetterFactory(jurisdiction=merged)
    draft = LetterFactory(jurisdiction=merged, status="draft")

    merge(kept, merged, ada)

    of_letter, of_kept = Correction.objects.order_by("entry_type__model").reverse()
    told = [
        [(d.before, d.after) for d in notice.differences]
        for notice in described([of_letter, of_kept])
    ]
    assert [correction.entry for correction in (of_letter, of_kept)] == [letter, kept]
    assert told == [[("Chicago", kept.name)], [("", "Chicago")]]
    for correction in (of_letter, of_kept):
        assert correction.is_merge
        assert (correction.reason, correction.changed_by) == ("Entered twice", ada)
    assert not Correction.objects.unconfirmed().exists()
    letter.refresh_from_db()
    assert letter.is_published
    assert not Correction.objects.of(draft).exists()


def test_other_changes_still_wait_for_a_reviewer(ada):
    merge(OfficialFactory(), OfficialFactory(), ada)

    with pghistory.context(user=ada.pk, reason="A typing error"):
        letter = LetterFactory()
        Letter.objects.filter(pk=letter.pk).update(note="Sent twice")

    assert Correction.objects.unconfirmed().get().is_merge is False


def test_revision_rises_where_readers_see_the_survivor_and_not_otherwise(ada):
    public, unseen = OfficialFactory(), [OfficialFactory() for _ in range(3)]
    StatementFactory(speaker=public)
    Revision.objects.all().delete()

    merge(unseen[0], unseen[1], ada)
    assert not Revision.objects.exists()
    made = merge(public, unseen[2], ada)
    assert Revision.objects.exists()
    Revision.objects.all().delete()
    merging.undo(made, ada, "They are two")
    assert Revision.objects.exists()


# Undoing


def test_undo_leaves_what_was_changed_since_and_says_so(ada):
    kept, merged, third = (JurisdictionFactory() for _ in range(3))
    moved = [LetterFactory(jurisdiction=merged) for _ in range(3)]
    made = merge(kept, merged, ada, take=["name"])
    Letter.objects.filter(pk=moved[0].pk).update(jurisdiction=third)
    Letter.objects.filter(pk=moved[1].pk).update(note="Edited, but not moved")
    Jurisdiction.objects.filter(pk=kept.pk).update(name="Renamed since")

    back, given_back = merging.undo(made, ada, "They are two")

    assert set(back.letters.all()) == set(moved[1:])
    assert list(third.letters.all()) == [moved[0]]
    assert [(len(each.pks), each.left) for each in given_back] == [(2, 1)]
    kept.refresh_from_db()
    assert (kept.name, kept.aliases) == ("Renamed since", [])


def test_link_that_the_survivor_lost_since_does_not_come_back(ada):
    kept, merged, event = OfficialFactory(), OfficialFactory(), EventFactory()
    event.officials.add(kept, merged)
    made = merge(kept, merged, ada)
    event.officials.clear()

    merging.undo(made, ada, "They are two")

    assert not event.officials.exists()


def test_merge_is_undone_once(ada):
    made = merge(OfficialFactory(), OfficialFactory(), ada)
    merging.undo(Merge.objects.get(), ada, "They are two")

    with pytest.raises(MergeError, match="undone already"):
        merging.undo(made, ada, "They are two")


def test_merge_that_came_with_a_bundle_is_not_undone(ada):
    made = MergeFactory()

    with pytest.raises(MergeError, match="came with a record bundle"):
        merging.undo(made, ada, "They are two")


def test_one_of_two_merges_at_once_wins_and_two_siblings_are_undone_in_any_order(ada):
    kept, first, second = (
        JurisdictionFactory(name=name, aliases=[alias])
        for name, alias in [("A", "a"), ("B", "b"), ("C", "c")]
    )
    LetterFactory(jurisdiction=first), LetterFactory(jurisdiction=second)
    before = everything()
    made = [merge(kept, first, ada), merge(kept, second, ada)]

    merging.undo(made[0], ada, "They are two")
    merging.undo(made[1], ada, "They are two")

    assert everything() == before


# Fields and links of two records, and whether to take each differing field.
words = st.text("abc", min_size=1, max_size=2)


class TestMergingAndUndoing(TestCase):
    """Whatever points at two records: once merged, at one; once undone, all is as it was."""

    @settings(max_examples=8)
    @given(
        names=st.tuples(words, words),
        aliases=st.tuples(st.lists(words, max_size=2), st.lists(words, max_size=2)),
        websites=st.tuples(*[st.sampled_from(["", "https://a.example/"])] * 2),
        take=st.sets(st.sampled_from(["name", "website", "note", "kind"])),
        letters=st.lists(st.booleans(), max_size=3),
        links=st.lists(st.sets(st.booleans()), max_size=3),
    )
    def test_jurisdictions(self, names, aliases, websites, take, letters, links):
        pair = [
            JurisdictionFactory(name=name, aliases=known_as, website=website)
            for name, known_as, website in zip(names, aliases, websites, strict=True)
        ]
        for is_second in letters:
            LetterFactory(jurisdiction=pair[is_second])
        for ends in links:
            StatementFactory().jurisdictions.set([pair[end] for end in ends])
        ada = UserFactory(group="Administrators")
        before = everything()

        made = merge(*pair, ada, take=take)
        survivor = Jurisdiction.objects.get(pk=pair[0].pk)
        assert survivor.letters.count() == len(letters)
        assert survivor.statements.count() == len([ends for ends in links if ends])
        assert {*names, *aliases[0], *aliases[1]} <= {survivor.name, *survivor.aliases}
        merging.undo(made, ada, "They are two")

        assert everything() == before

    @settings(max_examples=8)
    @given(
        texts=st.tuples(*[st.sampled_from(["", "in time", "late"])] * 2),
        take=st.sets(st.sampled_from(["text", "title", "publisher", "url"])),
        citations=st.lists(st.tuples(st.booleans(), st.sampled_from(["", "in time"])), max_size=4),
    )
    def test_sources(self, texts, take, citations):
        pair = [SourceFactory(text=text) for text in texts]
        for is_second, passage in citations:
            CitationFactory(entry=LetterFactory(), source=pair[is_second], passage=passage)
        ada = UserFactory(group="Administrators")
        before = everything()

        made = merge(*pair, ada, take=take)
        assert Citation.objects.filter(source=pair[0]).count() == len(citations)
        merging.undo(made, ada, "They are two")

        assert everything() == before

    @settings(max_examples=8)
    @given(
        speakers=st.lists(st.booleans(), max_size=3),
        links=st.lists(st.sets(st.booleans()), max_size=3),
        take=st.sets(st.sampled_from(["name", "note"])),
    )
    def test_officials(self, speakers, links, take):
        pair = [OfficialFactory(note="A mayor"), OfficialFactory()]
        for is_second in speakers:
            StatementFactory(speaker=pair[is_second])
        for ends in links:
            EventFactory().officials.set([pair[end] for end in ends])
        ada = UserFactory(group="Administrators")
        before = everything()

        made = merge(*pair, ada, take=take)
        assert Statement.objects.filter(speaker=pair[0]).count() == len(speakers)
        assert Event.objects.filter(officials=pair[0]).count() == len([e for e in links if e])
        merging.undo(made, ada, "They are two")

        assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_at_once_one_wins(ada):
    pair = OfficialFactory(), OfficialFactory()
    with transaction.atomic():
        StatementFactory(speaker=pair[0])
    started, outcomes = threading.Barrier(2), []

    def attempt(survivor, merged):
        started.wait()
        try:
            merge(survivor, merged, ada)
            outcomes.append("merged")
        except MergeError as error:
            outcomes.append("is gone" if "is gone" in str(error) else str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=ends) for ends in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["is gone", "merged"]
    assert Official.objects.filter(pk__in=[one.pk for one in pair]).count() == 1


def test_number_of_queries_does_not_grow_with_what_moves(ada, django_assert_max_num_queries):
    def queries(count):
        kept, merged = JurisdictionFactory(), JurisdictionFactory()
        for _ in range(count):
            LetterFactory(jurisdiction=merged)
            PolicyFactory(jurisdiction=merged)
            StatementFactory().jurisdictions.add(merged)
        with django_assert_max_num_queries(150) as done:
            made = merge(kept, merged, ada)
            merging.undo(made, ada, "They are two")
        return len(done)

    queries(1)  # what is asked once and then known
    assert queries(1) == queries(4)


def test_relation_finds_doubles_by_any_uniqueness():
    with isolate_apps("letters"):
        official = models.OneToOneField(Official, models.PROTECT, related_name="+")
        body = {"official": official, "Meta": type("Meta", (), {"app_label": "letters"})}
        seat = type("Seat", (models.Model,), {**body, "__module__": __name__})

    doubles = merging.Relation(seat, official).doubles(1, 2)

    assert "official_id" in str(doubles.query).partition("EXISTS")[2]
