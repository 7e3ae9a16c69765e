"""What the site loads at start, and for a first reader: no more than it needs."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pgtrigger
import pytest
from django.core.checks import run_checks
from django.db import transaction
from django.urls import get_resolver

from casefile import late_views
from casefile.late_views import LatePattern
from tests.addresses import PAGES, make_record
from tests.production import ROOT
from tests.server import database_url, running

# Each takes long to load, and what it is for can wait until somebody asks for it.
LATER = {
    "casefile.admin",
    "casefile.bundle",
    "casefile.folding",
    "casefile.quotations",
    "casefile.rechecking",
    "casefile.reports",
    "casefile.signing_in.forms",
    "casefile.signing_in.passkeys",
    "casefile.signing_in.views",
    "cryptography",
    "csp.checks",
    "django_filters",
    "holidays",
    "icalendar",
    "letters.admin",
    "letters.api",
    "letters.filters",
    "letters.intake",
    "letters.parameters",
    "letters.reports",
    "letters.search",
    "ninja",
    "pydantic",
    "pypdf",
    "rapidfuzz",
    "segno",
    "webauthn",
}
# What a new process is asked for first, and what can wait until somebody asks for more.
FIRST = {
    "/": LATER,
    "/healthz": LATER | {"casefile.pagination", "letters.docket", "letters.standing"},
}
FIRST_ANSWER = """
import sys
from casefile.wsgi import application
from django.test import RequestFactory
path, *later = sys.argv[1:]
answer = application(RequestFactory().get(path).environ, lambda status, *more: print(status))
assert b"".join(answer).endswith((b"</html>\\n", b"ok\\n"))
print(*sorted(set(later) & set(sys.modules)))
"""


def late_patterns(patterns):
    for pattern in patterns:
        if isinstance(pattern, LatePattern):
            yield pattern
        else:
            yield from late_patterns(getattr(pattern, "url_patterns", []))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", FIRST)
def test_first_request_is_answered_without_what_it_does_not_need(monkeypatch, path):
    with transaction.atomic():
        make_record()
    monkeypatch.setenv("DATABASE_URL", database_url())

    done = subprocess.run(
        [sys.executable, "-c", FIRST_ANSWER, path, *FIRST[path]],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert done.stderr == ""
    assert done.stdout.splitlines() == ["200 OK", ""]


@pytest.mark.django_db(transaction=True)
def test_all_pages_may_be_asked_for_at_once_at_first():
    with transaction.atomic():
        make_record()
    addresses = [*PAGES.values(), "/api/letters", "/deadlines.ics", "/admin/login/"]

    with running() as server, ThreadPoolExecutor(len(addresses)) as readers:
        answers = list(readers.map(server.get, addresses))

    assert [answer.status for answer in answers] == [200] * len(addresses)


def test_check_imports_every_view():
    run_checks()

    patterns = list(late_patterns(get_resolver().url_patterns))
    assert len(patterns) > 40
    assert all(callable(pattern.callback) for pattern in patterns)


def test_view_that_is_not_there_is_found_by_the_check():
    pattern = late_views.path("", "letters.views.home.no_such_page", "home")

    with pytest.raises(ImportError):
        pattern.check()


def test_names_that_triggers_have_are_those_of_the_triggers():
    registry = pgtrigger.registry._registry
    triggers = list(registry.values())

    assert len(registry) > 100
    assert registry.pg_function_names == {trigger.get_pgid(model) for model, trigger in triggers}
    assert registry.by_db_table == {
        (model._meta.db_table, trigger.name): trigger for model, trigger in triggers
    }


def test_trigger_needs_a_name_of_its_own():
    model, trigger = next(iter(pgtrigger.registry._registry.values()))
    other = pgtrigger.Trigger(
        name=trigger.name, when=pgtrigger.Before, operation=pgtrigger.Delete, func="RETURN NULL;"
    )

    with pytest.raises(KeyError, match="already used"):
        other.register(model)
