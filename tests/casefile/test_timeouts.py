"""A long lock or a slow query costs a reader some seconds and a page that says so."""

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from casefile import urls as site
from casefile.timeouts import bound_requests
from tests.addresses import make_record
from tests.desk import DeskClient
from tests.server import database_url, running

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


def sleeps(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(30)")


def bounds(request):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"
        )
        return HttpResponse(" ".join(cursor.fetchone()))


urlpatterns = [
    path("sleeps/", sleeps),
    path("api/sleeps", sleeps),
    path("admin/sleeps/", sleeps),
    path("admin/bounds/", bounds),
    path("bounds/", bounds),
    *site.urlpatterns,
]


@pytest.fixture
def served(settings):
    """Let this process's connection be as those of what serves the site."""
    options = settings.DATABASES["default"]["OPTIONS"]
    before = options["options"]
    settings.READER_TIMEOUT, settings.DESK_TIMEOUT = "200ms", "400ms"
    connection.close()
    bound_requests()
    yield
    connection.close()
    options["options"] = before


def test_locked_table_costs_readers_a_page_that_says_when_to_ask_again():
    with transaction.atomic():
        make_record()
    addresses = ["/letters/", "/es/letters/", "/api/letters", "/reports/letters.csv"]
    with running() as server, psycopg.connect(database_url()) as other:
        other.execute("LOCK TABLE letters_letter, casefile_revision IN ACCESS EXCLUSIVE MODE")

        # As long as the lock is held: without a bound these would not come back.
        for address in addresses:
            answer = server.get(address)
            assert (answer.status, answer.headers["Retry-After"]) == (503, "10"), address
            assert answer.headers["Cache-Control"] == "no-store"
        assert server.get("/healthz?deep").status == 200
        other.rollback()

        assert [server.get(address).status for address in addresses] == [200] * 4


def test_slow_query_is_ended(served):
    reader = Client()

    page, data = reader.get("/sleeps/"), reader.get("/api/sleeps")

    assert page.status_code == data.status_code == 503
    assert b"Something went wrong on our side" in page.content
    assert "Please ask again" in data.json()["problem"]
    assert reader.get("/bounds/").content == b"200ms 1s"


def test_desk_has_longer_bounds_for_its_own_requests_alone(served):
    desk = DeskClient()
    desk.force_login(get_user_model().objects.create_superuser("admin"))

    assert desk.get("/admin/bounds/").content == b"400ms 5s"
    assert desk.get("/bounds/").content == b"200ms 1s"
    assert desk.get("/admin/sleeps/").status_code == 503
    assert desk.get("/bounds/").content == b"200ms 1s"
