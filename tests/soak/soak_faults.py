"""Every fault in many rounds. ``KILLS=50 ROUNDS=2`` in the environment makes it short."""

import os
from functools import partial

import pytest

from tests.soak import struck
from tests.soak.kills import random_kills
from tests.soak.site import ROUNDS
from tests.soak.strikes import STRIKES

pytestmark = pytest.mark.django_db(transaction=True)

KILLS = int(os.environ.get("KILLS", 1000))


@pytest.mark.parametrize("work", [struck.saves, struck.imports, struck.exports])
@pytest.mark.parametrize("fault", STRIKES)
def test_strikes(site, server, note, fault, work):
    name = f"{work.__name__}: {fault}"

    note(work(name, site, server, partial(STRIKES[fault], site, server), ROUNDS))


def test_random_kills(site, server, note):
    note(*random_kills(site, server, KILLS))
