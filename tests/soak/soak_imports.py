"""A long import is killed at a random moment: all of it is there, or nothing."""

import random
import time

import pytest

from tests.soak.outcome import Outcome
from tests.soak.site import ROUNDS, until
from tests.soak.struck import bundle, imported

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 2_000  # of each of two tables
NOTHING, ALL = [0] * 4, [ROWS] * 4


def test_killed_import_of_4000_rows(site, note, tmp_path):
    def load(tag):
        path = tmp_path / "bundle.zip"
        path.write_bytes(bundle(tag, ROWS))
        return site.command("load_record", path)

    outcome = Outcome("kill -9 of load_record")
    began = time.monotonic()
    assert load("undisturbed").wait() == 0
    longest = time.monotonic() - began
    for number in range(ROUNDS):
        tag = f"killed {number}"
        loading = load(tag)
        time.sleep(random.uniform(0, longest))
        loading.kill()
        is_done = loading.wait() == 0
        # The database goes on with the statement that it is at, and then undoes all.
        until(lambda: not site.backends())

        counts = imported(site, tag)
        outcome.rounds += 1
        outcome.acknowledged += is_done
        outcome.lost += is_done and counts != ALL
        outcome.half_done += counts not in (NOTHING, ALL)
        assert load(tag).wait() == 0
        assert imported(site, tag) == ALL
    note(outcome)
