"""The database is away, or gives up: whoever asks is told to ask again, wherever that was noticed.

What staff typed comes back to them: see test_versions. On real servers: see tests/soak.
"""

import io
import os
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.urls import path, reverse

from casefile import urls as site
from casefile.bundle.exporting import write_rows
from casefile.bundle.selection import Selection
from casefile.entries import Status
from casefile.timeouts import bound_requests
from letters.models import Letter, Official
from letters.record import RECORD
from tests.bundles import RECORD as BUNDLE
from tests.bundles import write_zip
from tests.desk import DeskClient, form_data, page
from tests.factories import LetterFactory, OfficialFactory, UserFactory
from tests.server import database_url

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


def idles(request):
    with transaction.atomic():
        Official.objects.first()
        time.sleep(0.5)
        return HttpResponse(Official.objects.count())


def writes_on_a_standby(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        OfficialFactory()


@transaction.atomic
def locks_both(request):
    """Lock two officials in an order that deadlocks with whoever locks them in the other."""
    for name in ("First", "Second"):
        Official.objects.select_for_update().get(name=name)
    return HttpResponse("Done.")


def loses_the_connection(request):
    request.session["noted"] = True
    end_connection()
    return HttpResponse("Done.")


def ends_the_connection(request):
    end_connection()
    return HttpResponse("Done.")


def cuts_the_connection(request):
    cut_connection()
    return HttpResponse("Done.")


def fails(request):
    raise ValueError


urlpatterns = [
    path("idles/", idles),
    path("writes/", writes_on_a_standby),
    path("locks/", locks_both),
    path("loses/", loses_the_connection),
    path("admin/ends/", ends_the_connection),
    path("admin/cuts/", cuts_the_connection),
    path("fails/", fails),
    *site.urlpatterns,
]
handler500 = site.handler500


def end_connection():
    """End the connection of this process, as an administrator of the database may."""
    with psycopg.connect(database_url()) as other:
        other.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
        )


def cut_connection():
    """Cut the connection of this process without a word, as a crash of the server does."""
    with socket.socket(fileno=os.dup(connection.connection.fileno())) as line:
        line.shutdown(socket.SHUT_RDWR)


@contextmanager
def lost_before(text):
    """Cut the connection once, before a query with a text."""
    cuts = []

    def cut(execute, sql, params, many, context):
        if text in sql and not cuts:
            cuts.append(sql)
            cut_connection()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(cut):
        yield
    assert cuts


@pytest.fixture(autouse=True)
def next_test_has_a_connection():
    yield
    connection.close()


@pytest.fixture
def staff():
    """Return the browser of an editor."""
    client = DeskClient(raise_request_exception=False)
    client.force_login(UserFactory(username="ada", group="Editors"))
    return client


def refused(response):
    """Return whether an answer says to ask again soon, in our own page."""
    return (
        response.status_code == 503
        and response["Retry-After"] == "10"
        and response["Cache-Control"] == "no-store"
        and b"Something went wrong on our side" in response.content
    )


def test_middleware_that_needs_the_database_says_when_to_ask_again(staff, monkeypatch):
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", 9)

    reader = staff.get("/letters/")
    action = staff.post(page(Letter, "changelist"), {"action": "publish"})
    signing_in = DeskClient(raise_request_exception=False).post(
        "/admin/login/", {"username": "ada", "password": "a long one"}
    )

    assert [refused(answer) for answer in (reader, action, signing_in)] == [True] * 3


def test_what_a_page_did_is_told_though_the_session_is_lost_afterwards(staff):
    answer = staff.get("/loses/")

    assert (answer.status_code, answer.content) == (200, b"Done.")


@pytest.mark.parametrize("losing", ["/admin/ends/", "/admin/cuts/"])
def test_connection_lost_after_a_page_of_the_desk_is_made_anew_for_the_next_reader(
    losing, staff, settings
):
    settings.KEEP_PAGES = True
    reader = DeskClient(raise_request_exception=False)

    assert staff.get(losing).content == b"Done."

    assert reader.get("/letters/").status_code == 200


@pytest.mark.parametrize("query", ["LOCK TABLE", "MERGE INTO", "SET CONSTRAINTS ALL IMMEDIATE"])
def test_import_that_loses_the_connection_keeps_the_upload_for_another_try(query, tmp_path):
    client = DeskClient(raise_request_exception=False)
    client.force_login(UserFactory(group="Administrators"))
    bundle = write_zip(tmp_path / "bundle.zip", BUNDLE).read_bytes()
    client.post(reverse("import_upload"), {"file": SimpleUploadedFile("bundle.zip", bundle)})
    agreed = {"_seen": client.get(reverse("import_preview")).context["seen"]}

    with lost_before(query):
        lost = client.post(reverse("import_apply"), agreed)

    assert refused(lost)
    assert not Letter.objects.exists()
    assert client.post(reverse("import_apply"), agreed).url == reverse("admin:index")
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("query", ["UPDATE", "SAVEPOINT", '"_check"'])
def test_form_that_loses_the_connection_comes_back_with_what_was_typed(query, staff):
    letter = LetterFactory(note="Before", status=Status.DRAFT)
    address = page(Letter, "change", letter.pk)
    data = form_data(staff.get(address))

    with lost_before(query):
        lost = staff.post(address, data | {"note": "Typed"})

    letter.refresh_from_db()
    assert (lost.status_code, lost["Retry-After"], letter.note) == (503, "10", "Before")
    assert ("note", "Typed") in lost.context["pairs"]


def test_export_that_loses_the_connection_says_that_the_database_is_away():
    Official.objects.exists()
    end_connection()

    with pytest.raises(OperationalError):
        write_rows(io.BytesIO(), RECORD[0], Selection(RECORD, None))

    connection.close()


def test_transaction_that_idles_is_ended(staff, settings):
    options = settings.DATABASES["default"]["OPTIONS"]
    before = options["options"]
    settings.READER_IDLE_TIMEOUT = "100ms"
    connection.close()
    bound_requests()
    try:
        assert refused(staff.get("/idles/"))
        assert staff.get("/letters/").status_code == 200
    finally:
        connection.close()
        options["options"] = before


def test_deadlock_ends_one_of_two_with_an_answer_and_lets_the_other_go_on(staff):
    first, second = OfficialFactory(name="First"), OfficialFactory(name="Second")
    lock = "SELECT 1 FROM letters_official WHERE id = %s FOR UPDATE"
    with psycopg.connect(database_url()) as other, ThreadPoolExecutor(1) as pool:
        other.execute("SET deadlock_timeout = '20s'")  # so that it isn't the one to be ended
        other.execute(lock, [second.pk])
        waits = []

        def lock_first(execute, sql, params, many, context):
            answer = execute(sql, params, many, context)
            if "FOR UPDATE" in sql and not waits:
                waits.append(pool.submit(other.execute, lock, [first.pk]))
            return answer

        with connection.execute_wrapper(lock_first):
            ended = staff.get("/locks/")

        assert waits[0].result(20).fetchone() == (1,)
        other.rollback()

    assert refused(ended)
    assert staff.get("/locks/").content == b"Done."


def test_server_that_has_become_a_standby_is_away(staff):
    assert refused(staff.get("/writes/"))


def test_other_mistakes_are_none_of_the_database(staff):
    assert staff.get("/fails/").status_code == 500
