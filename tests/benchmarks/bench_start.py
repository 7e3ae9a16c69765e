"""From starting the server to its first whole answer, beside an empty Django project's.

The empty one is what ``django-admin startproject`` makes, its admin included, with DEBUG off, on
the same database. It answers its sign-in page to a reader with an old session: one query. Ours
answers the home page of the founding record, as in production. Both run on the same server with the
same options, one worker, with compiled bytecode, and take turns; the medians are compared.

The aim is 1.5 times the empty project's seconds. Not every run reaches it: it is not asserted.
"""

import statistics
import time

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection

from letters.management.commands.demo import FOUNDING_RECORD
from tests.production import in_production
from tests.server import database_url, running

RUNS = 9
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


def seconds_until_answer(first, headers, **server):
    """Start a server, ask it at once, and return how long its first whole answer took."""
    began = time.perf_counter()
    server |= {"PYTHONDONTWRITEBYTECODE": ""}
    with running(first=first, headers=headers, **server):
        return time.perf_counter() - began


def test_first_answer_beside_an_empty_project(site, empty_project, capsys):
    get_user_model().objects.create_superuser("publisher")
    call_command("load_record", str(FOUNDING_RECORD), publish_as="publisher", verbosity=0)
    ways = {
        "empty project": ("/admin/login/", {"Cookie": OLD_SESSION}, empty_project),
        "site": ("/", {}, site),
    }
    took = {name: [] for name in ways}
    for name, (path, headers, server) in [*ways.items()] * (1 + RUNS):
        took[name].append(seconds_until_answer(path, headers, **server))

    medians = {name: statistics.median(of[1:]) for name, of in took.items()}  # the first: bytecode
    ratio = medians["site"] / medians["empty project"]
    with capsys.disabled():
        print(f"\n{'':16} {'seconds until the first answer':>32}")
        for name, seconds in medians.items():
            print(f"{name:16} {seconds:32.2f}   {min(took[name]):.2f} - {max(took[name]):.2f}")
        print(f"{'site of empty':16} {ratio:32.2f}")
