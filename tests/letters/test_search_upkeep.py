"""What is kept for the search follows every change of the record, however it is written."""

import datetime as dt
import random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casefile.entries import Entry
from casefile.models import Citation, Source
from jurisdictions.models import Award, Jurisdiction
from letters.models import (
    Event,
    Extension,
    Letter,
    Official,
    Proceeding,
    Response,
    Round,
    Ruling,
    SearchDocument,
    Statement,
)
from letters.search.kinds import BRANCH_OF, ENTRIES, NAMES
from letters.search.upkeep import documents_kept_wrongly
from letters.visibility import (
    public_jurisdictions,
    public_officials,
    public_rounds,
    public_sources,
)
from tests.addresses import make_record
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CitationFactory,
    DemandItemFactory,
    DesignationFactory,
    EventFactory,
    JurisdictionFactory,
    LetterFactory,
    PolicyFactory,
    ProceedingFactory,
    ResponseFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NAME_MODELS = {
    "jurisdictions": (Jurisdiction, public_jurisdictions),
    "officials": (Official, public_officials),
    "rounds": (Round, public_rounds),
    "sources": (Source, public_sources),
}
SIGNED = {"published_at": dt.datetime(2018, 6, 1, tzinfo=dt.UTC)}


def states_of(entry):
    """Return the US states that an entry is about, by its Python attributes alone."""
    if hasattr(entry, "jurisdictions"):
        return {one.state for one in entry.jurisdictions.all()}
    for owner in ("award", "letter", "proceeding"):
        if hasattr(entry, owner):
            return states_of(getattr(entry, owner))
    return {entry.jurisdiction.state}


def published_with_parents(entry):
    if isinstance(entry, Award):
        return entry.citations.exists()
    parents = [getattr(entry, name) for name in ("letter", "proceeding") if hasattr(entry, name)]
    award = getattr(entry, "award", None)
    return (
        entry.status == "published"
        and all(parent.status == "published" for parent in parents)
        and (award is None or award.citations.exists())
    )


def since_of(entry):
    """Return the day from which an entry is on the record."""
    if isinstance(entry, Award):
        return dt.date(entry.fiscal_year - 1, 10, 1)
    parents = [
        getattr(entry, name) for name in ("letter", "proceeding", "award") if hasattr(entry, name)
    ]
    return max([entry.date, *map(since_of, parents)])


def oracle():
    """Return {(kind, id): (key, since, states)} of all that readers may find, in plain Python."""
    models = [branch.model for branch in BRANCH_OF.values()]
    return {
        (model.entry_kind, entry.pk): (entry.key, since_of(entry), states_of(entry))
        for model in [*models, Award]
        for entry in model.objects.all()
        if published_with_parents(entry)
    }


def kept():
    """Return the same of the documents that are kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, object_id, key, since,"
            " ARRAY(SELECT substr(w, 2) FROM unnest(tsvector_to_array(words)) w"
            " WHERE w ~ '^§[A-Z]') FROM letters_searchdocument WHERE since IS NOT NULL"
        )
        return {(kind, pk): (key, since, set(states)) for kind, pk, key, since, states in cursor}


def assert_kept_as_the_record_says():
    assert documents_kept_wrongly() == {}
    assert kept() == oracle()


def test_every_kind_of_entry_and_name_is_kept():
    make_record()
    DesignationFactory()

    kinds = set(SearchDocument.objects.values_list("kind", flat=True))

    def entry_models(cls):
        for sub in cls.__subclasses__():
            yield from [sub, *entry_models(sub)]

    assert kinds == {*ENTRIES, *NAMES}
    assert {model.entry_kind for model in entry_models(Entry) if not model._meta.abstract} < kinds
    assert_kept_as_the_record_says()


@pytest.mark.parametrize("seed", [1, 2])
def test_documents_follow_random_changes(seed):
    chance = random.Random(seed)
    user = UserFactory()
    make_record()

    def any_of(model):
        return chance.choice(model.objects.order_by("pk"))

    def status():
        return chance.choice(["draft", "in_review", "published", "published"])

    def write_by_save():
        factory = chance.choice([LetterFactory, ResponseFactory, PolicyFactory, RulingFactory])
        factory(status=status())

    def write_below_what_there_is():
        ResponseFactory(letter=any_of(Letter), status=status())
        RulingFactory(proceeding=any_of(Proceeding), status=status())
        AwardEventFactory(award=any_of(Award), status=status())

    def write_in_bulk():
        letters = list(Letter.objects.all())
        Extension.objects.bulk_create(
            Extension(
                key=f"bulk-{chance.random()}",
                letter=chance.choice(letters),
                date=dt.date(2018, 2, chance.randint(1, 20)),
                new_deadline=dt.date(2018, 4, 1),
                note="Granted in bulk",
                status="in_review",
            )
            for _ in range(3)
        )

    def publish_in_bulk():
        waiting = Extension.objects.filter(status="in_review")
        for extension in waiting:
            CitationFactory(entry=extension)
        waiting.update(status="published", published_by=user, **SIGNED)

    def write_by_copy():
        jurisdiction = any_of(Jurisdiction)
        with (
            connection.cursor() as cursor,
            cursor.copy(
                "COPY jurisdictions_policy (key, date, date_precision, status, jurisdiction_id,"
                " title, kind, legal_citation, summary) FROM STDIN"
            ) as copy,
        ):
            copy.write_row(
                (f"copied-{chance.random()}", "2017-01-01", "day", "draft", jurisdiction.pk,
                 "A copied ordinance", "ordinance", "", "")
            )  # fmt: skip

    def retract():
        model = chance.choice([Letter, Response, Proceeding, Ruling, Statement, Event])
        if published := list(model.objects.filter(status="published").order_by("pk")):
            entry = chance.choice(published)
            entry.status = "retracted"
            entry.save()

    def delete_a_draft():
        Response.objects.filter(status__in=["draft", "in_review"]).delete()
        for policy in BRANCH_OF["policies"].model.objects.filter(status="draft")[:1]:
            policy.delete()

    def rename():
        Jurisdiction.objects.filter(pk=any_of(Jurisdiction).pk).update(
            name=f"Renamed {chance.random()}", aliases=["Another name"], state="CA", geoid=""
        )
        Round.objects.filter(pk=any_of(Round).pk).update(title=f"Renamed {chance.random()}")
        official = any_of(Official)
        official.name = f"Renamed {chance.random()}"
        official.save()
        source = any_of(Source)
        source.title, source.text = "Renamed", "Private"
        source.save()

    def move():
        Letter.objects.filter(pk=any_of(Letter).pk).update(
            date=dt.date(2018, 1, chance.randint(1, 31)), jurisdiction=JurisdictionFactory()
        )
        Ruling.objects.filter(pk=any_of(Ruling).pk).update(proceeding=any_of(Proceeding))

    def link():
        entry = any_of(chance.choice([Event, Proceeding, Statement]))
        if entry.jurisdictions.exists():
            entry.jurisdictions.clear()
        else:
            entry.jurisdictions.set([any_of(Jurisdiction), any_of(Jurisdiction)])
        any_of(Event).officials.set([any_of(Official)])
        DemandItemFactory(round=any_of(Round), text="Moved demand")

    def cite_awards():
        award = AwardFactory(cited=False)
        AwardEventFactory(award=award)
        if chance.random() < 0.7:
            CitationFactory(entry=award, source=SourceFactory())

    def take_an_awards_citations():
        any_of(Award).citations.all().delete()

    actions = [action for action in locals().values() if getattr(action, "__closure__", None)]
    actions = [action for action in actions if action not in (any_of, status)]
    for _ in range(4):
        chance.shuffle(actions)
        for action in actions:
            action()
        assert_kept_as_the_record_says()

    assert Citation.objects.exists()


@pytest.mark.parametrize("kind", NAMES)
def test_names_show_to_readers_as_the_rules_of_visibility_say(kind):
    model, public = NAME_MODELS[kind]
    make_record()
    for status in ("draft", "retracted"):
        letter = LetterFactory(status=status)
        ResponseFactory(letter=letter)
        event = EventFactory(status=status)
        event.jurisdictions.add(JurisdictionFactory())
        event.officials.add(StatementFactory(status=status).speaker)
    AwardFactory(cited=False)
    DesignationFactory(date="2018-06-01")
    PolicyFactory(date="2018-06-01")
    ProceedingFactory(date="2018-06-01").jurisdictions.add(JurisdictionFactory())
    SourceFactory()
    JurisdictionFactory()

    for day in (
        dt.date(2016, 9, 30),
        dt.date(2018, 1, 24),
        dt.date(2018, 2, 15),
        dt.date(2018, 6, 1),
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {model._meta.db_table} WHERE letters_search_shows(%s, id, %s)",
                [kind, day],
            )
            shown = {pk for (pk,) in cursor}
        assert shown == set(public(day).values_list("pk", flat=True)), day


def test_check_search_names_and_repairs_what_differs(capsys):
    make_record()
    letter = SearchDocument.objects.get(kind="letters")
    SearchDocument.objects.filter(pk=letter.pk).update(title="Something else")
    SearchDocument.objects.filter(kind="rulings").delete()

    with pytest.raises(CommandError, match=f"letters: {letter.object_id}"):
        call_command("check_search")
    call_command("check_search", repair=True)
    call_command("check_search")

    assert "Kept as the record says" in capsys.readouterr().out
    assert_kept_as_the_record_says()
