"""Two windows on one letter: the second save shows both versions, and loses nothing."""

import pytest
from playwright.sync_api import expect

from casefile.entries import Status
from tests.factories import LetterFactory, ResponseFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_second_of_two_windows_chooses_and_loses_nothing(sign_in, live_server):
    letter = LetterFactory(status=Status.DRAFT, addressee="The mayor", reference="A-1")
    answer = ResponseFactory(status=Status.DRAFT, letter=letter, summary="First")
    address = f"{live_server.url}/admin/letters/letter/{letter.pk}/change/"
    ada, bob = sign_in("ada", "Editors"), sign_in("bob", "Editors")
    for window in (ada, bob):
        window.goto(address)

    ada.get_by_label("Addressee:").fill("The governor")
    ada.locator("#id_responses-0-summary").fill("Ada's summary")
    ada.locator("#id_responses-0-signed_by").fill("Ada's signature")
    ada.get_by_role("button", name="Save and continue editing").click()
    expect(ada.locator(".messagelist")).to_contain_text("was changed successfully")
    bob.get_by_label("Reference:").fill("B-2")
    bob.locator("#id_responses-0-summary").fill("Bob's summary")
    bob.get_by_text("Add another Response").click()
    bob.locator("#id_responses-1-date").fill("2018-02-22")
    bob.locator("#id_responses-1-kind").select_option("partial")
    bob.locator("#id_responses-1-summary").fill("Bob's second response")
    bob.get_by_role("button", name="Save and continue editing").click()

    conflict = bob.get_by_role("region", name="Changed while you had it open")
    shown = conflict.inner_text()
    typed = {
        name: bob.locator(f"#id_{name}").input_value()
        for name in ("reference", "responses-0-summary", "responses-1-summary")
    }
    bob.get_by_label("Keep mine: Bob's summary").check()
    bob.get_by_role("button", name="Save and continue editing").click()
    expect(bob.locator(".messagelist")).to_contain_text("was changed successfully")

    letter.refresh_from_db()
    answer.refresh_from_db()
    assert "letter changed by ada" in shown.lower()
    assert "response changed by ada" in shown.lower()
    assert "Keep mine: Bob's summary" in shown
    assert "Keep theirs: Ada's summary" in shown
    assert typed == {
        "reference": "B-2",
        "responses-0-summary": "Bob's summary",
        "responses-1-summary": "Bob's second response",
    }
    assert (letter.addressee, letter.reference) == ("The governor", "B-2")
    assert (answer.summary, answer.signed_by) == ("Bob's summary", "Ada's signature")
    assert letter.responses.exclude(pk=answer.pk).get().summary == "Bob's second response"
