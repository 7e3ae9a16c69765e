"""Headers of every answer, whatever its status, and what Mozilla's Observatory looks at."""

import re
from contextlib import closing

import pytest
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from casefile import urls as site
from casefile.headers import PERMISSIONS
from tests.addresses import ADDRESSES, make_record
from tests.desk import DeskClient, desk_addresses
from tests.factories import SourceFactory, UserFactory

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

STRICT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
}
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "object-src": ["'none'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
LOADED = re.compile(
    r"<(?:(?:script|img)[^>]+src|link rel=\"(?:stylesheet|icon|preload)\"[^>]*? href)=\"([^\"]+)"
)
TELLING = ["Server", "X-Powered-By", "X-AspNet-Version", "X-Debug-Token", "X-Backend-Server"]
TEXTS = ("text/", "application/atom+xml", "application/xml")
DATA_FILES = (".csv", ".zip", ".atom", ".ics", ".json")


@pytest.fixture(autouse=True)
def production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


def policy_of(response):
    directives = response["Content-Security-Policy"].split(";")
    return {name: values for name, *values in (one.split() for one in directives)}


def assert_strict(response, *, is_secure=True):
    expected = dict(STRICT)
    if not is_secure:
        del expected["Strict-Transport-Security"]
    assert {name: response.get(name) for name in expected} == expected
    assert policy_of(response) == POLICY


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


@pytest.mark.parametrize(("name", "address"), ADDRESSES.items(), ids=ADDRESSES)
def test_public_data_is_for_any_site_and_pages_for_this_one(client, name, address):
    make_record()
    is_data = name.startswith("api ") or address.endswith(DATA_FILES)

    response = client.get(address, secure=True)

    assert response.status_code == 200
    assert_strict(response)
    wanted = ("cross-origin", "*") if is_data else ("same-origin", None)
    got = response["Cross-Origin-Resource-Policy"], response.get("Access-Control-Allow-Origin")
    assert got == wanted


@pytest.mark.parametrize("address", ["/private.csv", "/static/casefile.css", "/admin/nothing.json"])
def test_private_answers_are_for_this_site_alone(client, address):
    with closing(client.get(address, secure=True)) as response:
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in response


def test_answer_that_nothing_is_new_keeps_data_open(client):
    make_record()
    first = client.get("/reports/letters.csv", secure=True)

    again = client.get("/reports/letters.csv", secure=True, HTTP_IF_NONE_MATCH=first["ETag"])

    assert again.status_code == 304
    assert again["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert again["Access-Control-Allow-Origin"] == "*"


def test_every_page_of_the_desk_has_the_strict_headers_and_is_kept_by_nobody():
    client = DeskClient()
    client.force_login(UserFactory(is_superuser=True))

    graded = 0

    for name, address in desk_addresses().items():
        response = client.get(address, secure=True)
        assert_strict(response)
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        # The words of the admin's own scripts are the same for everybody.
        if response.status_code == 200 and name != "jsi18n":
            assert "no-store" in response["Cache-Control"], name
            assert_nothing_found(response)
            assert 'action="/admin/logout/"' in response.content.decode(), name
            graded += 1
    assert graded >= 15


def test_no_form_is_taken_without_its_token():
    record = make_record()
    client = DeskClient(enforce_csrf_checks=True)
    client.force_login(UserFactory(is_superuser=True))
    addresses = {**ADDRESSES, **desk_addresses()}

    taken = {
        name
        for name, address in addresses.items()
        if client.post(
            address, secure=True, HTTP_REFERER=f"https://testserver{address}"
        ).status_code
        not in (403, 405)
    }

    assert taken == {"report_check"}  # it changes nothing
    record.refresh_from_db()


# What the Observatory grades, as its scoring rules stand: https://developer.mozilla.org/observatory


def assert_nothing_found(response):
    """Check an answer, and what it loads, as the Observatory and passive scanners do."""
    body = response.getvalue().decode(errors="replace")
    is_page = response["Content-Type"].startswith("text/html")
    policy = policy_of(response)
    values = {value for values in policy.values() for value in values}
    assert policy["default-src"] == ["'none'"]  # with no unsafe source and no scheme but data:
    assert not values & {"'unsafe-inline'", "'unsafe-eval'", "https:", "http:", "*"}
    for name in ("base-uri", "form-action", "frame-ancestors"):
        assert name in policy
    for cookie in response.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"]
    if is_page:
        assert "Access-Control-Allow-Origin" not in response
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert int(re.search(r"max-age=(\d+)", response["Strict-Transport-Security"])[1]) >= 15_768_000
    loaded = LOADED.findall(body)
    assert not is_page or loaded
    assert not is_page or all(address.startswith(("/", "data:")) for address in loaded)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert policy["frame-ancestors"] == ["'none'"]
    assert response["Cross-Origin-Resource-Policy"] in ("same-origin", "cross-origin")
    assert not set(TELLING) & set(response.headers)
    if response["Content-Type"].startswith(TEXTS):
        assert "charset=utf-8" in response["Content-Type"]


@pytest.mark.parametrize("address", [*ADDRESSES.values(), "/admin/login/"])
def test_observatory_finds_nothing(client, address):
    make_record()

    response = client.get(address, secure=True)
    plain = client.get(address, secure=False)

    assert_nothing_found(response)
    assert address.startswith("/admin/") or b"<!--" not in response.getvalue()
    if re.match("/api/.", address):
        assert plain.status_code == 403
    else:
        assert (plain.status_code, plain.url) == (301, f"https://testserver{address}")


def test_sign_in_page_sets_no_cookie_but_that_of_its_form(client):
    response = client.get(reverse("admin:login"), secure=True)

    assert set(response.cookies) == {"csrftoken"}
