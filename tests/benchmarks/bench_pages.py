"""Pages beside a bare Django view of the same size on the same server.

200,000 letters; one worker. All ways take turns, several times; the medians are compared. Uncached
is a page that nobody asked for before (a parameter that no page knows makes each address a new
one), cached one that is kept, conditional one that the reader has.
"""

import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from letters.models import Letter
from tests.benchmarks.many_letters import make_letters
from tests.server import running

LOAD = Path(__file__).with_name("http_load.py")
LETTERS = 200_000
SECONDS = 3
RUNS = 5
CONNECTIONS = 4
OF_BARE = 0.75  # of the bare view's requests per second: cached and conditional pages

pytestmark = pytest.mark.django_db(transaction=True)


def load(server, path, **headers):
    """Ask for one page all the time; return requests per second, p50 and p99 in milliseconds."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    done = subprocess.run(
        [sys.executable, str(LOAD), str(server.port), str(SECONDS), str(CONNECTIONS)],
        input="".join(f"{line}\r\n" for line in [*lines, ""]).encode(),
        capture_output=True,
        check=True,
    )
    took = sorted(map(float, done.stdout.split()))
    return len(took) / SECONDS, took[len(took) // 2], took[len(took) * 99 // 100]


def test_kept_pages_cost_little_more_than_a_bare_view(capsys):
    make_letters(LETTERS)
    pages = {
        "home": "/",
        "list": "/letters/",
        "list, one state": "/letters/?state=overdue",
        "detail": Letter.objects.get(pk=LETTERS // 2).get_absolute_url(),
    }
    measured = {}
    with ExitStack() as servers:
        site = servers.enter_context(running())
        afresh = servers.enter_context(running(CACHE_URL="dummycache://"))
        bare = servers.enter_context(running(application="tests.benchmarks.bare_site:application"))
        kept = {name: site.get(address) for name, address in pages.items()}
        for _ in range(RUNS):
            for name, address in pages.items():
                ways = {
                    "bare view": (bare, f"/{len(kept[name].body)}", {}),
                    "conditional": (site, address, {"If-None-Match": kept[name].headers["ETag"]}),
                    "cached": (site, address, {}),
                    "uncached": (afresh, address, {}),
                }
                for way, (server, path, headers) in ways.items():
                    measured.setdefault((name, way), []).append(load(server, path, **headers))

    medians = {
        key: tuple(map(statistics.median, zip(*of, strict=True))) for key, of in measured.items()
    }
    with capsys.disabled():
        print(f"\n{LETTERS:,} letters, one worker, {CONNECTIONS} connections")
        print(
            f"{'':16} {'bytes':>8} {'':12} {'per s':>8} {'of bare':>8} {'p50 ms':>8} {'p99 ms':>8}"
        )
        for (name, way), (rate, p50, p99) in medians.items():
            size, of_bare = len(kept[name].body), rate / medians[name, "bare view"][0]
            print(f"{name:16} {size:8,} {way:12} {rate:8.0f} {of_bare:8.2f} {p50:8.2f} {p99:8.2f}")
    for name in pages:
        for way in ("conditional", "cached"):
            assert medians[name, way][0] >= OF_BARE * medians[name, "bare view"][0], (name, way)
