"""What each page may ask of the database, at any size of the record.

Beside these there is the one query for the record's revision, with which every page begins.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casefile.corrections import Correction
from tests.addresses import ADDRESSES, make_record
from tests.factories import (
    AwardEventFactory,
    CorrectionFactory,
    EventFactory,
    JurisdictionFactory,
    LetterFactory,
    PolicyFactory,
    ProceedingFactory,
    ResponseFactory,
    RulingFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

LIST, DETAIL, HOME = 6, 10, 8
# Files and what reports need to make them have budgets of their own.
PAGES = {
    name: address
    for name, address in ADDRESSES.items()
    if not name.startswith(("report_", "record_zip", "healthz", "robots"))
}


def add_rows(letter, number):
    """Add rows to every list, and to the pages of a letter, its round and its jurisdiction."""
    source = letter.citations.first().source
    speaker = StatementFactory(cited__source=source).speaker
    for _ in range(number):
        jurisdiction = JurisdictionFactory()
        LetterFactory(jurisdiction=letter.jurisdiction, cited__source=source)
        LetterFactory(jurisdiction=jurisdiction, round=letter.round, cited__source=source)
        ResponseFactory(letter=letter, cited__source=source)
        PolicyFactory(jurisdiction=letter.jurisdiction, cited__source=source)
        AwardEventFactory(award__jurisdiction=letter.jurisdiction, cited__source=source)
        statement = StatementFactory(
            speaker=speaker, in_reply_to_letter=letter, cited__source=source
        )
        proceeding = ProceedingFactory(cited__source=source)
        RulingFactory(proceeding=proceeding, cited__source=source)
        for entry in (statement, proceeding, EventFactory(cited__source=source)):
            entry.jurisdictions.set([letter.jurisdiction, jurisdiction])
    # A page asks once for each kind of record that its corrections are of and name, 25 at most.
    Correction.objects.all().delete()
    for _ in range(number):
        CorrectionFactory(entry=letter, changes={"note": ["", "Sent by courier"]})


def costs(client):
    """Return {name: queries} of every page."""
    found = {}
    for name, address in PAGES.items():
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, name
        found[name] = len(queries)
    return found


def budget(name):
    if name == "home":
        return HOME
    # What is about one jurisdiction or round finds that first.
    of_all = name.endswith(("_list", "deadlines", "timeline")) or name in (
        "feed",
        "correction_feed",
    )
    return LIST if of_all else DETAIL


def test_every_page_keeps_its_budget_and_costs_the_same_for_3_rows_and_for_30(client):
    letter = make_record()
    costs(client)  # content types are asked for once in a process

    add_rows(letter, 3)
    of_few = costs(client)
    add_rows(letter, 27)
    of_many = costs(client)

    assert of_many == of_few
    assert {name: cost for name, cost in of_many.items() if cost > budget(name)} == {}
