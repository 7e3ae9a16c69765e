"""Fifty readers and five exports on two workers, and then bots beside people. 200,000 letters.

Of a bot nginx lets through one question a second: see casefile/production/nginx.conf.

``SECONDS=60 LETTERS=20000`` in the environment makes it short.
"""

import itertools
import os
import random
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from letters.states import State
from tests.benchmarks.many_letters import JURISDICTIONS, make_letters
from tests.server import running
from tests.soak.crowd import Crowd, times_of, told

pytestmark = pytest.mark.django_db(transaction=True)

SECONDS = int(os.environ.get("SECONDS", 600))
LETTERS = int(os.environ.get("LETTERS", 200_000))
WORKERS, THREADS = 2, 4
READERS, EXPORTS, BOTS, PEOPLE = 50, 5, 10, 10
REST = 1.0  # seconds between a reader's pages
SAMPLE = 2.0  # seconds between two looks at memory and connections
PAGES = ["/", "/letters/", "/jurisdictions/", "/rounds/", "/timeline/", "/reports/", "/feed.atom"]


def a_page():
    """Choose as readers do: often what all read, else a letter or a place, sometimes a filter."""
    chance, place = random.random(), random.randint(1, JURISDICTIONS)
    if chance < 0.5:
        return "what all read", random.choice(PAGES)
    if chance < 0.7:
        number = random.randint(1, LETTERS // JURISDICTIONS)
        return "a letter", f"/letters/document-demand-{number}-springfield-{place}-il/"
    if chance < 0.9:
        return "a jurisdiction", f"/jurisdictions/springfield-{place}-il/"
    return "a list, filtered", a_combination()[1]


def a_combination():
    """Choose a combination of filters that nobody asked for before, most likely."""
    place, state = random.randint(1, JURISDICTIONS), random.choice(State.values)
    number = random.randint(1, LETTERS // JURISDICTIONS)
    sort, page = random.choice(["", "oldest", "deadline"]), random.randint(1, 9)
    return "a combination", random.choice(
        [
            f"/letters/?q=springfield+{place}&state={state}",
            f"/letters/?round=document-demand-{number}&state={state}&page={page}",
            f"/letters/?jurisdiction=springfield-{place}-il&state={state}",
            f"/letters/?state={state}&usps=IL&sort={sort}&page={page}",
            f"/jurisdictions/?q=springfield+{place}",
        ]
    )


def an_export():
    day = date(2018, 1, 1) + timedelta(days=random.randrange(2_000))
    states = ["", *(f"&state={state}" for state in State.values)]
    return "an export", f"/reports/letters.csv?as_of={day}{random.choice(states)}"


class Samples(threading.Thread):
    """Looks, again and again, at the memory of the workers and at the connections of the site."""

    def __init__(self, server):
        super().__init__()
        self.server, self.has_ended = server, threading.Event()
        self.memory, self.connections = [], []

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *exception):
        self.has_ended.set()
        self.join()

    def run(self):
        try:
            while not self.has_ended.wait(SAMPLE):
                self.memory.append(sum(map(proportional, self.server.workers)))
                self.connections.append(connections_of_others())
        finally:
            connection.close()

    def quarter(self, number):
        """Return the mean memory of a quarter of the time, in MB."""
        length = len(self.memory) // 4
        part = self.memory[number * length : (number + 1) * length]
        return sum(part) / len(part) / 1024


def proportional(pid):
    """Return the memory of a process in kB, what it shares with others divided among them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def connections_of_others():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND pid <> ALL(%s)",
            [OWN],
        )
        return cursor.fetchone()[0]


OWN = []  # connections of the test itself


def fill(server):
    """Have the workers make pages until each keeps as many as it may: meanwhile memory grows."""
    kept = sum(settings.CACHES[name]["OPTIONS"]["MAX_BYTES"] for name in ("pages", "parts"))
    missing = 1.5 * WORKERS * kept  # the kernel deals pages out by chance
    lists = itertools.product(
        range(1, LETTERS // JURISDICTIONS + 1), ["oldest", "deadline"], range(1, 99)
    )
    for number, sort, page in lists:
        path = f"/letters/?round=document-demand-{number}&sort={sort}&page={page}"
        missing -= len(server.get(path, timeout=60).body)
        if missing < 0:
            return
    raise AssertionError("There are too few pages to fill the memory of the workers.")


def test_readers_exports_and_bots(capsys):
    make_letters(LETTERS)
    OWN.append(connection.connection.info.backend_pid)
    wait = threading.Event().wait
    with running(workers=WORKERS) as server:
        for path in PAGES:
            assert server.get(path, timeout=60).status == 200
        fill(server)
        with (
            Samples(server) as samples,
            Crowd(server, READERS, a_page, REST) as readers,
            Crowd(server, EXPORTS, an_export) as exports,
        ):
            wait(SECONDS)
        with Crowd(server, PEOPLE, a_page, REST) as alone:
            wait(SECONDS / 5)
        with (
            Crowd(server, BOTS, a_combination, REST) as bots,
            Crowd(server, PEOPLE, a_page, REST) as beside,
        ):
            wait(SECONDS / 5)

    exported = [one for one in exports.asked if one.status == 200]
    waited = [one for one in exports.asked if one.status == 503]
    with capsys.disabled():
        print(f"\n{LETTERS:,} letters, {WORKERS} workers, {SECONDS} s")
        print(told(f"{READERS} readers, {EXPORTS} exports", times_of(readers.asked + exported)))
        print(f"exports told to wait: {len(waited)}")
        print(
            "memory of the workers, MB, by quarters:",
            *(f"{samples.quarter(n):.0f}" for n in range(4)),
        )
        print(f"connections to the database: {max(samples.connections)} at most")
        print(told(f"{PEOPLE} people alone", times_of(alone.asked)))
        print(told(f"{PEOPLE} people beside {BOTS} bots", times_of(beside.asked)))
        print(told("the bots", times_of(bots.asked)))
    everybody = readers.asked + alone.asked + beside.asked + bots.asked
    assert {one.status for one in everybody} == {200}, [a for a in everybody if a.status != 200][:9]
    assert {one.status for one in exports.asked} <= {200, 503}
    assert exported
    assert max(samples.connections) <= WORKERS * THREADS
    for kind, times in times_of(readers.asked).items():
        assert times.p99 < 10 * times.p50, kind
    people, crowded = times_of(alone.asked), times_of(beside.asked)
    for kind, times in people.items():
        assert crowded[kind].p95 < 10 * times.p95, kind
    assert samples.quarter(3) < 1.1 * samples.quarter(2)
