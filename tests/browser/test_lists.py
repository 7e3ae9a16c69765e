"""Lists that change in place: the address tells what is shown, and the focus stays where it was."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from tests.factories import LetterFactory, ResponseFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def record():
    with transaction.atomic():  # an entry and its citations come together
        for name, usps in [("Albany", "NY"), ("Berkeley", "CA"), ("Chicago", "IL")]:
            letter = LetterFactory(jurisdiction__name=name, jurisdiction__state=usps)
        ResponseFactory(letter=letter)


@pytest.fixture
def letters(open_page, live_server):
    """The list of letters, with ways to tell whether it is still the page that was loaded."""
    page = open_page("/letters/")
    page.evaluate("window.stayed = true")

    def shows(text, address):
        expect(page.locator("#found")).to_contain_text(text)
        expect(page).to_have_url(f"{live_server.url}{address}")
        assert page.evaluate("window.stayed")
        assert page.complaints == []

    page.shows = shows
    page.focuses = lambda name: expect(page.locator(f"#{name}")).to_be_focused()
    return page


def test_choice_changes_the_list_and_keeps_the_focus(letters):
    letters.get_by_label("State", exact=True).focus()
    letters.keyboard.type("California")

    letters.shows("1 letter", "/letters/?usps=CA")
    assert letters.locator("tbody th").all_inner_texts() == ["Berkeley, CA"]
    letters.focuses("id_usps")
    assert letters.get_by_role("link", name="Remove: State: California").is_visible()
    csv = letters.get_by_role("link", name="Download these rows").get_attribute("href")
    assert "usps=CA" in csv


def test_list_of_names_that_is_typed_into_stays_with_its_new_numbers(letters):
    """In a new element, the next letter that is typed would begin a new name."""
    state = letters.get_by_label("State", exact=True)
    state.evaluate("state => { state.stayed = true }")
    letters.get_by_label("Text").fill("alban")
    state.focus()
    letters.shows("1 letter", "/letters/?q=alban")
    letters.keyboard.type("New")
    letters.shows("1 letter", "/letters/?q=alban&usps=NY")

    assert state.evaluate("state => state.stayed")
    assert state.locator("option").all_inner_texts() == ["Any", "New York (1)"]
    letters.focuses("id_usps")


def test_typing_narrows_the_list_and_loses_no_letter(letters):
    letters.get_by_label("Text").press_sequentially("alban")

    letters.shows("1 letter", "/letters/?q=alban")
    letters.focuses("id_q")
    assert letters.get_by_label("Text").input_value() == "alban"


def test_links_of_the_list_change_it_in_place_and_back_goes_back(letters, live_server):
    letters.get_by_role("link", name="Response on record 1").press("Enter")
    letters.shows("1 letter", "/letters/?state=responded")
    letters.focuses("state-responded")

    letters.get_by_role("link", name="Remove: Where it stands").press("Enter")
    letters.shows("3 letters", "/letters/")
    letters.focuses("found")

    letters.get_by_role("link", name="Letter to").press("Enter")
    letters.shows("3 letters", "/letters/?sort=jurisdiction")
    assert letters.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"

    letters.get_by_label("State", exact=True).select_option("CA")
    letters.shows("1 letter", "/letters/?sort=jurisdiction&usps=CA")

    letters.go_back()
    expect(letters.locator("#found")).to_contain_text("3 letters")
    assert letters.url == f"{live_server.url}/letters/?sort=jurisdiction"


def test_another_day_is_asked_with_what_is_shown_now(letters, live_server):
    letters.get_by_label("State", exact=True).select_option("IL")
    letters.shows("1 letter", "/letters/?usps=IL")

    letters.get_by_label("As of").fill("2018-02-10")
    letters.get_by_label("Day of the record").get_by_role("button", name="Show").click()

    assert letters.url == f"{live_server.url}/letters/?as_of=2018-02-10&usps=IL"
    assert "Awaiting response" in letters.locator("tbody").inner_text()


def test_what_makes_no_sense_is_said_in_place(letters):
    letters.evaluate("document.getElementById('id_q').removeAttribute('minlength')")

    letters.get_by_label("Text").press_sequentially("ab")

    letters.get_by_text("Nothing is shown: please correct").wait_for()
    letters.focuses("id_q")
