"""The revision rises with what readers can see, once per transaction, and with nothing else."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from casefile.models import Citation, Source
from casefile.report_writing import snapshot
from casefile.revision import Revision, current_revision, revision_known_on
from jurisdictions.models import Jurisdiction
from letters.models import Letter
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CitationFactory,
    DemandItemFactory,
    DesignationFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    PolicyFactory,
    ProceedingFactory,
    ProductionFactory,
    ResponseFactory,
    RoundFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
in_real_transactions = pytest.mark.django_db(transaction=True)

ENTRIES = [
    AwardEventFactory,
    DesignationFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    LetterFactory,
    PolicyFactory,
    ProceedingFactory,
    ResponseFactory,
    RulingFactory,
    StatementFactory,
]


def named(factory):
    return factory._meta.model.__name__


def rises(change):
    """Return whether a change alone raises the revision, though the test is one transaction."""
    Revision.objects.all().delete()
    change()
    return Revision.objects.exists()


def save(record, **changes):
    """Return a function that saves a record with changes, past what models add."""
    return lambda: type(record)._default_manager.filter(pk=record.pk).update(**changes)


def seen(kind):
    """Return a record of a kind without review of its own that something public rests on."""
    if kind == "award":
        return AwardFactory()
    if kind == "source":
        return CitationFactory(entry=LetterFactory()).source
    if kind == "citation":
        return CitationFactory(entry=ResponseFactory())
    if kind == "demand item":
        return DemandItemFactory(round=LetterFactory().round)
    if kind == "production":
        return ProductionFactory()
    if kind == "round":
        return LetterFactory().round
    if kind == "jurisdiction of a letter":
        return LetterFactory().jurisdiction
    if kind == "jurisdiction of an award":
        return AwardFactory().jurisdiction
    if kind == "jurisdiction of a statement":
        statement, jurisdiction = StatementFactory(), JurisdictionFactory()
        statement.jurisdictions.add(jurisdiction)
        return jurisdiction
    if kind == "official of a statement":
        return StatementFactory().speaker
    event, official = EventFactory(), OfficialFactory()
    event.officials.add(official)
    return official


SEEN = [
    ("award", {"note": "Changed"}),
    ("source", {"title": "Changed"}),
    ("citation", {"pin": "p. 2"}),
    ("demand item", {"text": "Changed"}),
    ("production", {"note": "Changed"}),
    ("round", {"title": "Changed"}),
    ("jurisdiction of a letter", {"note": "Changed"}),
    ("jurisdiction of an award", {"note": "Changed"}),
    ("jurisdiction of a statement", {"note": "Changed"}),
    ("official of a statement", {"note": "Changed"}),
    ("official of an event", {"note": "Changed"}),
]


@pytest.mark.parametrize("factory", ENTRIES, ids=named)
def test_published_entry_raises_the_revision_when_it_is_made_and_changed(factory):
    made = []

    assert rises(lambda: made.append(factory(key="an-entry"))) is True
    assert rises(save(made[0], date="2018-02-03")) is True


@pytest.mark.parametrize("factory", ENTRIES, ids=named)
def test_draft_never_raises_the_revision_whatever_is_made_for_it(factory):
    made = []

    def enter():
        with_parents = {}
        parent = factory._meta.model.belongs_to
        if parent:  # the entry that it belongs to is a draft as well
            with_parents[f"{parent}__status"] = "draft"
        if factory is AwardEventFactory:
            with_parents["award__cited"] = False
        made.append(factory(key="a-draft", status="draft", **with_parents))

    assert rises(enter) is False
    assert rises(save(made[0], date="2018-02-03")) is False
    assert rises(lambda: CitationFactory(entry=made[0], pin="p. 9")) is False
    assert rises(lambda: made[0].citations.filter(pin="p. 9").delete()) is False
    connection.check_constraints()  # as a commit would, while there is something to check
    assert rises(lambda: made[0].delete()) is False


def test_published_entry_of_a_draft_letter_is_not_public():
    letter = LetterFactory(status="draft")

    assert rises(lambda: ResponseFactory(letter=letter)) is False
    assert rises(lambda: ProductionFactory(response__letter=letter)) is False
    assert rises(lambda: CitationFactory(entry=letter.responses.first(), pin="p. 2")) is False


def test_publication_and_retraction_raise_the_revision():
    letter = LetterFactory(status="draft")
    publisher = UserFactory()

    assert rises(save(letter, status="in_review")) is False
    published = {"status": "published", "published_by": publisher, "published_at": timezone.now()}
    assert rises(save(letter, **published)) is True
    assert rises(save(letter, status="retracted")) is True
    assert rises(save(letter, note="Nobody sees this")) is False


@pytest.mark.parametrize(("kind", "change"), SEEN, ids=[kind for kind, _ in SEEN])
def test_record_without_review_raises_the_revision_where_something_public_rests_on_it(kind, change):
    record = seen(kind)

    assert rises(save(record, **change)) is True


@pytest.mark.parametrize(
    "factory",
    [
        SourceFactory,
        JurisdictionFactory,
        RoundFactory,
        OfficialFactory,
        DemandItemFactory,
        lambda: AwardFactory(cited=False),
    ],
)
def test_record_without_review_leaves_the_revision_where_nothing_rests_on_it(factory):
    made = []

    assert rises(lambda: made.append(factory())) is False
    assert rises(lambda: made[0].save()) is False
    assert rises(made[0].delete) is False


@pytest.mark.parametrize("factory", [StatementFactory, ProceedingFactory, EventFactory], ids=named)
def test_links_of_an_entry_raise_the_revision_as_the_entry_does(factory):
    published, draft = factory(), factory(status="draft")
    jurisdiction = JurisdictionFactory()

    assert rises(lambda: published.jurisdictions.add(jurisdiction)) is True
    assert rises(lambda: published.jurisdictions.clear()) is True
    assert rises(lambda: draft.jurisdictions.add(jurisdiction)) is False
    assert rises(lambda: draft.jurisdictions.clear()) is False


def test_award_raises_the_revision_once_it_is_cited():
    award = AwardFactory(cited=False)

    assert rises(save(award, note="Not public")) is False
    assert rises(lambda: CitationFactory(entry=award)) is True
    assert rises(save(award, note="Public")) is True


def test_save_that_changes_nothing_leaves_the_revision():
    letter = LetterFactory()

    assert rises(Letter.objects.get(pk=letter.pk).save) is False
    assert rises(Source.objects.get().save) is False
    assert rises(Citation.objects.get().save) is False
    assert rises(Jurisdiction.objects.get().save) is False


@in_real_transactions
def test_transaction_raises_the_revision_once():
    before = current_revision().number

    with transaction.atomic():
        LetterFactory()
        ResponseFactory()

    assert current_revision().number == before + 1


@in_real_transactions
def test_transaction_that_is_rolled_back_leaves_the_revision():
    before = current_revision().number

    with transaction.atomic():
        LetterFactory()
        transaction.set_rollback(True)

    assert current_revision().number == before


def test_every_change_within_a_transaction_has_its_token():
    letter = LetterFactory(note="")
    tokens = [current_revision().token]

    for note in ("Changed", "Changed again", "Changed again"):
        save(letter, note=note)()
        tokens.append(current_revision().token)

    assert len(set(tokens)) == 3
    assert tokens[2] == tokens[3]


def commit(factory, **fields):
    """Return what a factory makes, entry and citation committed together."""
    with transaction.atomic():
        return factory(**fields)


def in_another_connection(work):
    """Return a started thread that does some work in a database connection of its own."""

    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@in_real_transactions
def test_transactions_get_numbers_in_the_order_in_which_they_commit():
    letters = [commit(LetterFactory) for _ in range(2)]
    has_changed, may_commit = threading.Event(), threading.Event()
    before = current_revision().number

    def slow():
        with transaction.atomic():
            save(letters[0], note="Changed first")()
            has_changed.set()
            assert may_commit.wait(20)

    thread = in_another_connection(slow)
    assert has_changed.wait(20)
    save(letters[1], note="Changed second")()
    second = current_revision()
    may_commit.set()
    thread.join(20)
    first = current_revision()

    assert [second.number, first.number] == [before + 1, before + 2]
    assert second.raised_at < first.raised_at
    # What had begun, but wasn't public at a moment, wasn't known then.
    assert revision_known_on(second.raised_at).number == second.number
    assert first.began_at < second.raised_at


@in_real_transactions
def test_reader_never_sees_old_rows_under_a_new_number():
    letter = commit(LetterFactory, note="0")
    base = current_revision().number
    has_ended = threading.Event()

    def write():
        for number in range(1, 60):
            save(letter, note=str(number))()
        has_ended.set()

    thread = in_another_connection(write)
    seen = set()
    while not has_ended.is_set():
        with snapshot() as revision:
            seen.add((revision.number - base, Letter.objects.get().note))
    thread.join()

    assert len(seen) > 1
    assert all(str(number) == note for number, note in seen)
