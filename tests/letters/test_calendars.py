import datetime as dt

import pytest
import vobject
from django.urls import reverse

from tests.factories import ExtensionFactory, LetterFactory

pytestmark = pytest.mark.django_db


def events(client, url="/deadlines.ics", as_of="2018-02-24"):
    """Return {UID: event} as an independent client reads the calendar."""
    response = client.get(url, {"as_of": as_of})
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = vobject.readOne(response.content.decode())
    return {event.uid.value: event for event in getattr(calendar, "vevent_list", [])}


@pytest.fixture
def letter():
    return LetterFactory(key="2018-01-24-denver-co", jurisdiction__name="Denver")


UID = "2018-01-24-denver-co@deadlines.casefile"


def test_calendar_has_an_all_day_event_on_the_deadline(client, letter):
    event = events(client)[UID]

    assert event.dtstart.value == dt.date(2018, 2, 23)
    assert event.dtend.value == dt.date(2018, 2, 24)
    assert event.summary.value == f"Deadline for Denver: {letter.round.title}"
    assert event.url.value == "http://testserver/letters/2018-01-24-denver-co/"
    assert event.status.value == "CONFIRMED"
    assert event.sequence.value == "0"


def test_extension_moves_the_event_and_raises_its_sequence(client, letter):
    ExtensionFactory(letter=letter, date=dt.date(2018, 2, 10), new_deadline=dt.date(2018, 3, 23))

    event = events(client)[UID]

    assert event.dtstart.value == dt.date(2018, 3, 23)
    assert event.sequence.value == "1"
    assert "The first deadline was 2018-02-23" in event.description.value


def test_correction_that_moves_a_deadline_back_still_raises_the_sequence(client, letter):
    letter.deadline = dt.date(2018, 2, 26)
    letter.save()
    letter.deadline = dt.date(2018, 2, 23)
    letter.save()

    assert events(client)[UID].sequence.value == "2"


def test_withdrawn_letter_cancels_its_event(client, letter):
    letter.withdrawn_on = dt.date(2018, 2, 1)
    letter.save()

    event = events(client)[UID]

    assert event.status.value == "CANCELLED"
    assert event.sequence.value == "1"


def test_draft_extension_changes_no_byte(client, letter):
    before = client.get("/deadlines.ics", {"as_of": "2018-02-24"}).content

    ExtensionFactory(letter=letter, status="draft", new_deadline=dt.date(2018, 3, 23))

    assert client.get("/deadlines.ics", {"as_of": "2018-02-24"}).content == before


def test_calendar_leaves_out_drafts_later_letters_and_letters_without_deadline(client, letter):
    LetterFactory(status="draft")
    LetterFactory(date=dt.date(2018, 3, 1), deadline=dt.date(2018, 4, 1))
    LetterFactory(deadline=None)

    assert set(events(client)) == {UID}


def test_calendar_of_everything_drops_what_is_over_for_more_than_a_year(client, letter):
    assert set(events(client, as_of="2019-02-24")) == {UID}
    assert events(client, as_of="2019-02-25") == {}


def test_calendar_of_a_jurisdiction_and_of_a_round_hold_their_letters_alone(client, letter):
    LetterFactory()
    urls = [
        reverse("jurisdiction_deadlines", args=[letter.jurisdiction.slug]),
        reverse("round_deadlines", args=[letter.round.slug]),
    ]

    assert [set(events(client, url, as_of="2026-01-01")) for url in urls] == [{UID}, {UID}]


@pytest.mark.parametrize("name", ["jurisdiction_deadlines", "round_deadlines"])
def test_calendar_of_what_only_drafts_name_is_not_found(client, name):
    draft = LetterFactory(status="draft")
    slug = draft.jurisdiction.slug if name.startswith("jurisdiction") else draft.round.slug

    assert client.get(reverse(name, args=[slug])).status_code == 404


def test_line_breaks_and_colons_in_names_stay_in_their_property(client):
    LetterFactory(key="odd", jurisdiction__name="Odd\r\nATTENDEE:mailto:x@example.org ; , ñ")

    response = client.get("/deadlines.ics", {"as_of": "2018-02-24"})

    assert b"\r\nATTENDEE" not in response.content
    assert "Odd" in events(client)["odd@deadlines.casefile"].summary.value


def test_calendar_costs_the_same_queries_for_any_number_of_letters(
    client, letter, django_assert_num_queries
):
    with django_assert_num_queries(2):
        client.get("/deadlines.ics", {"as_of": "2018-02-24"})
    LetterFactory.create_batch(3)

    with django_assert_num_queries(2):
        client.get("/deadlines.ics", {"as_of": "2018-02-24"})
