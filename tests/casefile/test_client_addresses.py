"""Where a request comes from: no client chooses the answer."""

import http.client
import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing

import pytest
from django.test import RequestFactory

from casefile.models import SignInEvent
from casefile.signing_in.addresses import client_address
from tests.server import Answer, running

CASES = {
    "no proxy": (0, "192.0.2.1", "203.0.113.9", "192.0.2.1"),
    "one proxy": (1, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
    "one proxy, and what the client wrote": (1, "10.0.0.1", "1.1.1.1, 203.0.113.9", "203.0.113.9"),
    "two proxies": (2, "10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
    "fewer entries than proxies": (2, "10.0.0.1", "203.0.113.9", "10.0.0.1"),
    "no address": (1, "10.0.0.1", "unknown", "10.0.0.1"),
    "nothing noted": (1, "10.0.0.1", "", "10.0.0.1"),
    "a neighbour in an IPv6 network": (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
    "IPv4 as IPv6": (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
    "a socket": (0, "", "203.0.113.9", None),
}


@pytest.mark.parametrize(("proxies", "remote", "noted", "address"), CASES.values(), ids=CASES)
def test_address(settings, proxies, remote, noted, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=noted)

    assert client_address(request) == address


def spellings(name):
    """Return twelve ways to write the name of a header, which a server may take for one."""
    x, forwarded, what = name.split("-")
    joined = [f"{x}{a}{forwarded}{b}{what}" for a in "-_" for b in "-_"]
    return [case(one) for one in joined for case in (str, str.lower, str.upper)]


SPELLINGS = [
    *spellings("X-Forwarded-For"),
    "HTTP-X-Forwarded-For",
    "X-Real-IP",
    "Forwarded",
    "True-Client-IP",
    "Remote-Addr",
    "REMOTE_ADDR",
]


def fail_to_sign_in(server, **headers):
    """Give a wrong password to the real server, as a browser does."""
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(cookies)
    address = f"http://127.0.0.1:{server.port}/admin/login/"
    with browser.open(address, timeout=20) as response:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', response.read().decode())[1]
    data = {"username": "erin", "password": "wrong", "csrfmiddlewaretoken": token}
    request = urllib.request.Request(address, urllib.parse.urlencode(data).encode(), headers)
    try:
        browser.open(request, timeout=20).close()
    except urllib.error.HTTPError as error:
        error.close()


@pytest.mark.django_db(transaction=True)
def test_no_spelling_of_a_header_changes_the_address_on_the_real_server():
    with running() as server:
        for spelling in SPELLINGS:
            fail_to_sign_in(server, **{spelling: "203.0.113.9"})

    kept = list(SignInEvent.objects.order_by("pk").values_list("kind", "address"))
    assert kept == [("failed", "127.0.0.1")] * 10 + [("locked", "127.0.0.1")]


@pytest.mark.django_db(transaction=True)
def test_proxy_is_believed_where_there_is_one():
    with running(TRUSTED_PROXIES="1") as server:
        fail_to_sign_in(server, **{"X-Forwarded-For": "1.1.1.1, 203.0.113.9"})

    assert SignInEvent.objects.get().address == "203.0.113.9"


PRODUCTION = {
    "CASEFILE_ENV": "production",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "127.0.0.1",
    "SECURE_SSL_REDIRECT": "no",
}
PROTOCOL = [
    *spellings("X-Forwarded-Proto"),
    "X-Forwarded-Protocol",
    "X-Forwarded-Ssl",
    "Front-End-Https",
]
HOSTS = [*spellings("X-Forwarded-Host"), "X-Host", "X-Forwarded-Server"]


def all_twice(server, headers):
    """Ask for robots.txt with all of some headers, each of them twice."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.putrequest("GET", "/robots.txt")
    for name, value in [*headers.items()] * 2:
        connection.putheader(name, value)
    connection.endheaders()
    with closing(connection), connection.getresponse() as response:
        return Answer(response.status, response.headers, "", response.read())


@pytest.mark.django_db(transaction=True)
def test_no_header_makes_a_request_secure_or_changes_its_host_on_the_real_server():
    with running(**PRODUCTION) as server:
        answers = [server.get("/robots.txt", **{name: "https"}) for name in PROTOCOL]
        answers += [server.get("/robots.txt", **{name: "evil.example"}) for name in HOSTS]
        twice = all_twice(server, dict.fromkeys(PROTOCOL, "https") | dict.fromkeys(HOSTS, "evil"))
    with running(**PRODUCTION, TRUSTED_PROXIES="1") as server:
        behind = server.get("/robots.txt", **{"X-Forwarded-Proto": "https"})

    # This header is set on secure requests alone.
    assert len(answers) == 29
    assert {answer.headers["Strict-Transport-Security"] for answer in answers} == {None}
    assert twice.status == 200
    assert twice.headers["Strict-Transport-Security"] is None
    assert b"evil" not in twice.body
    assert all(answer.status == 200 and b"evil" not in answer.body for answer in answers)
    assert behind.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "." not in answers[0].headers.get("Server", "")
