"""What a reader gets depends on published entries alone, to the last byte and header."""

import datetime as dt

import pytest
import time_machine

from letters.models import Letter
from letters.states import State
from tests.addresses import EVERY_ADDRESS, PAGES, make_record
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    DesignationFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    LetterFactory,
    OfficialFactory,
    PolicyFactory,
    ProceedingFactory,
    ResponseFactory,
    RulingFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 6, 30)
# The one header that tells the time of day, and what a report's sidecar says of when it was made.
CHANGING = {"Date", "X-Request-ID"}


@pytest.fixture(autouse=True)
def noon():
    """The time of day is the same at two looks at a page: some headers tell it."""
    with time_machine.travel("2026-11-24T17:00:00Z", tick=False):
        yield


@pytest.fixture
def letter(settings, tmp_path):
    settings.REPORT_ROOT = tmp_path / "reports"
    return make_record()


# Words of the drafts below, and of names that only they have, some of them misspelt.
SEARCHED = ["springfield", "springfeild", "official", "offical", "ordinance", "meeting", "sessions"]


def answers(client):
    """Return the body and headers of every public address, the Spanish too, and of searches."""
    found = {}
    asked = [(name, address, {}) for name, address in EVERY_ADDRESS.items()]
    asked += [(f"{name} in Spanish", f"/es{address}", {}) for name, address in PAGES.items()]
    asked += [(f"search {text}", EVERY_ADDRESS["search"], {"q": text}) for text in SEARCHED]
    for name, address, question in asked:
        response = client.get(address, {"as_of": DAY, **question})
        assert response.status_code == 200, (name, response.content[:500])
        headers = {key: value for key, value in response.items() if key not in CHANGING}
        found[name] = (response.getvalue(), headers)
    return found


def test_drafts_change_the_state_for_staff_and_no_public_byte(client, letter):
    before = answers(client)
    assert Letter.objects.standing(DAY, published=False).get().state == State.RESPONDED

    ResponseFactory(letter=letter, kind="refusal", status="draft", date="2018-06-01")
    assert Letter.objects.standing(DAY, published=False).get().state == State.REFUSED
    ResponseFactory(letter=letter, kind="complete", status="in_review", date="2018-02-20")
    assert Letter.objects.standing(DAY, published=False).get().state == State.ANSWERED

    draft = {"status": "draft"}
    proceeding = ProceedingFactory(**draft)
    proceeding.jurisdictions.add(letter.jurisdiction)
    RulingFactory(proceeding=proceeding, **draft)
    statement = StatementFactory(speaker=OfficialFactory(), in_reply_to_letter=letter, **draft)
    statement.jurisdictions.add(letter.jurisdiction)
    event = EventFactory(**draft)
    event.jurisdictions.add(letter.jurisdiction)
    event.officials.add(OfficialFactory())
    LetterFactory(round=letter.round, **draft)
    LetterFactory(jurisdiction=letter.jurisdiction, **draft)
    LetterFactory(**draft)
    for factory in (ExtensionFactory, HoldFactory, ResponseFactory, EnforcementStepFactory):
        factory(letter=letter, **draft)
    for factory in (DesignationFactory, PolicyFactory):
        factory(jurisdiction=letter.jurisdiction, **draft)
        factory(**draft)
    AwardFactory(jurisdiction=letter.jurisdiction, cited=False)
    AwardEventFactory(award=letter.jurisdiction.awards.first(), **draft)

    assert answers(client) == before


def test_retraction_takes_an_entry_off_every_page(client, letter):
    response = ResponseFactory(letter=letter, date="2018-03-02", signed_by="Marker Person")
    response.status = "retracted"
    response.save()

    assert [name for name, (body, _) in answers(client).items() if b"Marker" in body] == []
