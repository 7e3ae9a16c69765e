"""Headers of every answer, whatever its status."""

from contextlib import closing

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from casefile import urls as site
from tests.casefile.strict_headers import STRICT, assert_strict
from tests.factories import SourceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def broken(request):
    raise ZeroDivisionError


def away(request):
    raise OperationalError


def private(request):
    return HttpResponse(headers={"Cache-Control": "private, no-store"})


urlpatterns = [
    path("broken/", broken),
    path("away/", away),
    path("away.json", away),
    path("private.csv", private),
    *site.urlpatterns,
]


@pytest.fixture(autouse=True)
def production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


ANSWERS = {
    "a page": (200, "/", {}),
    "a missing slash": (301, "/letters", {}),
    "plain HTTP": (301, "/", {"secure": False}),
    "nothing new": (304, "/reports/letters.csv", {"HTTP_IF_NONE_MATCH": "*"}),
    "a bad parameter": (400, "/reports/letters.csv?as_of=never", {}),
    "a bad host": (400, "/", {"HTTP_HOST": "evil.example"}),
    "a bad host, over plain HTTP": (400, "/", {"HTTP_HOST": "evil.example", "secure": False}),
    "drafts": (403, "/reports/letters.csv?drafts=1", {}),
    "no page": (404, "/nothing/", {}),
    "no data": (404, "/nothing.csv", {}),
    "an error": (500, "/broken/", {}),
    "the database is away": (503, "/away/", {}),
    "data while it is away": (503, "/away.json", {}),
    "a stylesheet": (200, "/static/casefile.css", {}),
    "a hidden file": (404, "/.git/config", {}),
    "a folder": (404, "/static/", {}),
    "no file": (404, "/static/nothing.css", {}),
    "the page to sign in": (200, "/admin/login/", {}),
    "the desk": (302, "/admin/", {}),
    "health": (200, "/healthz", {}),
}


@pytest.mark.parametrize(("status", "address", "given"), ANSWERS.values(), ids=ANSWERS)
def test_every_status_has_the_strict_headers(status, address, given):
    client = Client(raise_request_exception=False)
    given = {"secure": True, **given}

    with closing(client.get(address, **given)) as response:
        assert response.status_code == status
        assert_strict(response, is_secure=given["secure"])


def test_locked_sign_in_has_the_strict_headers():
    client = Client()
    typed = {"username": "erin", "password": "wrong"}

    answers = [client.post("/admin/login/", typed, secure=True) for _ in range(10)]

    assert answers[-1].status_code == 429
    assert_strict(answers[-1])


def test_stored_file_has_headers_stricter_still(admin_client):
    source = SourceFactory(file=ContentFile(b"words", "page.html"))

    with closing(admin_client.get(source.file.url, secure=True)) as response:
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert {name: response[name] for name in STRICT} == STRICT


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "head", "trace"])
def test_every_method_has_the_strict_headers(method):
    response = getattr(Client(), method)("/letters/", secure=True)

    assert response.status_code == {"head": 200}.get(method, 405)
    assert_strict(response)


@pytest.mark.parametrize("address", ["/private.csv", "/static/casefile.css", "/admin/nothing.json"])
def test_private_answers_are_for_this_site_alone(client, address):
    with closing(client.get(address, secure=True)) as response:
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in response
