"""Every public address, taken from the site map, for tests about all pages."""

from django.urls import reverse

from letters import urls
from letters.reports import REPORTS
from tests.factories import (
    AwardEventFactory,
    CitationFactory,
    DemandItemFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    LetterFactory,
    PolicyFactory,
    ProceedingFactory,
    ProductionFactory,
    ResponseFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
)


def make_record():
    """Make a small public record with something of each kind; return its letter."""
    source = SourceFactory(key="the-source", text="We will satisfy the request.")
    letter = LetterFactory(
        key="the-letter",
        jurisdiction__slug="the-jurisdiction",
        round__slug="the-round",
        cited__source=source,
    )
    DemandItemFactory(round=letter.round)
    ExtensionFactory(letter=letter)
    HoldFactory(letter=letter, until="2018-02-15")
    ProductionFactory(response=ResponseFactory(letter=letter))
    EnforcementStepFactory(letter=letter)
    PolicyFactory(jurisdiction=letter.jurisdiction)
    AwardEventFactory(award__jurisdiction=letter.jurisdiction)
    proceeding = ProceedingFactory(key="the-proceeding")
    proceeding.jurisdictions.add(letter.jurisdiction)
    RulingFactory(proceeding=proceeding)
    statement = StatementFactory(key="the-statement", speaker__slug="the-official")
    statement.jurisdictions.add(letter.jurisdiction)
    CitationFactory(entry=statement, source=source, passage="We will satisfy the request.")
    event = EventFactory()
    event.jurisdictions.add(letter.jurisdiction)
    return letter


KEYS = {
    "jurisdiction": "the-jurisdiction",
    "round": "the-round",
    "letter": "the-letter",
    "statement": "the-statement",
    "official": "the-official",
    "proceeding": "the-proceeding",
    "source": "the-source",
}


def public_addresses():
    """Return {name: address} of every public address, with the keys of ``make_record``.

    A new address with a parameter that this does not know fails here, so none is left out.
    """
    addresses = {}
    for pattern in urls.urlpatterns:
        parameters = pattern.pattern.converters
        if pattern.name.startswith("report_") and parameters:
            for report in REPORTS:
                if not report.staff_only:
                    addresses[f"{pattern.name} {report.name}"] = reverse(
                        pattern.name, args=[report.name]
                    )
        elif parameters:
            key = KEYS[pattern.name.partition("_")[0]]
            addresses[pattern.name] = reverse(pattern.name, args=[key])
        else:
            addresses[pattern.name] = reverse(pattern.name)
    return addresses


ADDRESSES = public_addresses()
