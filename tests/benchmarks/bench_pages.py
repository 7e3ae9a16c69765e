"""Pages beside a bare Django view, Datasette and Django's own admin, each over the same letters.

200,000 letters; one worker; all ways take turns, several times, and the medians are compared.
Uncached is a page that is made anew each time, cached one that is kept, conditional one that the
reader has. The bare view answers with as many bytes from the same server. ``LETTERS`` and ``RUNS``
in the environment change the size; Datasette comes with ``make bench``.
"""

import os
import statistics
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from django.db import connection

from letters.models import Letter
from tests.benchmarks import datasette
from tests.benchmarks.figures import keep, machine, table
from tests.benchmarks.http_load import load
from tests.benchmarks.many_letters import make_letters
from tests.server import running

LETTERS = int(os.environ.get("LETTERS", 200_000))
RUNS = int(os.environ.get("RUNS", 5))
TURNS = 12
OF_BARE = 0.75  # of the bare view's requests per second: cached and conditional pages
LIST_OF_BARE, OF_DATASETTE, OF_ADMIN = 0.10, 3, 5  # the uncached list
FACETS = "_facet=state&_facet=round&_facet=exposure"
PAGES = {
    "home": "/",
    "list": "/letters/",
    "list, one state": "/letters/?state=overdue",
    "search": "/search/?q=springfield",
}

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Way:
    """A way to get a page: whose server, which address."""

    page: str
    name: str
    port: int
    path: str
    headers: dict

    def measured(self):
        return load(self.port, self.path, self.headers)

    def beside(self, other):
        """Return its requests per second by those of another way, which takes turns with it.

        Two that are measured a minute apart are measured on a machine of two speeds.
        """
        turns = [(self.measured()[0], other.measured()[0]) for _ in range(TURNS)]
        return statistics.median(ours / theirs for ours, theirs in turns)


@pytest.fixture
def ways(tmp_path, transactional_db):
    make_letters(LETTERS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT letters_search_keep_all()")
        cursor.execute("ANALYZE letters_searchdocument")
    letter = Letter.objects.get(pk=LETTERS // 2)
    pages = PAGES | {"detail": letter.get_absolute_url()}
    with ExitStack() as servers:
        site = servers.enter_context(running())
        afresh = servers.enter_context(running(CACHE_URL="dummycache://"))
        bare = servers.enter_context(running(application="tests.benchmarks.bare_site:application"))
        admin = servers.enter_context(
            running(application="tests.benchmarks.stock_admin:application")
        )
        rows, database = tmp_path / "letters.csv", tmp_path / "letters.db"
        rows.write_bytes(site.get("/reports/letters.csv?raw=1", timeout=120).body)
        datasette.fill(
            database,
            rows,
            indexed=["state", "round", "exposure", "date"],
            searched=["key", "jurisdiction"],
        )
        other = servers.enter_context(
            datasette.serving(
                database, suggest_facets="off", facet_time_limit_ms=5000, sql_time_limit_ms=5000
            )
        )
        peers = {
            "home": [("Datasette", other, "/")],
            "list": [
                ("Datasette, three facets", other, f"/letters/letters?_size=50&{FACETS}"),
                ("Datasette, no facets", other, "/letters/letters?_size=50&_nofacet=1"),
                ("Django's admin", admin.port, "/admin/letters/letter/"),
            ],
            "list, one state": [
                (
                    "Datasette, three facets",
                    other,
                    f"/letters/letters?_size=50&state=overdue&{FACETS}",
                ),
                ("Django's admin", admin.port, "/admin/letters/letter/?status__exact=published"),
            ],
            "search": [("Datasette", other, "/letters/letters?_size=20&_search=springfield")],
            "detail": [
                ("Datasette", other, f"/letters/letters/{letter.key}"),
                ("Django's admin", admin.port, f"/admin/letters/letter/{letter.pk}/change/"),
            ],
        }
        found = []
        for page, path in pages.items():
            kept = site.get(path)
            size, tag = len(kept.body), {"If-None-Match": kept.headers["ETag"]}
            found += [
                Way(page, "bare view", bare.port, f"/{size}", {}),
                Way(page, "conditional", site.port, path, tag),
                Way(page, "cached", site.port, path, {}),
                Way(page, "uncached", afresh.port, path, {}),
                *(Way(page, name, port, address, {}) for name, port, address in peers[page]),
            ]
        yield found


def test_pages_beside_a_bare_view_and_their_peers(ways, capsys):
    measured = {}
    for _ in range(RUNS):
        for way in ways:
            measured.setdefault((way.page, way.name), []).append(way.measured())

    named = {(way.page, way.name): way for way in ways}
    of_all = named["list, one state", "uncached"].beside(named["list", "uncached"])

    medians = {
        key: tuple(map(statistics.median, zip(*of, strict=True))) for key, of in measured.items()
    }
    rate = {key: of[0] for key, of in medians.items()}
    rows = [
        (
            way.page if way.name == "bare view" else "",
            way.name,
            f"{rate[way.page, way.name]:,.0f}",
            f"{rate[way.page, way.name] / rate[way.page, 'bare view']:.2f}",
            *(f"{milliseconds:.1f}" for milliseconds in medians[way.page, way.name][1:]),
        )
        for way in ways
    ]
    header = ["page", "way", "per second", "of the bare view", "p50 ms", "p99 ms"]
    text = f"{LETTERS:,} letters, one worker, 4 connections; {machine()}.\n\n{table(header, rows)}"
    text += f"\n\nTaking turns, the uncached list of one state has {of_all:.2f} of the list of all."
    with capsys.disabled():
        print(f"\n{text}")
    keep("pages", text)
    for page in [*PAGES, "detail"]:
        for way in ("conditional", "cached"):
            assert rate[page, way] >= OF_BARE * rate[page, "bare view"], (page, way)
    uncached = rate["list", "uncached"]
    assert uncached >= LIST_OF_BARE * rate["list", "bare view"]
    assert uncached >= OF_DATASETTE * rate["list", "Datasette, three facets"]
    assert uncached >= OF_ADMIN * rate["list", "Django's admin"]
    # Noise aside, a list of one state costs what the list of all does.
    assert of_all >= 0.9
