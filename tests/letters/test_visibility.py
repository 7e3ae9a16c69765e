"""Rounds, jurisdictions, officials and sources are public once something public rests on them."""

import datetime as dt

import pytest

from casefile.entries import Entry
from letters.models import Letter
from letters.visibility import (
    CITED,
    public_jurisdictions,
    public_officials,
    public_rounds,
    public_sources,
)
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
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
    ResponseFactory,
    RoundFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 2, 1)
LATER = dt.date(2018, 2, 2)


def about(factory, jurisdiction, **kwargs):
    """Make an entry about a jurisdiction, whether it names one or several."""
    model = factory._meta.model
    if any(field.name == "jurisdiction" for field in model._meta.fields):
        factory(jurisdiction=jurisdiction, **kwargs)
    else:
        factory(**kwargs).jurisdictions.set([jurisdiction])


ABOUT_JURISDICTIONS = [
    LetterFactory,
    DesignationFactory,
    PolicyFactory,
    ProceedingFactory,
    StatementFactory,
    EventFactory,
]


def test_round_is_public_with_a_public_letter():
    public = LetterFactory().round
    LetterFactory(status="draft")
    LetterFactory(date=LATER)
    RoundFactory()

    assert list(public_rounds(DAY)) == [public]


def test_round_of_drafts_stays_hidden_though_a_statement_answers_it():
    StatementFactory(in_reply_to_round=RoundFactory())

    assert list(public_rounds(DAY)) == []


@pytest.mark.parametrize("factory", ABOUT_JURISDICTIONS)
def test_jurisdiction_is_public_with_a_public_entry(factory):
    public = JurisdictionFactory()
    about(factory, public)
    about(factory, JurisdictionFactory(), status="draft")
    about(factory, JurisdictionFactory(), date=LATER)

    assert list(public_jurisdictions(DAY)) == [public]


def test_jurisdiction_is_public_with_a_cited_award():
    public = AwardFactory().jurisdiction
    AwardFactory(cited=False)

    assert list(public_jurisdictions(DAY)) == [public]


def test_jurisdiction_is_public_without_its_parent():
    child = JurisdictionFactory(parent=JurisdictionFactory(kind="state"))
    LetterFactory(jurisdiction=child)

    assert list(public_jurisdictions(DAY)) == [child]


def test_official_is_public_with_a_public_statement_or_event():
    speaker = StatementFactory().speaker
    StatementFactory(status="draft")
    guest, hidden = OfficialFactory.create_batch(2)
    EventFactory().officials.set([guest])
    EventFactory(date=LATER).officials.set([hidden])

    assert set(public_officials(DAY)) == {speaker, guest}


ENTRIES = [
    *ABOUT_JURISDICTIONS,
    AwardEventFactory,
    EnforcementStepFactory,
    ExtensionFactory,
    HoldFactory,
    ResponseFactory,
    RulingFactory,
]


@pytest.mark.parametrize("factory", ENTRIES)
def test_source_is_public_with_a_public_entry_that_cites_it(factory):
    public, draft, later = SourceFactory.create_batch(3)
    factory(cited__source=public, date=DAY)
    factory(cited__source=draft, status="draft")
    factory(cited__source=later, date=LATER)

    sources = public_sources(DAY)

    assert public in sources
    assert draft not in sources
    assert later not in sources


def test_source_of_a_response_to_a_draft_letter_stays_hidden():
    source = SourceFactory()
    ResponseFactory(letter__status="draft", date=DAY, cited__source=source)

    assert source not in public_sources(DAY)


def test_source_is_public_with_an_award_that_cites_it():
    source = SourceFactory()
    AwardFactory(cited__source=source)
    SourceFactory()

    assert list(public_sources(DAY)) == [source]


def test_sources_are_asked_for_with_every_kind_of_entry():
    def kinds(cls):
        for sub in cls.__subclasses__():
            yield from [sub, *kinds(sub)]

    assert Letter in CITED
    assert {model for model in kinds(Entry) if not model._meta.abstract} < set(CITED)
