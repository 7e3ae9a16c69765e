"""Faults on real servers, a round or two of each; ``make soak`` does many."""

from functools import partial

import pytest

from tests.soak import struck
from tests.soak.kills import random_kills
from tests.soak.strikes import STRIKES

pytestmark = pytest.mark.django_db(transaction=True)


WORK = (struck.saves, struck.imports, struck.exports)


# One work under each fault: in `make soak` each work meets each fault.
@pytest.mark.parametrize(("fault", "work"), list(zip(STRIKES, WORK * 2, strict=False)))
def test_strike_loses_nothing_and_leaves_nothing_half_done(site, server, fault, work):
    strike = partial(STRIKES[fault], site, server)

    outcome = work(f"{work.__name__} {fault}", site, server, strike, rounds=1)

    outcome.assert_harmless()


def test_random_kills_lose_no_acknowledged_write_and_leave_none_half_done(site, server):
    for outcome in random_kills(site, server, rounds=2):
        outcome.assert_harmless()
