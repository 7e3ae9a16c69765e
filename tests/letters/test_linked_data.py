"""What pages say of themselves to search engines: one address, and schema.org terms that hold."""

import json
import re

import pytest

from tests.addresses import PAGES, make_record
from tests.factories import LetterFactory, ProceedingFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SITE = "http://localhost:8000"
# What schema.org and its readers need of each type.
NEEDED = {
    "Dataset": {"name", "description", "license", "creator", "distribution"},
    "AdministrativeArea": {"name", "containedInPlace"},
    "Collection": {"name", "creator", "dateCreated"},
    "Message": {"name", "sender", "recipient", "dateCreated", "isPartOf"},
    "Quotation": {"name", "text", "creator", "dateCreated"},
    "Claim": {"name", "text", "dateCreated"},
    "Person": {"name"},
    "CreativeWork": {"name", "identifier", "locationCreated", "dateCreated"},
    "NewsArticle": {"name", "publisher"},
}
TYPES = {
    "home": "Dataset",
    "report_detail letters": "Dataset",
    "jurisdiction_detail": "AdministrativeArea",
    "round_detail": "Collection",
    "letter_detail": "Message",
    "statement_detail": "Quotation",
    "official_detail": "Person",
    "proceeding_detail": "CreativeWork",
    "source_detail": "NewsArticle",
}


def described(client, address, **query):
    page = client.get(address, query).content.decode()
    [block] = BLOCK.findall(page)
    return json.loads(block)


def test_every_kind_of_page_describes_itself_with_what_its_type_needs(client):
    make_record()

    for name, kind in TYPES.items():
        found = described(client, PAGES[name])

        assert (found["@context"], found["@type"]) == ("https://schema.org", kind)
        assert NEEDED[kind] <= found.keys(), name
        assert found["@id"] == found["url"] == f"{SITE}{PAGES[name]}"
        assert all(value for value in found.values())
        page = client.get(PAGES[name]).content.decode()
        assert '<meta property="og:title" content="' in page


def test_thing_is_the_same_in_every_language_and_its_page_is_not(client):
    make_record()

    for name in TYPES:
        english, spanish = described(client, PAGES[name]), described(client, f"/es{PAGES[name]}")

        assert spanish["@id"] == english["@id"]
        assert spanish["url"] == f"{SITE}/es{PAGES[name]}"


def test_text_can_not_end_the_block(client):
    text = "</script><script>alert(1)</script><!-- \u2028 & \"'"
    statement = StatementFactory(text=text)

    page = client.get(statement.get_absolute_url()).content.decode()

    assert described(client, statement.get_absolute_url())["text"] == text
    assert page.count("<script") == 1


def test_doubt_is_not_made_certain(client):
    disputed = StatementFactory(kind="paraphrase", attribution="disputed")
    organisation = StatementFactory(speaker=None, organisation="The mayor's office")
    monthly = ProceedingFactory(date="2017-12-01", date_precision="month")

    claim = described(client, disputed.get_absolute_url())

    assert (claim["@type"], "creator" in claim) == ("Claim", False)
    found = described(client, organisation.get_absolute_url())
    assert found["creator"] == {"@type": "Organization", "name": "The mayor's office"}
    assert described(client, monthly.get_absolute_url())["dateCreated"] == "2017-12"


def test_date_that_is_yet_to_come_is_not_told(client):
    letter = LetterFactory(sent_on="2018-01-25", received_on="2018-01-30")

    found = described(client, letter.get_absolute_url(), as_of="2018-01-26")

    assert found["dateSent"] == "2018-01-25"
    assert "dateReceived" not in found


def test_source_keeps_its_own_addresses_and_not_its_text(client):
    source = SourceFactory(kind="dataset", text="Private words", url="https://news.example/1")
    LetterFactory(cited__source=source)

    found = described(client, source.get_absolute_url())

    assert (found["@type"], found["sameAs"]) == ("Dataset", ["https://news.example/1"])
    assert "Private words" not in json.dumps(found)


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ({}, "/letters/"),
        ({"usps": "IL", "sort": "oldest", "page": "2"}, "/letters/"),
        ({"usps": "IL", "as_of": "2018-03-01"}, "/letters/?as_of=2018-03-01"),
    ],
)
def test_page_has_one_address_without_filters_and_a_past_day_is_a_page_of_its_own(
    client, query, address
):
    page = client.get("/letters/", query).content.decode()

    assert f'<link rel="canonical" href="{SITE}{address}">' in page
    assert f'<meta property="og:url" content="{SITE}{address}">' in page


def test_page_that_is_not_there_has_no_address(client):
    assert 'rel="canonical"' not in client.get("/letters/none-such/").content.decode()
