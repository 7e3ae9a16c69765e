"""What each page costs as the record grows: ``SIZES=1000,10000 RUNS=3`` asks for less.

From 1,000 to 1,000,000 letters. Each page is made anew by the production server, one worker: none
is kept. All pages take turns, and of the times of each the least counts: whatever else the machine
does makes a page slower, never faster, and what a page costs is the same each time. Every public
address is asked for, every choice and order of every list: a new one is measured from its first
day.

At 1,000,000 letters a page may cost half more than at 10,000. Times below `NOISE` count as `NOISE`.
What has a row for each letter by nature isn't measured here: CSV, the sitemap's sections, and the
calendar of a jurisdiction.
Needs a superuser (the embedded server's is one).
"""

import os
import time
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django_filters import ChoiceFilter

from letters.api.rows import token_of
from letters.filters import (
    GrantFilter,
    JurisdictionFilter,
    LetterFilter,
    ListFilter,
    ProceedingFilter,
    PublicChoiceFilter,
    RoundFilter,
    SearchFilter,
    SortFilter,
    StatementFilter,
    TimelineFilter,
)
from letters.parameters import PARAMETERS
from letters.reports import REPORTS
from tests.benchmarks.growing_record import make_record
from tests.database import empty
from tests.server import running

SIZES = [int(size) for size in os.environ.get("SIZES", "1000,10000,100000,1000000").split(",")]
BASE = 10_000
RUNS = int(os.environ.get("RUNS", 7))
NOISE = 8  # milliseconds: what a small page takes
MOST = 1.5
PAST = "2017-06-01"

KEYS = {
    "jurisdiction": {"slug": "springfield-1-il"},
    "round": {"slug": "follow-up-1"},
    "letter": {"key": "follow-up-1-springfield-1-il"},
    "statement": {"key": "statement-1"},
    "official": {"slug": "official-1"},
    "proceeding": {"key": "proceeding-1"},
    "source": {"key": "letter-scan-1"},
}
# The whole record, and what has a row for each letter: of the record, or to a jurisdiction.
BY_NATURE = {"record_zip", "sitemap", "jurisdiction_deadlines"}
LISTS = {
    "letter_list": LetterFilter,
    "jurisdiction_list": JurisdictionFilter,
    "round_list": RoundFilter,
    "grant_list": GrantFilter,
    "statement_list": StatementFilter,
    "proceeding_list": ProceedingFilter,
    "timeline": TimelineFilter,
}
USPS = "CA"  # of one of the ten jurisdictions that have more than a page shows at any size
NAMED = {
    "round": "document-demand-1",
    "jurisdiction": "springfield-1-il",
    "official": "official-1",
    "fiscal_year": "2015",
    "usps": USPS,
}
WORDS = ["springfield", "springfield 4711", "xylophone"]
# What lists and pages take beside the choices of filter sets.
BESIDE = {
    "letter_list": [
        {"page": 200},
        {"state": "overdue", "page": 200},
        {"round": "document-demand-1", "days": 30},
        {"round": "document-demand-1", "sort": "jurisdiction"},
        {"round": "document-demand-1", "state": "overdue"},
        {"usps": USPS, "state": "overdue"},
        {"usps": USPS, "state": "overdue", "sort": "deadline"},
        {"exposure": "untimely", "sort": "deadline"},
        {"q": "springfield", "state": "overdue"},
        {"as_of": PAST, "state": "overdue"},
        {"as_of": PAST, "state": "overdue", "sort": "deadline"},
        {"as_of": PAST, "sort": "days_late"},
        {"as_of": PAST, "usps": USPS},
        {"state": "overdue", "sort": "days_late"},
        {"state": "overdue", "sort": "jurisdiction"},
    ],
    "jurisdiction_list": [{"page": 50}],
    "grant_list": [{"page": 20}],
    "statement_list": [{"page": 20}],
    "timeline": [
        {"from": "2017-01-20~letters~follow-up-2-springfield-1-il"},
        {"kind": "letters", "year": "2017"},
    ],
    "search": [
        *({"q": words} for words in [*WORDS, "maria gonzalez", "Gonzalex", "demand -division"]),
        {"q": "springfield", "kind": "letters"},
        {"q": "springfield", "usps": USPS},
        {"q": "springfield", "year": 2017},
    ],
    **{
        f"{page}_detail": [{"kind": "letters"}, {"year": 2017}, {"kind": "responses"}]
        for page in ("jurisdiction", "round", "source")
    },
}
API = {"docket": [{"kind": "letters"}, {"kind": "responses"}, {"year": "2017"}, {"as_of": PAST}]}
# Where a page of a report goes on: behind it there is a whole page at each size. The days of the
# docket's places have the letters of a large round, its deadlines, and those of small rounds.
AFTER = {
    "letters": [["document-demand-1-springfield-3"], ["follow-up-2-springfield-3-il"]],
    "deadlines": [["document-demand-1-springfield-3"], ["follow-up-2-springfield-3-il"]],
    "responses": [["document-demand-1-springfield-3"]],
    "rounds": [["follow-up-1"]],
    "jurisdictions": [["springfield-3"]],
    "grants": [["award-2"]],
    "award_events": [["award-2"]],
    "statements": [["statement-2"]],
    "quotations": [["statement-2", "letter-scan-2", "", ""]],
    "proceedings": [["proceeding-2"]],
    "sources": [["letter-scan-1"]],
    "docket": [
        ["2017-01-21", "letters", "document-demand-2-springfield-3", "date"],
        ["2017-02-21", "letters", "document-demand-2-springfield-3", "overdue_on"],
        ["2017-06-01", "responses", "z", "date"],
    ],
}


def choices_of(filterset):
    """Return what may be asked of a list: each choice of each filter, and each order, alone."""
    for name, one in filterset.base_filters.items():
        if isinstance(one, SearchFilter):
            values = WORDS
        elif isinstance(one, SortFilter):
            values = one.orders
        elif isinstance(one, PublicChoiceFilter) or name == "usps":
            values = [NAMED[name]]
        elif isinstance(one, ChoiceFilter) or one.extra.get("choices"):
            values = [value for value, _ in one.extra["choices"]] or ["2017"]
            values += [one.null_value] if one.extra.get("null_label") else []
        else:
            assert name == "days", f"{name}: what may be asked of it?"  # of a round alone
            continue
        yield from ({name: value} for value in values)


def addresses():
    """Return every address to measure: paths with what is asked."""
    assert set(LISTS.values()) == set(ListFilter.__subclasses__())
    for name in sorted(PARAMETERS.keys() - BY_NATURE):
        path = reverse(name, kwargs=KEYS.get(name.split("_")[0]) if needs_key(name) else None)
        yield path
        if ("as_of" not in path and name in {*LISTS, "home", "search"}) or needs_key(name):
            yield f"{path}?as_of={PAST}"
        filterset = LISTS.get(name)
        asked = [*(choices_of(filterset) if filterset else ()), *BESIDE.get(name, ())]
        yield from (f"{path}?{urlencode(one)}" for one in asked)
    yield reverse("sitemap", args=["pages"])
    for report in REPORTS:
        if not report.staff_only:
            yield reverse("report_detail", args=[report.name])
            yield f"/api/{report.name}"
            yield from (f"/api/{report.name}?{urlencode(one)}" for one in API.get(report.name, []))
            for place in AFTER[report.name]:
                yield f"/api/{report.name}?after={token_of(place)}"


def needs_key(name):
    return name.endswith(("_detail", "_feed", "_deadlines")) and name != "correction_feed"


def least_times(server, paths, runs=RUNS):
    """Return the least milliseconds of each page."""
    times = {path: [] for path in paths}
    for run in range(runs + 1):
        for path in paths:
            started = time.perf_counter()
            # Nobody keeps pages, nor parts of them, for whoever brings a session.
            answer = server.get(path, timeout=120, Cookie=f"{settings.SESSION_COOKIE_NAME}=none")
            took = 1000 * (time.perf_counter() - started)
            assert answer.status == 200, (path, answer.status, answer.body)
            if run:  # what is read for the first time comes from the disk
                times[path].append(took)
    return {path: min(of) for path, of in times.items()}


def growth(of):
    """Return how many times what a page costs at `BASE` it costs at the largest size."""
    return max(of[max(SIZES)], NOISE) / max(of[BASE], NOISE)


@pytest.mark.skipif(BASE not in SIZES, reason="There is nothing to compare with.")
def test_no_page_costs_much_more_with_a_hundred_times_as_many_letters(transactional_db, capsys):
    paths = list(dict.fromkeys(addresses()))
    measured = {path: {} for path in paths}
    for size in SIZES:
        empty(connection)
        make_record(size)
        with running(CACHE_URL="dummycache://") as server:
            for path, took in least_times(server, paths).items():
                measured[path][size] = took

    with capsys.disabled():
        print(f"\n{'milliseconds':72}" + "".join(f"{size:>11,}" for size in SIZES) + "   ratio")
        for path, of in sorted(measured.items(), key=lambda item: -growth(item[1])):
            took = "".join(f"{of[size]:11.1f}" for size in SIZES)
            print(f"{path[:72]:72}{took}{growth(of):8.2f}")
    assert {path: growth(of) for path, of in measured.items() if growth(of) > MOST} == {}
