"""Headers of every address, and what Mozilla's Observatory looks at.

As its scoring rules stand: https://developer.mozilla.org/observatory
"""

import re

import pytest
from django.urls import reverse

from tests.addresses import ADDRESSES, make_record
from tests.casefile.strict_headers import assert_strict, policy_of
from tests.desk import DeskClient, desk_addresses
from tests.factories import UserFactory
from tests.once import once_in_a_module

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]

LOADED = re.compile(
    r"<(?:(?:script|img)[^>]+src|link rel=\"(?:stylesheet|icon|preload)\"[^>]*? href)=\"([^\"]+)"
)
TELLING = ["Server", "X-Powered-By", "X-AspNet-Version", "X-Debug-Token", "X-Backend-Server"]
TEXTS = ("text/", "application/atom+xml", "application/xml")
DATA_FILES = (".csv", ".zip", ".atom", ".ics", ".json")

record = once_in_a_module(make_record)


@pytest.fixture(autouse=True)
def production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 63_072_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


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


@pytest.mark.parametrize(("name", "address"), ADDRESSES.items(), ids=ADDRESSES)
def test_observatory_finds_nothing_and_data_alone_is_for_any_site(client, name, address):
    is_data = name.startswith("api ") or address.endswith(DATA_FILES)

    response = client.get(address, secure=True)

    assert response.status_code == 200
    assert_strict(response)
    wanted = ("cross-origin", "*") if is_data else ("same-origin", None)
    got = response["Cross-Origin-Resource-Policy"], response.get("Access-Control-Allow-Origin")
    assert got == wanted
    assert_nothing_found(response)
    assert b"<!--" not in response.getvalue()


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_plain_http_leads_pages_to_https_and_is_refused_to_the_api(client, address):
    plain = client.get(address, secure=False)

    if re.match("/api/.", address):
        assert plain.status_code == 403
    else:
        assert (plain.status_code, plain.url) == (301, f"https://testserver{address}")


def test_answer_that_nothing_is_new_keeps_data_open(client):
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


def test_no_form_is_taken_without_its_token(record):
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


def test_sign_in_page_sets_no_cookie_but_that_of_its_form(client):
    response = client.get(reverse("admin:login"), secure=True)

    assert_nothing_found(response)
    assert set(response.cookies) == {"csrftoken"}
