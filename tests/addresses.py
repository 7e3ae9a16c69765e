"""Every public address, taken from the site map, for tests about all pages."""

from django.urls import URLResolver, reverse

from letters import file_urls, urls
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
    ExtensionFactory(key="the-extension", letter=letter)
    HoldFactory(key="the-hold", letter=letter, until="2018-02-15")
    ProductionFactory(response=ResponseFactory(key="the-response", letter=letter))
    EnforcementStepFactory(key="the-step", letter=letter)
    PolicyFactory(key="the-policy", jurisdiction=letter.jurisdiction)
    AwardEventFactory(
        key="the-award-event", award__key="the-award", award__jurisdiction=letter.jurisdiction
    )
    proceeding = ProceedingFactory(key="the-proceeding")
    proceeding.jurisdictions.add(letter.jurisdiction)
    RulingFactory(key="the-ruling", proceeding=proceeding)
    statement = StatementFactory(key="the-statement", speaker__slug="the-official")
    statement.jurisdictions.add(letter.jurisdiction)
    CitationFactory(entry=statement, source=source, passage="We will satisfy the request.")
    event = EventFactory(key="the-event")
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
    "sitemap": "letters",
}
# The address of each kind of record that the API gives one by one.
ONE_BY_ONE = {
    "letters": "the-letter",
    "deadlines": "the-letter",
    "responses": "the-response",
    "rounds": "the-round",
    "jurisdictions": "the-jurisdiction",
    "grants": "the-award",
    "award_events": "the-award-event",
    "statements": "the-statement",
    "proceedings": "the-proceeding",
    "sources": "the-source",
}


def public_addresses():
    """Return {name: address} of every public address, with the keys of ``make_record``.

    A new address with a parameter that this does not know fails here, so none is left out.
    """
    addresses = {}
    for pattern in [*urls.urlpatterns, *file_urls.urlpatterns]:
        parameters = pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            addresses |= api_addresses(pattern)
        elif pattern.name.startswith("report_") and parameters:
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


def api_addresses(resolver):
    """Return {name: address} of the API, without its own front page, for which ours stands."""
    addresses = {}
    for pattern in resolver.url_patterns:
        keys = [ONE_BY_ONE[pattern.name.removesuffix("_one")]] if pattern.pattern.converters else []
        if pattern.name != "api-root":
            addresses[f"api {pattern.name}"] = reverse(f"api:{pattern.name}", args=keys)
    return addresses


EVERY_ADDRESS = public_addresses()

# The API has two views for all reports: two reports stand for all in tests of every address.
ADDRESSES = {
    name: address
    for name, address in EVERY_ADDRESS.items()
    if name in ("api letters", "api letters_one", "api quotations", "api openapi-json")
    or not name.startswith("api ")
}

NO_PAGES = (".csv", ".json", ".ics", ".txt", ".zip", ".atom", ".xml", "healthz")
PAGES = {
    name: address
    for name, address in ADDRESSES.items()
    if not address.endswith(NO_PAGES) and not name.startswith("api ")
}
