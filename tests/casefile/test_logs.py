"""Each line of the log is one JSON object, names its request, and tells nobody's secrets."""

import io
import json
import logging
from concurrent.futures import ThreadPoolExecutor

import pghistory
import pytest
from django.db import IntegrityError, connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from casefile import slow_queries
from casefile import urls as site
from casefile.logs import JsonLines
from casefile.models import Source
from casefile.request_ids import current_request_id
from tests.addresses import make_record
from tests.factories import JurisdictionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

SECRET = "correct-horse-battery"


@csrf_exempt
def broken(request):
    raise ValueError(f"{request.POST} {request.COOKIES} {request.headers}")


@csrf_exempt
def refused(request):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO jurisdictions_jurisdiction SELECT * FROM jurisdictions_jurisdiction"
            " WHERE name = %s",
            [SECRET],
        )


@csrf_exempt
def slow(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.05), %s", [SECRET])
    return HttpResponse("slow")


urlpatterns = [
    path("broken/", broken),
    path("refused/", refused),
    path("slow/", slow),
    *site.urlpatterns,
]


@pytest.fixture
def log():
    """What production would write, as text."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    yield text
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def reader():
    """A client to whom a mistake is a page, as it is to readers."""
    return Client(raise_request_exception=False)


def lines(log):
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_each_request_has_a_name_of_its_own_in_its_answer_and_its_lines(reader, log):
    first = reader.get("/none/", headers={"X-Request-ID": "mine"})
    second = reader.get("/letters/%00/", headers={"X-Request-ID": "mine"})

    names = [answer["X-Request-ID"] for answer in (first, second)]
    assert len({"mine", *names}) == 3
    assert [line["request"] for line in lines(log)] == names
    assert [line["status_code"] for line in lines(log)] == [404, 400]
    assert current_request_id() == ""


def test_kept_page_has_the_name_of_who_asks(client, settings):
    settings.KEEP_PAGES = True
    make_record()

    first, second = client.get("/letters/"), client.get("/letters/")
    unchanged = client.get("/letters/", headers={"If-None-Match": first["ETag"]})

    assert second.content == first.content
    assert unchanged.status_code == 304
    assert len({answer["X-Request-ID"] for answer in (first, second, unchanged)}) == 3


def test_line_cannot_be_split(log):
    logging.getLogger("x").warning("a\nb\r\x1b[31m\u2028\x85%s", "\n{}")

    assert len(log.getvalue().splitlines()) == 1
    assert log.getvalue().isascii()


@pytest.mark.parametrize("end", ["%0a", "%0d", "%1b[31m", "%e2%80%a8", "%c2%85", "%e2%80%ae"])
def test_address_cannot_split_or_colour_a_line(reader, log, end):
    status = reader.get(f'/none/{end}{{"level":"INFO"}}/').status_code

    assert status in (400, 404)
    [line] = lines(log)
    assert line["status_code"] == status
    assert log.getvalue().isascii()


def test_errors_tell_where_and_no_secret(reader, log):
    JurisdictionFactory(name=SECRET)
    reader.cookies["sessionid"] = SECRET
    for address in ("/broken/", "/refused/"):
        answer = reader.post(
            f"{address}?token={SECRET}", {"text": SECRET}, headers={"Authorization": SECRET}
        )
        assert answer.status_code == 500

    assert SECRET not in log.getvalue()
    first, second = (line["error"] for line in lines(log))
    assert first[0]["type"] == "builtins.ValueError"
    assert first[0]["at"][-1].endswith(" broken")
    assert second[0]["type"].endswith(IntegrityError.__name__)
    assert (second[1]["sqlstate"], second[1]["table_name"]) == (
        "23505",
        "jurisdictions_jurisdiction",
    )


@pytest.mark.django_db(transaction=True)
def test_connection_that_is_made_while_history_is_told_of_a_request_serves_the_next_one():
    def asks():
        try:
            with pghistory.context(url="/admin/"):
                Source.objects.exists()  # the first query of this thread
            return [Source.objects.exists(), slow_queries.timed in connection.execute_wrappers]
        finally:
            connection.close()

    with ThreadPoolExecutor() as threads:
        assert threads.submit(asks).result() == [False, True]


def test_slow_query_is_logged_without_its_values(reader, log, settings):
    settings.SLOW_QUERY_SECONDS = 0.05

    reader.get("/slow/")

    (line,) = [line for line in lines(log) if "pg_sleep" in line.get("sql", "")]
    assert line["sql"] == "SELECT pg_sleep(0.05), %s"
    assert line["seconds"] >= 0.05
    assert line["request"]
    assert SECRET not in log.getvalue()
