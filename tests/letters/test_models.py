"""Rules of rounds, letters and what follows them, kept by the database."""

import datetime as dt

import pytest

from casefile.entries import Status
from tests.constraints import assert_refused
from tests.factories import (
    DemandItemFactory,
    EnforcementStepFactory,
    HoldFactory,
    LetterFactory,
    OfficialFactory,
    ProceedingFactory,
    ProductionFactory,
    ResponseFactory,
    RoundFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

BEFORE = dt.date(2018, 1, 23)
PERIOD = (
    "A deadline period needs all three: a number of days from 1 to 3650, a unit (calendar or"
    " business) and a basis (dated or received)."
)


def test_round_ends_after_it_was_announced():
    assert_refused(
        RoundFactory(), "Deadline can't be before the day of the announcement.", deadline=BEFORE
    )


def test_round_slugs_are_unique():
    RoundFactory(slug="first")

    assert_refused(RoundFactory(), "Round with this Slug already exists.", slug="first")


def test_demand_items_are_numbered_from_one():
    assert_refused(DemandItemFactory(), "Demand items are numbered from 1.", number=0)


def test_demand_item_has_its_number_alone():
    first = DemandItemFactory()

    assert_refused(
        DemandItemFactory(round=first.round),
        "This round already has a demand item with that number.",
        number=first.number,
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"deadline": BEFORE}, "Deadline can't be before date."),
        (
            {"sent_on": dt.date(2018, 1, 24), "received_on": BEFORE},
            "Received on can't be before sent on.",
        ),
        ({"withdrawn_on": BEFORE}, "Withdrawn on can't be before date."),
        ({"cleared_on": BEFORE}, "Cleared on can't be before date."),
        ({"deadline_days": 30}, PERIOD),
        ({"deadline_days": 30, "deadline_unit": "calendar"}, PERIOD),
        ({"deadline_unit": "business"}, PERIOD),
        ({"deadline_days": 0, "deadline_unit": "calendar", "deadline_basis": "dated"}, PERIOD),
        ({"deadline_days": 3651, "deadline_unit": "calendar", "deadline_basis": "dated"}, PERIOD),
        ({"deadline_days": 30, "deadline_unit": "weeks", "deadline_basis": "dated"}, PERIOD),
    ],
)
def test_letter_refuses(fields, sentence):
    assert_refused(LetterFactory(status=Status.DRAFT), sentence, **fields)


def test_letter_takes_a_whole_period():
    letter = LetterFactory(deadline_days=30, deadline_unit="calendar", deadline_basis="received")

    letter.full_clean()


def test_jurisdiction_gets_one_letter_of_a_round():
    first = LetterFactory()

    assert_refused(
        LetterFactory(round=first.round, status=Status.DRAFT),
        "This round already has a letter to that jurisdiction.",
        jurisdiction=first.jurisdiction,
    )


def test_hold_ends_after_it_began():
    assert_refused(HoldFactory(status=Status.DRAFT), "Until can't be before date.", until=BEFORE)


def test_response_kind_is_known():
    assert_refused(
        ResponseFactory(status=Status.DRAFT),
        "Kind must be one of acknowledgment, extension_request, unassessed, partial, complete,"
        " refusal.",
        kind="statement",
    )


def test_production_extent_is_known():
    assert_refused(
        ProductionFactory(),
        "Extent must be one of produced, partial, withheld, none.",
        extent="most",
    )


def test_response_has_a_demand_item_once():
    first = ProductionFactory()

    assert_refused(
        ProductionFactory(response=first.response),
        "This response already has that demand item.",
        item=first.item,
    )


def test_enforcement_kind_is_known():
    assert_refused(
        EnforcementStepFactory(status=Status.DRAFT),
        "Kind must be one of subpoena_threatened, subpoena_issued, petition_filed, funds_action,"
        " closed.",
        kind="warning",
    )


def test_proceeding_links_to_a_web_address():
    assert_refused(
        ProceedingFactory(status=Status.DRAFT),
        "URL must begin with http:// or https:// and a host in plain letters, without a user name.",
        url="courtlistener.com",
    )


def test_official_slugs_are_unique():
    OfficialFactory(slug="someone")

    assert_refused(OfficialFactory(), "Official with this Slug already exists.", slug="someone")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"side": "both"}, "Side must be one of federal, jurisdiction, third_party."),
        ({"kind": "rumour"}, "Kind must be one of quotation, paraphrase."),
        (
            {"attribution": "anonymous"},
            "Attribution must be one of named, unnamed, inferred, disputed.",
        ),
        ({"speaker": None}, "A named statement needs a speaker or an organisation."),
    ],
)
def test_statement_refuses(fields, sentence):
    assert_refused(StatementFactory(status=Status.DRAFT), sentence, **fields)


def test_statement_answers_one_thing():
    statement = StatementFactory(status=Status.DRAFT, in_reply_to_round=RoundFactory())

    assert_refused(
        statement,
        "A statement answers a round or a letter, not both.",
        in_reply_to_letter=LetterFactory(),
    )


def test_statement_may_be_an_organisations():
    StatementFactory(speaker=None, organisation="City Council").full_clean()
