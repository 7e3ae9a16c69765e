"""The Spanish pages: nothing of the interface is left in English, and nothing else differs."""

import re
from html.parser import HTMLParser

import polib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.addresses import PAGES, make_record
from tests.casefile.test_translations import CATALOGUE, PLACEHOLDER, texts
from tests.factories import LetterFactory, ResponseFactory, StatementFactory

pytestmark = pytest.mark.django_db

VOID = {"br", "hr", "img", "input", "link", "meta", "rect", "path", "circle", "line", "use"}
READ_ALOUD = {"aria-label", "title", "placeholder", "data-label", "content", "alt"}
LONG = 14  # characters; shorter texts, such as Federal, may be words of the record too


class Said(HTMLParser):
    """What a page says in its own language, and what it counts."""

    def __init__(self, page):
        super().__init__()
        self.open, self.texts, self.counts, self.states = [], [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.counts += [
            attributes[name] for name in ("data-count", "data-total") if name in attributes
        ]
        self.states += re.findall(r"state state-(\w+)", attributes.get("class") or "")
        if tag not in VOID:
            self.open.append(attributes.get("lang") == "en" or tag in ("script", "code"))
        if not any(self.open):
            self.texts += [attributes[name] for name in READ_ALOUD if attributes.get(name)]

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if not any(self.open):
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())


def english_parts():
    """Return the longer parts of messages, around their placeholders, that Spanish has not."""
    pairs = [pair for entry in polib.pofile(str(CATALOGUE / "django.po")) for pair in texts(entry)]
    spanish = " ".join(translated for _original, translated in pairs)
    return {
        part
        for original, _translated in pairs
        for part in map(str.strip, PLACEHOLDER.split(original))
        if len(part) > LONG and part not in spanish
    }


@pytest.fixture
def record():
    """Make a record with doubts, lateness and answers, so that pages have more to say."""
    letter = make_record()
    ResponseFactory(letter=LetterFactory(round=letter.round), date="2018-03-05", kind="partial")
    LetterFactory(jurisdiction=letter.jurisdiction, date="2018-02-01")
    StatementFactory(attribution="disputed", speaker=None, altered_text="Other words")


@pytest.mark.parametrize("query", ["", "?as_of=2018-03-01"])
def test_nothing_of_the_interface_is_left_in_english(client, record, query):
    parts = english_parts()

    assert len(parts) > 400
    for address in PAGES.values():
        said = Said(client.get(f"/es{address}{query}").content.decode()).text
        assert [part for part in parts if part in said] == [], address


@pytest.mark.parametrize(
    "address",
    [
        "/letters/none-such/",
        "/letters/?as_of=2999-01-01",
        "/letters/?stat=overdue",
        "/letters/?state=none-such",
        "/reports/letters/?known_on=2999",
        "/timeline/?from=nowhere",
        "/search/?q=the",
        "/reports/check/?sha256=12",
    ],
)
def test_error_is_told_in_spanish(client, address):
    response = client.get(f"/es{address}")

    said = Said(response.content.decode()).text
    assert [part for part in english_parts() if part in said] == []


def test_spanish_page_shows_the_same_record_for_as_many_queries(client, record):
    for address in PAGES.values():
        with CaptureQueriesContext(connection) as in_english:
            english = Said(client.get(address).content.decode())
        with CaptureQueriesContext(connection) as in_spanish:
            spanish = Said(client.get(f"/es{address}").content.decode())

        assert spanish.counts == english.counts, address
        assert spanish.states == english.states, address
        assert len(in_spanish) == len(in_english), address


def test_text_of_the_record_stays_as_it_is_and_says_so(client):
    statement = StatementFactory(text="We will satisfy the request.")

    page = client.get(f"/es{statement.get_absolute_url()}").content.decode()

    assert '<blockquote class="said" lang="en"><p>“We will satisfy the request.”' in page
    assert "We will satisfy the request." not in Said(page).text
    assert 'lang="en"><p>' not in client.get(statement.get_absolute_url()).content.decode()
