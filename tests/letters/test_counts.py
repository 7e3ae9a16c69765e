"""Every number is a link: to a list of as many rows, which offers the CSV of the same rows."""

import csv
import datetime as dt
from html.parser import HTMLParser

import pytest

from tests.addresses import ADDRESSES, make_record
from tests.factories import (
    AwardFactory,
    EnforcementStepFactory,
    ExtensionFactory,
    LetterFactory,
    ProceedingFactory,
    ResponseFactory,
    RoundFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

PAGES = {
    name: address
    for name, address in ADDRESSES.items()
    if not address.endswith((".csv", ".json", ".ics", ".txt", ".zip", ".atom", ".xml", "healthz"))
    and not name.startswith("report_")
}


class Counts(HTMLParser):
    """What a page counts: {address: number} of the links, its own total, and the CSV it offers."""

    def __init__(self, page):
        super().__init__()
        self.links, self.total, self.csv = {}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "data-count" in attributes:
            address = attributes["href"]
            number = int(attributes["data-count"])
            assert self.links.setdefault(address, number) == number
        if "data-total" in attributes:
            self.total = int(attributes["data-total"])
        if "data-csv" in attributes:
            self.csv = attributes["href"]


@pytest.fixture
def record():
    """Make a record in which lists, rounds, states and jurisdictions differ in their counts."""
    letter = make_record()
    letters = LetterFactory.create_batch(3, round=letter.round, jurisdiction__state="CA")
    ResponseFactory(letter=letters[0], date=dt.date(2018, 3, 5), kind="partial")
    ExtensionFactory(letter=letters[1])
    EnforcementStepFactory(letter=letters[2])
    old = RoundFactory(announced_on=dt.date(2017, 11, 15), deadline=dt.date(2017, 12, 8))
    LetterFactory(
        round=old,
        jurisdiction=letter.jurisdiction,
        date=dt.date(2017, 11, 15),
        deadline=dt.date(2017, 12, 8),
    )
    LetterFactory(round=old, date=dt.date(2017, 11, 15), deadline=None)
    LetterFactory(round=old, status="draft")
    AwardFactory(jurisdiction=letter.jurisdiction, fiscal_year=2016, amount_basis="awarded")
    AwardFactory(amount=None, amount_basis="", fiscal_year=2018)
    ProceedingFactory(date=dt.date(2018, 5, 1))
    StatementFactory(side="federal", date=dt.date(2018, 2, 1)).jurisdictions.set(
        [letter.jurisdiction]
    )
    StatementFactory(status="draft")


@pytest.mark.parametrize("day", [None, "2018-02-28"])
def test_every_count_is_that_of_its_list_and_of_the_csv(client, record, day):
    query = {"as_of": day} if day else {}
    counted = {}
    for address in PAGES.values():
        response = client.get(address, query)
        if response.status_code == 200:  # not on the record on that day yet
            counted |= Counts(response.content.decode()).links

    for address, number in counted.items():
        found = Counts(client.get(address).content.decode())
        assert (address, found.total) == (address, number)
        answer = client.get(found.csv)
        rows = list(csv.reader(answer.getvalue().decode().splitlines()))
        assert (found.csv, len(rows) - 1) == (found.csv, number)
        if day:
            assert f"as_of={day}" in found.csv

    lists = {address.partition("?")[0] for address in counted}
    assert {"/letters/", "/jurisdictions/", "/grants/", "/statements/", "/proceedings/"} <= lists
    assert any("&days=" in address for address in counted)
    assert len(counted) > 30
