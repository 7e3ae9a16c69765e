"""The language of a page: its address decides, and leads to the same page in the other one."""

import re
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils.translation import override

from letters.models import Letter
from tests.addresses import ADDRESSES, PAGES, make_record

pytestmark = pytest.mark.django_db

FILES = {name: address for name, address in ADDRESSES.items() if name not in PAGES}


def spanish(address):
    return f"/es{address}"


def alternates(page):
    return dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', page))


def test_every_page_stands_at_an_address_of_each_language(client):
    make_record()

    for address in PAGES.values():
        for language, here in (("en", address), ("es", spanish(address))):
            response = client.get(here)

            page = response.content.decode()
            assert response.status_code == 200, here
            assert f'<html lang="{language}">' in page, here
            assert response["Content-Language"] == language, here
            assert "Vary" not in response, here
            assert alternates(page) == {
                "en": f"http://localhost:8000{address}",
                "es": f"http://localhost:8000{spanish(address)}",
            }, here
            assert f'<link rel="canonical" href="http://localhost:8000{here}">' in page, here


def test_file_has_one_address_and_one_language(client):
    make_record()

    for address in FILES.values():
        assert client.get(address)["Content-Language"] == "en", address
        assert client.get(spanish(address)).status_code == 404, address


@pytest.mark.parametrize("address", ["/letters/", "/es/letters/"])
def test_language_is_not_what_the_reader_brings(client, address):
    make_record()
    plain = client.get(address)

    client.cookies["django_language"] = "es" if plain["Content-Language"] == "en" else "en"
    asked = client.get(address, headers={"Accept-Language": "es, fr;q=0.9"})

    assert asked.content == plain.content


def test_other_language_shows_the_same_question(client):
    make_record()

    english = client.get("/letters/?as_of=2018-03-01&state=overdue").content.decode()
    spanish = client.get("/es/letters/?as_of=2018-03-01&state=overdue").content.decode()

    there = '<a href="/es/letters/?as_of=2018-03-01&amp;state=overdue" lang="es" hreflang="es">'
    back = '<a href="/letters/?as_of=2018-03-01&amp;state=overdue" lang="en" hreflang="en">'
    assert f"{there}Español</a>" in english
    assert f"{back}English</a>" in spanish
    assert alternates(spanish)["en"] == "http://localhost:8000/letters/?as_of=2018-03-01"


def test_links_of_a_page_lead_to_pages_in_its_language_and_to_files(client):
    make_record()
    files = (".csv", ".csv-metadata.json", ".atom", ".ics", ".zip")

    for address in PAGES.values():
        page = client.get(spanish(address)).content.decode()

        found = {urlsplit(href).path for href in re.findall(r'(?:href|action)="(/[^"#]*)', page)}
        found = {path for path in found if not path.startswith(("/static/", "/admin/", "/api/"))}
        elsewhere = {path for path in found if not path.startswith("/es/")}
        assert all(path == address or path.endswith(files) for path in elsewhere), address
        with override("es"):
            assert all(resolve(path) for path in found - elsewhere), address


def test_record_has_its_english_address_where_no_page_asks():
    letter = make_record()

    assert Letter.objects.get(pk=letter.pk).get_absolute_url() == "/letters/the-letter/"


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [("/es", "/es/"), ("/es/letters", "/es/letters/"), ("/letters", "/letters/")],
)
def test_address_without_its_last_slash_leads_to_the_page_in_the_same_language(
    client, address, leads_to
):
    response = client.get(address)

    assert (response.status_code, response["Location"]) == (301, leads_to)


@pytest.mark.parametrize("address", ["/es/none-such/", "/es/letters/?as_of=tomorrow"])
def test_error_is_told_in_the_language_of_its_address(client, address):
    response = client.get(address)

    assert response.status_code in (400, 404)
    assert response["Content-Language"] == "es"
    assert '<html lang="es">' in response.content.decode()


@pytest.mark.parametrize("address", ["/en/letters/", "/fr/letters/", "/es-mx/letters/"])
def test_there_are_no_other_prefixes(client, address):
    assert client.get(address).status_code == 404
