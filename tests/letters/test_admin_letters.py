"""The desk's page of a letter: where it stands with drafts counted, and how its deadline came."""

import datetime as dt
import re

import pytest

from letters.models import Letter
from letters.states import State
from tests.desk import page
from tests.factories import ExtensionFactory, LetterFactory, ResponseFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(UserFactory(group="Administrators"))
    return client


def change_page(desk, letter):
    response = desk.get(page(Letter, "change", letter.pk))
    assert response.status_code == 200
    return response.content.decode()


def listed(desk, **query):
    """Return the ids of the letters on the list."""
    response = desk.get(page(Letter, "changelist"), query)
    assert response.status_code == 200
    return {letter.pk for letter in response.context["cl"].result_list}


def test_letter_shows_its_state_with_drafts_counted(desk):
    letter = LetterFactory()
    ResponseFactory(letter=letter, kind="refusal", status="draft")

    assert str(State.REFUSED.label) in change_page(desk, letter)


@pytest.mark.parametrize("state", State)
def test_list_filters_by_state(desk, state):
    draft = ResponseFactory(kind="refusal", status="draft").letter
    overdue = LetterFactory()
    expected = {State.REFUSED: {draft.pk}, State.OVERDUE: {overdue.pk}}

    assert listed(desk, state=state) == expected.get(state, set())


def test_list_keeps_letters_that_are_not_on_record_today(desk):
    later = LetterFactory(date=dt.date(2099, 1, 1), deadline=None)
    retracted = LetterFactory(status="in_review")
    Letter.objects.filter(pk=retracted.pk).update(
        status="published", published_by=UserFactory(), published_at="2018-02-01T00:00Z"
    )
    Letter.objects.filter(pk=retracted.pk).update(status="retracted")

    assert listed(desk) == {later.pk, retracted.pk}
    assert "not on record today" in change_page(desk, later)


def test_letter_shows_the_deadline_in_force(desk):
    letter = LetterFactory()
    ExtensionFactory(letter=letter, new_deadline=dt.date(2018, 3, 23), status="draft")

    text = re.sub(r"<[^>]+>|\s+", " ", change_page(desk, letter))
    assert "Deadline in force: 23 March 2018" in re.sub(r" +", " ", text)


def test_letter_explains_how_its_deadline_came_about(desk):
    letter = LetterFactory(
        date=dt.date(2018, 4, 12),
        deadline=None,
        deadline_days=30,
        deadline_unit="calendar",
        deadline_basis="dated",
    )

    assert (
        "30 calendar days after 2018-04-12, not counting 2018-05-12 (Saturday),"
        " 2018-05-13 (Sunday): 2018-05-14." in change_page(desk, letter)
    )


def test_letter_says_where_its_own_date_differs_from_the_rule(desk):
    letter = LetterFactory(
        deadline=dt.date(2018, 2, 26),
        deadline_days=30,
        deadline_unit="calendar",
        deadline_basis="dated",
    )

    assert "own date, 2018-02-26, differs; it wins." in change_page(desk, letter)


def test_letter_waits_for_its_receipt(desk):
    letter = LetterFactory(
        deadline=None, deadline_days=30, deadline_unit="calendar", deadline_basis="received"
    )

    assert "Not known before the letter&#x27;s receipt is on record." in change_page(desk, letter)
