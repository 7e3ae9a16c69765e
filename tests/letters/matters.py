"""A matter: a jurisdiction, a round, an official and a source, with entries of every kind."""

from types import SimpleNamespace

from django.urls import reverse

from casefile.corrections import Correction
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CorrectionFactory,
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
)


def make_matter():
    """Make what all records of one case hang on."""
    state = JurisdictionFactory(kind="state", name="State of Illinois")
    LetterFactory(jurisdiction=state)
    return SimpleNamespace(
        jurisdiction=JurisdictionFactory(name="Springfield", parent=state),
        round=RoundFactory(),
        official=OfficialFactory(),
        source=SourceFactory(text="The whole private text of the source."),
    )


def fill(matter, **kwargs):
    """Add one entry of every kind to a matter. All of them name its source."""
    kwargs.setdefault("cited__source", matter.source)
    if "letter" not in vars(matter):
        matter.letter = LetterFactory(
            jurisdiction=matter.jurisdiction, round=matter.round, **kwargs
        )
        matter.proceeding = ProceedingFactory(**kwargs)
        matter.proceeding.jurisdictions.set([matter.jurisdiction])
    of_letter = {"letter": matter.letter, **kwargs}
    matter.response = ResponseFactory(**of_letter)
    ProductionFactory(response=matter.response, item=DemandItemFactory(round=matter.round))
    entries = [
        matter.response,
        ExtensionFactory(**of_letter),
        HoldFactory(**of_letter),
        EnforcementStepFactory(**of_letter),
        DesignationFactory(jurisdiction=matter.jurisdiction, **kwargs),
        PolicyFactory(jurisdiction=matter.jurisdiction, **kwargs),
        AwardEventFactory(
            award=AwardFactory(jurisdiction=matter.jurisdiction, cited__source=matter.source),
            **kwargs,
        ),
        RulingFactory(proceeding=matter.proceeding, **kwargs),
        EventFactory(**kwargs),
        StatementFactory(speaker=matter.official, in_reply_to_letter=matter.letter, **kwargs),
        StatementFactory(speaker=matter.official, in_reply_to_round=matter.round, **kwargs),
        StatementFactory(speaker=matter.official, **kwargs),
    ]
    event, *_, matter.statement = entries[-4], entries[-1]
    for entry in (event, matter.statement):
        entry.jurisdictions.set([matter.jurisdiction])
    event.officials.set([matter.official])
    # Links and productions came after readers could have seen what they belong to.
    Correction.objects.exclude(changes__has_any_keys=["citation 1"]).delete()
    for entry in entries:
        about = {"field": "", "source_id": matter.source.pk, "stance": "supports"}
        cited = about | {"pin": "p. 1", "passage": ""}
        CorrectionFactory(entry=entry, changes={"citation 1": [cited, None]})
    return entries


PAGES = {
    "jurisdiction": lambda matter: matter.jurisdiction.get_absolute_url(),
    "round": lambda matter: matter.round.get_absolute_url(),
    "letter": lambda matter: matter.letter.get_absolute_url(),
    "statement": lambda matter: matter.statement.get_absolute_url(),
    "official": lambda matter: matter.official.get_absolute_url(),
    "proceeding": lambda matter: matter.proceeding.get_absolute_url(),
    "source": lambda matter: matter.source.get_absolute_url(),
    "timeline": lambda matter: reverse("timeline"),
}


def text_of(response):
    """Return the text of a page with its white space folded."""
    return " ".join(response.content.decode().split())
