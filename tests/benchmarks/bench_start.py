"""From starting the server to its first whole answer, beside an empty Django project's.

The empty one is what ``django-admin startproject`` makes, its admin included, with DEBUG off, on
the same database. What is asked first is of two kinds: a sign of life, for which the empty project
has a view of one line, and a page. The empty project's is the page to sign in, for a reader with an
old session: one query. Ours is the home page of the founding record, as in production: twelve. All
run on the same server with the same options, one worker, with compiled bytecode, and take turns;
the medians are compared, of seconds and of the processor's, which a busy machine doesn't stretch.

The aim is 1.5 times what the empty project takes; of the sign of life it is asserted. The home page
is about there: PostgreSQL plans its queries for the first time.
"""

import os
import statistics
import time
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

from letters.management.commands.demo import FOUNDING_RECORD
from tests.production import in_production
from tests.server import database_url, running

RUNS = 12
LIMIT = 1.5  # times what an empty project takes
OLD_SESSION = "sessionid=0123456789abcdefghijklmnopqrstuv"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def empty_project(tmp_path):
    """How to run a new project of Django's on the tests' database."""
    call_command("startproject", "empty", tmp_path)
    fields = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {field: connection.settings_dict[field] for field in fields}
    with (tmp_path / "empty" / "settings.py").open("a") as file:
        file.write(f"DEBUG = False\nALLOWED_HOSTS = ['*']\nDATABASES = {{'default': {database}}}\n")
    with (tmp_path / "empty" / "urls.py").open("a") as file:
        file.write("from django.http import HttpResponse\n")
        file.write("urlpatterns += [path('healthz', lambda request: HttpResponse('ok\\n'))]\n")
    return {
        "application": "empty.wsgi:application",
        "PYTHONPATH": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "empty.settings",
    }


@pytest.fixture
def site(tmp_path):
    """How to run the site as in production, its static files collected."""
    environment = {
        "CASEFILE_ENV": "production",
        "SECRET_KEY": "x" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "no",
        "STATIC_ROOT": str(tmp_path / "static"),
        "DATABASE_URL": database_url(),
    }
    collected = in_production("manage.py", "collectstatic", "--no-input", **environment)
    assert collected.returncode == 0, collected.stderr
    return environment


def until_answer(first, headers, **server):
    """Start a server, and ask it at once: return the seconds, and the processor's, that it took."""
    began = time.perf_counter()
    server |= {"PYTHONDONTWRITEBYTECODE": ""}
    with running(first=first, headers=headers, **server) as started:
        took = time.perf_counter() - began
        return took, sum(map(processor_seconds, [started.process.pid, *started.workers]))


def processor_seconds(pid):
    """Return how long a process has had the processor, itself and the kernel for it."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_first_answer_beside_an_empty_project(site, empty_project, capsys):
    get_user_model().objects.create_superuser("publisher")
    call_command("load_record", str(FOUNDING_RECORD), publish_as="publisher", verbosity=0)
    kinds = {
        "sign of life": [("/healthz", {}, empty_project), ("/healthz", {}, site)],
        "page": [("/admin/login/", {"Cookie": OLD_SESSION}, empty_project), ("/", {}, site)],
    }
    took = {kind: ([], []) for kind in kinds}
    for _ in range(1 + RUNS):  # the first: bytecode
        for kind, ways in kinds.items():
            for of_way, (path, headers, server) in zip(took[kind], ways, strict=True):
                of_way.append(until_answer(path, headers, **server))

    times = {}
    with capsys.disabled():
        print(f"\n{'until the first':16} {'seconds':>24} {'of the processor':>24} {'times':>12}")
        for kind, of_ways in took.items():
            empty, ours = (
                [statistics.median(of) for of in zip(*of_way[1:], strict=True)]
                for of_way in of_ways
            )
            ratios = times[kind] = [mine / its for mine, its in zip(ours, empty, strict=True)]
            figures = [f"{its:.2f} and {mine:.2f}" for its, mine in zip(empty, ours, strict=True)]
            shown = " ".join(f"{ratio:.2f}" for ratio in ratios)
            print(f"{kind:16} {figures[0]:>24} {figures[1]:>24} {shown:>12}")
    assert max(times["sign of life"]) <= LIMIT
