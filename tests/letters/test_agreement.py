"""One question, every door: which letters are in a state on a day."""

import csv
import datetime as dt
import re

import pytest
import vobject
from django.urls import reverse

from letters.models import Letter
from letters.states import State
from tests.factories import ExtensionFactory, HoldFactory, LetterFactory, ResponseFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 10)


@pytest.fixture
def letters(settings, tmp_path):
    """At least one letter in each state on the day, and a few that are about to change."""
    settings.REPORT_ROOT = tmp_path / "reports"

    def letter(key, **fields):
        return LetterFactory(key=key, **fields)

    letter("withdrawn-one", withdrawn_on="2018-02-01")
    letter("cleared-one", cleared_on=DAY)
    ResponseFactory(letter=letter("answered-one"), kind="complete", date="2018-02-23")
    ResponseFactory(letter=letter("late-one"), kind="complete", date="2018-02-24")
    HoldFactory(letter=letter("held-one"), date="2018-02-20")
    ResponseFactory(letter=letter("refused-one"), kind="refusal")
    ResponseFactory(letter=letter("responded-one"), kind="unassessed")
    partly = letter("partly-one")
    ResponseFactory(letter=partly, kind="partial")
    ExtensionFactory(letter=partly, new_deadline=DAY)
    ResponseFactory(letter=letter("incomplete-one"), kind="partial")
    letter("awaiting-one", deadline=DAY)
    letter("overdue-one", deadline=DAY - dt.timedelta(days=1))
    letter("open-one", deadline=None)
    letter("draft-one", status="draft")
    ResponseFactory(letter=letter("overdue-two"), date=DAY + dt.timedelta(days=1))


def in_state(state):
    """Return the keys of the letters in a state, by the vocabulary that every door uses."""
    return set(Letter.objects.standing(DAY).filter(state=state).values_list("key", flat=True))


def on_the_page(client, state):
    page = client.get(reverse("letter_list"), {"state": state, "as_of": DAY}).content.decode()
    content = page[page.index("<main") : page.index("</main>")]
    return set(re.findall(r"/letters/([\w-]+-(?:one|two))/", content))


def in_the_csv(client, state):
    response = client.get(reverse("report_csv", args=["letters"]), {"state": state, "as_of": DAY})
    rows = csv.DictReader(response.getvalue().decode().splitlines())
    return {row["key"] for row in rows if row["state"] == state}


def in_the_unfiltered_csv(client, state):
    response = client.get(reverse("report_csv", args=["letters"]), {"as_of": DAY})
    rows = csv.DictReader(response.getvalue().decode().splitlines())
    return {row["key"] for row in rows if row["state"] == state}


def in_the_calendar(client, state):
    response = client.get(reverse("deadlines"), {"as_of": DAY})
    calendar = vobject.readOne(response.content.decode())
    return {
        event.uid.value.partition("@")[0]
        for event in calendar.vevent_list
        if event.description.value.startswith(f"{State(state).label}.")
    }


@pytest.mark.parametrize("state", State)
def test_page_csv_and_calendar_agree_on_who_is_in_a_state(client, letters, state):
    expected = in_state(state)

    assert expected
    assert on_the_page(client, state) == expected
    assert in_the_csv(client, state) == expected
    assert in_the_unfiltered_csv(client, state) == expected
    # A letter without a deadline is in no calendar.
    with_deadline = set() if state == State.OPEN else expected
    assert in_the_calendar(client, state) == with_deadline


def test_each_letter_is_in_exactly_one_state(client, letters):
    keys = [key for state in State for key in on_the_page(client, state)]

    assert sorted(keys) == sorted(Letter.objects.standing(DAY).values_list("key", flat=True))


def test_counts_on_the_front_page_are_those_of_the_lists(client, letters):
    counts = Letter.objects.state_counts(DAY)

    assert counts == {state: len(on_the_page(client, state)) for state in State}
