"""What each public address takes in its query string, one line each. A test misses no address."""

from casefile.parameters import Parameters
from letters.docket.filter import DOCKET_PARAMETERS
from letters.filters import (
    GrantFilter,
    JurisdictionFilter,
    LetterFilter,
    ProceedingFilter,
    RoundFilter,
    SeveralChoicesFilter,
    StatementFilter,
    TimelineFilter,
)
from letters.reports import REPORTS
from letters.reports.asking import BESIDE_FILTERS, FLAGS
from letters.search.form import SearchForm

FIRST_PAGE = {"page": "1"}


def _filters(filterset):
    return frozenset(filterset.base_filters)


def _many(filterset):
    filters = filterset.base_filters.items()
    return frozenset(name for name, one in filters if isinstance(one, SeveralChoicesFilter))


def _list(filterset):
    """Return what a list takes: its first order and its first page are what it shows anyway."""
    defaults = FIRST_PAGE | {"sort": filterset.base_filters["sort"].default}
    return Parameters(_filters(filterset) | {"page"}, defaults=defaults)


def _report(report):
    """Return what a report takes: its order is its own, and it has all pages of the list."""
    filters = _filters(report.filterset) if report.filterset else frozenset()
    return Parameters(
        filters | BESIDE_FILTERS,
        many=_many(report.filterset) if report.filterset else frozenset(),
        defaults=dict.fromkeys(FLAGS, "0"),
        unused=frozenset({"page", "sort"}),
        of="report",
    )


NOTHING = Parameters()
DOCKET = Parameters(frozenset(DOCKET_PARAMETERS), many=frozenset({"kind"}))
PAGES = Parameters(frozenset({"page"}), defaults=FIRST_PAGE)

PARAMETERS = {
    "home": NOTHING,
    "jurisdiction_list": _list(JurisdictionFilter),
    "jurisdiction_detail": DOCKET,
    "jurisdiction_deadlines": NOTHING,
    "jurisdiction_feed": NOTHING,
    "round_list": _list(RoundFilter),
    "round_detail": DOCKET,
    "round_deadlines": NOTHING,
    "round_feed": NOTHING,
    "letter_list": _list(LetterFilter),
    "letter_detail": NOTHING,
    "grant_list": _list(GrantFilter),
    "statement_list": _list(StatementFilter),
    "statement_detail": NOTHING,
    "official_detail": DOCKET,
    "proceeding_list": _list(ProceedingFilter),
    "proceeding_detail": NOTHING,
    "source_detail": DOCKET,
    "correction_list": PAGES,
    "correction_feed": NOTHING,
    "timeline": Parameters(_filters(TimelineFilter) | {"from"}, many=_many(TimelineFilter)),
    "feed": NOTHING,
    "search": Parameters(frozenset({*SearchForm.base_fields, "year", "page"}), defaults=FIRST_PAGE),
    "deadlines": NOTHING,
    "report_list": NOTHING,
    "report_check": Parameters(frozenset({"sha256"})),
    "record_zip": NOTHING,
    "api_guide": NOTHING,
    "healthz": Parameters(flags=frozenset({"deep"})),
    "robots": NOTHING,
    "sitemap_index": NOTHING,
    "sitemap": Parameters(frozenset({"p"}), defaults={"p": "1"}),
}
OF_REPORTS = {report.name: _report(report) for report in REPORTS}
REPORT_ADDRESSES = {"report_detail", "report_csv", "report_about"}


def parameters_of(address):
    """Return what a resolved address takes; None if it judges what is asked by itself."""
    if address.namespaces:  # the desk and the API
        return None
    if address.url_name in REPORT_ADDRESSES:
        return OF_REPORTS.get(address.kwargs["name"])
    return PARAMETERS.get(address.url_name)
