"""What holds of the page of every kind of record."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import CharField, TextField
from django.test.utils import CaptureQueriesContext

from casefile.entries import Status
from casefile.models import Source
from casefile.revision import current_revision
from tests.factories import LetterFactory, SourceFactory, StatementFactory
from tests.letters.matters import PAGES, fill, make_matter, text_of
from tests.once import once_in_a_module

pytestmark = pytest.mark.django_db

JUNE = "2018-06-30"
every_page = pytest.mark.parametrize("name", PAGES)
every_page_of_a_record = pytest.mark.parametrize(
    "name", [name for name in PAGES if name != "timeline"]
)


def make_full_matter():
    matter = make_matter()
    fill(matter)
    return matter


full = once_in_a_module(make_full_matter)


@pytest.fixture
def matter(full):
    """A matter with an entry of every kind, to which a test may add."""
    return SimpleNamespace(**vars(full))


QUERIES = {
    "jurisdiction": 10,
    "round": 10,
    "letter": 8,
    "statement": 8,
    "official": 8,
    "proceeding": 7,
    "source": 8,
    "timeline": 4,
}


def test_pages_cost_the_same_for_any_number_of_entries(client, matter):
    def costs():
        found = {}
        for name, address in addresses.items():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200, name
            found[name] = len(captured)
        return found

    addresses = {name: address(matter) for name, address in PAGES.items()}
    costs()  # the content types are kept from now on

    assert costs() == QUERIES
    fill(matter)
    fill(matter)
    assert costs() == QUERIES


def mark_every_text(entry):
    """Write a marked word into every text of an entry that may hold any."""
    for field in entry._meta.concrete_fields:
        free = isinstance(field, (CharField, TextField)) and not field.choices
        if free and field.name not in ("key", "url"):
            setattr(entry, field.name, "XYZZY")
    entry.key = f"xyzzy-{entry.pk}"
    entry.save()


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW])
def test_no_page_shows_a_draft(client, matter, status):
    drafts = fill(matter, status=status)
    matter.statement = StatementFactory(speaker=matter.official)
    drafts += [
        LetterFactory(jurisdiction=matter.jurisdiction, status=status),
        LetterFactory(round=matter.round, status=status),
    ]
    for draft in drafts:
        mark_every_text(draft)
        draft.citations.update(passage="XYZZY", pin="XYZZY")

    for name, address in PAGES.items():
        response = client.get(address(matter))
        assert response.status_code == 200, name
        assert "xyzzy" not in response.content.decode().lower(), name


def test_pages_as_of_an_earlier_day_are_not_found_and_say_why(client):
    matter = make_matter()
    fill(matter, date=dt.date(2018, 2, 1))
    matter.jurisdiction = LetterFactory(jurisdiction__name="Late").jurisdiction
    matter.source = SourceFactory()
    LetterFactory(cited__source=matter.source)

    for name, address in PAGES.items():
        if name != "timeline":
            response = client.get(address(matter), {"as_of": "2018-01-23"})
            assert response.status_code == 404, name
            assert "Look at this address as of today" in text_of(response), name


@pytest.mark.parametrize("name", ["jurisdiction", "round", "letter", "official", "timeline"])
def test_machine_altered_copy_is_marked_where_it_is_cited(client, matter, name):
    Source.objects.filter(pk=matter.source.pk).update(kind="machine_altered_copy")

    text = text_of(client.get(PAGES[name](matter)))

    assert "Known only from a machine-altered copy" in text
    assert "Machine-altered copy</span>" in text


@every_page
def test_page_never_holds_the_text_of_a_source(client, matter, name):
    text = text_of(client.get(PAGES[name](matter)))

    assert matter.source.text not in text
    assert "whole private text" not in text


@every_page_of_a_record
def test_page_says_how_to_cite_it_as_of_the_day_and_the_revision(client, matter, name, settings):
    settings.SITE_URL = "https://casefile.example"
    address = PAGES[name](matter)

    response = client.get(address, {"as_of": JUNE})

    page = text_of(response)
    revision = current_revision()
    assert f"Casefile, record as of 30 June 2018, revision {revision.number}." in page
    assert f"https://casefile.example{address}?as_of={JUNE}" in page
    assert f'<a href="{address}?as_of={JUNE}">Permanent link</a>' in page
    assert str(revision.token) in page


@every_page
def test_page_has_no_id_twice_and_no_style_of_its_own(client, matter, name):
    page = client.get(PAGES[name](matter)).content.decode()

    # Factories give entries of different kinds the same keys, which are ids too.
    ids = re.findall(r'\sid="((?!entry-)[^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))
    assert "style=" not in page
