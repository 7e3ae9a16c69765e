"""The sitemap: every public page once, no draft, and a date only where it is true."""

from xml.etree import ElementTree

import pghistory
import pytest
from django.utils.timezone import localtime

from casefile.corrections import Correction
from letters.models import Statement
from letters.sitemaps import Section
from tests.addresses import PAGES, make_record
from tests.factories import LetterFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(client, address):
    """Return {address: date or None} of a sitemap, and of an index."""
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (
        200,
        "application/xml; charset=utf-8",
    )
    root = ElementTree.fromstring(response.content)
    return {
        entry.findtext(f"{NAMESPACE}loc"): entry.findtext(f"{NAMESPACE}lastmod") for entry in root
    }


def whole_sitemap(client):
    found = {}
    for section in entries(client, "/sitemap.xml"):
        assert section.startswith("http://testserver/sitemap-")
        found |= entries(client, section.removeprefix("http://testserver"))
    return found


def test_sitemap_names_every_public_page_and_no_other(client):
    make_record()
    LetterFactory(key="a-draft", status="draft", jurisdiction__slug="d", round__slug="d")
    SourceFactory(key="uncited")

    found = {address.removeprefix("http://testserver") for address in whole_sitemap(client)}

    not_listed = {"/reports/check/"}
    assert set(PAGES.values()) - found == not_listed
    assert not {address for address in found if "draft" in address or "uncited" in address}
    assert "/jurisdictions/d/" not in found
    for address in found:
        assert client.get(address).status_code == 200, address


def test_sitemap_names_each_page_in_every_language(client):
    make_record()
    link = "{http://www.w3.org/1999/xhtml}link"

    for section in ("pages", "letters"):
        for entry in ElementTree.fromstring(client.get(f"/sitemap-{section}.xml").content):
            address = entry.findtext(f"{NAMESPACE}loc")
            path = address.removeprefix("http://testserver")
            assert {one.get("hreflang"): one.get("href") for one in entry.findall(link)} == {
                "en": address,
                "es": f"http://testserver/es{path}",
            }


def test_statement_is_dated_by_its_publication_or_last_correction_and_nothing_else_is(client):
    statement = StatementFactory(key="the-statement")
    before = whole_sitemap(client)

    with pghistory.context(reason="A typing error"):
        Statement.objects.filter(pk=statement.pk).update(venue="City Hall")

    after = whole_sitemap(client)
    address = "http://testserver/statements/the-statement/"
    corrected = localtime(Correction.objects.get().changed_at)
    assert before[address] == "2018-01-31"  # in Washington
    assert after[address] == corrected.date().isoformat()
    assert {name for name, date in after.items() if date} == {address}


def test_section_goes_on_in_further_files(client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(Section, "limit", 2)
    for number in range(3):
        LetterFactory(key=f"letter-{number}")
    entries(client, "/sitemap.xml")

    with django_assert_max_num_queries(10):
        index = entries(client, "/sitemap.xml")
    with django_assert_max_num_queries(3):
        second = entries(client, "/sitemap-letters.xml?p=2")

    first = entries(client, "/sitemap-letters.xml")
    assert "http://testserver/sitemap-letters.xml?p=2" in index
    assert "http://testserver/sitemap-letters.xml?p=3" not in index
    assert [*first, *second] == [f"http://testserver/letters/letter-{n}/" for n in range(3)]
    assert {len(first), len(second)} == {1, 2}
    assert client.get("/sitemap-letters.xml", {"p": "9"}).status_code == 404
    assert client.get("/sitemap-none.xml").status_code == 404


def test_no_file_is_empty_where_many_drafts_lie_between(client, monkeypatch):
    monkeypatch.setattr(Section, "limit", 2)
    LetterFactory(key="first")
    for _ in range(5):
        LetterFactory(status="draft")
    LetterFactory(key="last")

    files = [address for address in entries(client, "/sitemap.xml") if "-letters." in address]

    found = [list(entries(client, file.removeprefix("http://testserver"))) for file in files]
    assert found == [[f"http://testserver/letters/{key}/"] for key in ("first", "last")]
