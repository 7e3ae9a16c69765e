"""Collects the outcomes of all faults, and prints their table at the end."""

import pytest

from tests.soak.outcome import table
from tests.soak.site import new_site

outcomes = []


@pytest.fixture
def note():
    """Keep outcomes for the table, and see that none did harm."""

    def keep(*found):
        outcomes.extend(found)
        for outcome in found:
            outcome.assert_harmless()

    return keep


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker, tmp_path_factory):
    with django_db_blocker.unblock(), new_site(tmp_path_factory.mktemp("soak") / "var") as site:
        yield site


@pytest.fixture(scope="module")
def server(site):
    with site.running(workers=2, serve_files=False) as server:
        yield server


def pytest_terminal_summary(terminalreporter):
    if outcomes:
        terminalreporter.section("faults")
        terminalreporter.write_line(table(outcomes))
