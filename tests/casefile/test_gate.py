"""The gate: what no page can make sense of gets a sentence, and every question its one address."""

import itertools
import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory
from django.urls import reverse

from casefile.gate import CharsetGate
from casefile.models import Source
from tests.addresses import make_record

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def reader():
    """A client that follows no redirect."""
    return Client()


def refused(response, sentence, status=400):
    page = response.content.decode()
    return (response.status_code, sentence in page, response["Cache-Control"]) == (
        status,
        True,
        "no-store",
    )


# What is refused: without a database, as these tests are not allowed one.


@pytest.mark.parametrize("address", ["/letters/", "/healthz", "/nowhere/", "/admin/", "/static/x"])
@pytest.mark.parametrize("query", ["q=%00", "q=a%01", "q=a%0d%0aSet-Cookie:x=1", "%00=1", "q=%7F"])
def test_control_character_in_a_query_is_refused(reader, address, query):
    assert refused(reader.get(f"{address}?{query}"), "has a control character")


@pytest.mark.parametrize("path", ["/letters/%00/", "/%0a", "/admin/letters/letter/%00/change/"])
def test_control_character_in_a_path_is_refused(reader, path):
    assert refused(reader.get(path), "has a control character")


@pytest.mark.parametrize("text", ["%E9", "%C0%AE", "%ED%A0%80", "%F4%90%80%80", "%E2%82"])
def test_what_is_no_utf8_is_refused(reader, text):
    assert refused(reader.get(f"/letters/{text}/"), "no text in UTF-8")
    assert refused(reader.get(f"/letters/?q={text}"), "no text in UTF-8")
    assert refused(reader.get(f"/letters/?{text}=1"), "no text in UTF-8")


@pytest.mark.django_db  # a request that ends looks after its connections
@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("text/plain; charset=hex", "400 Bad Request"),
        ("application/x-www-form-urlencoded; charset=utf-16", "400 Bad Request"),
        ("text/plain; charset=nothing", "400 Bad Request"),
        ("text/plain; charset=a\x00b", "400 Bad Request"),
        ('text/plain; charset="UTF8"', "200 OK"),
        ("text/plain", "200 OK"),
        ("", "200 OK"),
    ],
)
def test_other_character_set_is_refused_with_the_strict_headers(content_type, status):
    answered = []
    environ = RequestFactory().get("/healthz").environ | {"CONTENT_TYPE": content_type}

    body = CharsetGate(WSGIHandler())(
        environ, lambda status, headers: answered.append((status, dict(headers)))
    )

    [(answer, headers)] = answered
    assert answer == status
    assert ("Requests are written in UTF-8" in b"".join(body).decode()) == (status != "200 OK")
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_address_has_a_bound(reader):
    sentence = "The address is too long: at most 2000 bytes."

    assert refused(reader.get(f"/healthz?q={'x' * 1999}"), sentence, 414)
    assert refused(reader.get(f"/{'x' * 2000}"), sentence, 414)
    assert reader.get(f"/healthz?q={'x' * 1998}").status_code == 400


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO"])
def test_method_that_no_page_knows_is_refused(reader, method):
    response = reader.generic(method, "/admin/")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_refusal_has_the_strict_headers_and_shows_nothing_of_the_address(reader):
    response = reader.get("/letters/<svg onload>/?q=%00<svg onload>")

    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert "svg onload" not in response.content.decode()
    assert not response.cookies


def test_refusal_of_the_interface_is_json(reader):
    response = reader.get("/api/letters/?q=%00")

    assert (response.status_code, list(response.json())) == (400, ["problem"])


def test_more_fields_than_django_takes_are_refused(reader):
    assert refused(reader.get(f"/letters/?{'&' * 1001}"), "more than can be understood")


# Forms


@pytest.mark.django_db  # the desk's bound on queries is set before its forms are read
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"username=a%00b", "the field “username” has a control character (U+0000)"),
        (b"username=a%0Bb", "the field “username” has a control character (U+000B)"),
        (b"a%0Ab=1", "The name of a field has a control character"),
        (b"username=%ED%A0%80", "no text in UTF-8"),
        (b"username=\xff", "no text in UTF-8"),
    ],
    ids=str,
)
def test_form_with_what_is_no_text_is_refused(reader, body, sentence):
    response = reader.post("/admin/login/", body, content_type=FORM)

    assert refused(response, sentence)


@pytest.mark.django_db
def test_lines_and_tabs_of_a_form_are_kept(admin_client):
    text = "One\r\n\ttwo"

    admin_client.post(
        reverse("admin:casefile_source_add"),
        {"key": "a-source", "kind": "news_report", "title": "A report", "text": text},
    )

    assert Source.objects.get().text.split() == ["One", "two"]


@pytest.mark.django_db
def test_field_of_a_file_with_a_control_character_is_refused(reader):
    response = reader.post("/admin/login/", {"a\x01": SimpleUploadedFile("a.pdf", b"x")})

    assert refused(response, "The name of a field has a control character")


def test_api_is_not_answered_without_tls_and_pages_lead_there(reader, settings):
    settings.SECURE_SSL_REDIRECT = True

    for address in ("/api/letters", "/api/none-such", "/api/openapi.json"):
        answer = reader.get(address)
        assert (answer.status_code, answer.json()["problem"].startswith("Ask with https://")) == (
            403,
            True,
        )
    for address in ("/api/", "/letters/", "/reports/letters.csv"):
        assert reader.get(address).url == f"https://testserver{address}"


# What a page takes


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("/letters/?stat=overdue", "This page has no filter named stat. Did you mean state?"),
        ("/letters/?usps=IL&usps=WA", "usps is given more than once. Give one value."),
        ("/letters/the-letter/?q=Chicago", "This page has no filter named q. Known: as_of."),
        ("/reports/letters/?zzz=1", "This report has no filter named zzz."),
        ("/healthz?a=1&b=2", "This page has no filter named b."),
        ("/letters/?<svg onload>=1", "no filter named &lt;svg onload&gt;."),
    ],
)
def test_name_that_a_page_does_not_take_is_refused_with_what_would_be_right(
    reader, asked, sentence
):
    assert refused(reader.get(asked), sentence)


# The one address


@pytest.mark.parametrize(
    ("asked", "one"),
    [
        ("/letters/?usps=IL&state=overdue", "/letters/?state=overdue&usps=IL"),
        ("/letters/?usps=IL&state=&page=1&sort=newest", "/letters/?usps=IL"),
        ("/letters/?page=007&sort=deadline", "/letters/?page=7&sort=deadline"),
        ("/letters/?page=1", "/letters/"),
        ("/letters/?page=none", "/letters/"),
        ("/letters/?page=-1", "/letters/"),
        ("/letters/?q=+new%20york+", "/letters/?q=new+york"),
        ("/letters/?usps=IL&usps=", "/letters/?usps=IL"),
        ("/letters/?utm_source=a&fbclid=b", "/letters/"),
        ("/letters/?&&", "/letters/"),
        ("/timeline/?year=%D9%A2%D9%A0%D9%A1%D9%A8", "/timeline/?year=2018"),
        ("/reports/letters.csv?sort=oldest&usps=IL&raw=0", "/reports/letters.csv?usps=IL"),
        ("/letters/?q=%6Eew", "/letters/?q=new"),
    ],
)
def test_other_ways_of_asking_lead_to_the_one_address(reader, asked, one):
    response, head = reader.get(asked), reader.head(asked)

    assert (response.status_code, response.url) == (301, one)
    assert (head.status_code, head.url) == (301, one)
    assert "max-age=3600" in response["Cache-Control"]


def test_thousand_orders_of_one_question_have_one_address(reader):
    asked = ["state=overdue", "usps=IL", "q=new+york", "as_of=2018-03-01", "round=a", "exposure="]
    orders = random.Random(7).sample(list(itertools.permutations([*asked, "page=1"])), 1000)

    addresses = {reader.get(f"/letters/?{'&'.join(order)}").url for order in orders}

    assert addresses == {"/letters/?as_of=2018-03-01&q=new+york&round=a&state=overdue&usps=IL"}


@pytest.mark.django_db
def test_one_address_is_answered_where_it_is(reader):
    make_record()

    for asked in ("/letters/", "/letters/?page=2", "/letters/?state=overdue&usps=IL"):
        assert reader.get(asked).status_code == 200


@pytest.mark.django_db
def test_desk_keeps_its_addresses_as_they_are(admin_client):
    asked = "/admin/letters/letter/?q=b&o=1&all="

    assert admin_client.get(asked).status_code == 200


def test_form_with_fewer_fields_than_rows_is_refused(admin_client):
    here = "/admin/letters/round/add/"
    sentence = "have as many rows as it says"

    for count in ("1000000000", "0009", "9" * 5_000, "-1", " -01 "):
        form = {"items-TOTAL_FORMS": count, "items-INITIAL_FORMS": "0"}
        assert refused(admin_client.post(here, form), sentence)
    assert admin_client.post(here, form | {"items-TOTAL_FORMS": "2"}).status_code == 200
