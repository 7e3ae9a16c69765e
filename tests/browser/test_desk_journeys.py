"""From the desk to the reader: one person enters, another publishes, and readers see it."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

import letters
from casefile.entries import Status
from tests.factories import LetterFactory, OfficialFactory, SourceFactory
from tests.jurisdictions.release import RELEASE
from tests.letters.articles import NEWS

pytestmark = pytest.mark.django_db(transaction=True)

# The words that are chosen, and what the person who reads them adds to what is proposed.
STATEMENTS = {
    "Every order we have given our officers is on our website": {
        "Side:": "Jurisdiction",
        "Speaker:": "Helen Ortega",  # the article has the surname alone
    },
    "We hope that the city will comply": {"Side:": "Federal"},
    "in our own time.": {"Side:": "Jurisdiction", "Attribution:": "Unnamed official"},
}


@pytest.fixture
def jurisdictions(db, tmp_path):
    """Load the jurisdictions of the founding record, and nothing else of it."""
    founding = Path(letters.__file__).parent / "founding_record"
    shutil.copy(founding / "jurisdictions.csv", tmp_path)
    call_command("load_record", str(tmp_path), verbosity=0)


def go_to(desk, kind):
    """Go from the desk's first page to the list of a kind of record."""
    desk.get_by_role("rowheader", name=kind, exact=True).get_by_role("link").last.click()


def pick(desk, field, words):
    """Choose the record that a search for some words finds, in a field that completes them."""
    desk.locator(f"#id_{field} + .select2").get_by_role("combobox").click()
    desk.locator(".select2-dropdown").get_by_role("searchbox").fill(words)
    desk.locator(".select2-dropdown").get_by_role("option", name=words).click()


def act(desk, action):
    """Take an action for all that a list shows, once its script is there to tick them."""
    desk.wait_for_load_state()
    desk.get_by_label("Select all objects on this page for an action").check()
    desk.get_by_label("Action:").select_option(label=action)
    desk.get_by_role("button", name="Go", exact=True).click()


def hears(desk, sentence):
    """Wait until the desk says how something went."""
    expect(desk.locator(".messagelist")).to_contain_text(sentence)


def test_round_is_entered_from_the_release_and_published_by_another(
    sign_in, open_page, jurisdictions
):
    SourceFactory(title="Justice Department Demands Documents", key="release")

    editor = sign_in("editor", "Editors")
    go_to(editor, "Rounds")
    editor.get_by_role("link", name="Add round").last.click()
    editor.get_by_label("Title:").fill("Document demand to 23 jurisdictions")
    editor.get_by_label("Announced on:").fill("2018-01-24")
    editor.get_by_label("Deadline:").fill("2018-02-23")
    editor.get_by_role("button", name="Save and continue editing").click()
    editor.get_by_role("link", name="add recipients").click()
    editor.get_by_label("Or paste their names:").fill("; ".join(RELEASE))
    pick(editor, "source", "Justice Department")
    editor.get_by_label("Pin:").fill("paragraph 12")
    editor.get_by_role("button", name="Make draft letters").click()
    hears(editor, "23 draft letters made.")
    act(editor, "Submit for review")
    hears(editor, "23 letters submitted.")

    reader = open_page("/letters/")
    before = reader.get_by_role("rowheader").count()

    reviewer = sign_in("reviewer", "Reviewers")
    go_to(reviewer, "Rounds")
    act(reviewer, "Publish the letters in review")
    hears(reviewer, "23 letters published.")

    reader.reload()
    after = reader.get_by_role("rowheader").count()
    reader.get_by_role("link", name="Louisville").click()
    reader.get_by_text("1 source", exact=True).last.click()
    cited = reader.get_by_role("listitem").filter(has_text="Justice Department Demands").last
    where = cited.inner_text()
    cited.get_by_role("link").click()

    assert before == 0
    assert after == 23
    assert "paragraph 12" in where
    assert reader.get_by_role("link", name="Letter to").count() == 23


def test_statements_are_taken_from_an_article_and_published_by_another(sign_in, open_page):
    for name in ("Helen Ortega", "Daniel Krause"):
        OfficialFactory(name=name)

    editor = sign_in("editor", "Editors")
    go_to(editor, "Sources")
    editor.get_by_role("link", name="Take in").click()
    editor.get_by_label("Title").fill("Marlow calls the demand a fishing trip")
    editor.get_by_label("Kind").select_option(label="News report")
    editor.get_by_label("Published on").fill("2018-01-25")
    editor.get_by_label("Paste its text").fill(NEWS.text)
    editor.get_by_role("button", name="Take in").click()
    for words, added in STATEMENTS.items():
        editor.get_by_role("listitem").get_by_role("link", name=words, exact=True).last.click()
        for label, choice in added.items():
            editor.get_by_label(label, exact=True).select_option(label=choice)
        editor.get_by_label("I read the passage").check()
        editor.get_by_role("button", name="Save and submit for review").click()
        hears(editor, "Submitted:")

    reader = open_page("/statements/")
    before = reader.locator("blockquote").count()

    reviewer = sign_in("reviewer", "Reviewers")
    go_to(reviewer, "Statements")
    act(reviewer, "Publish")
    hears(reviewer, "3 statements published.")

    reader.reload()
    listed = reader.locator("main").inner_text()
    hers = reader.get_by_role("listitem").filter(has_text="Helen Ortega")
    hers.get_by_role("link", name="25 January 2018").click()
    shown = reader.locator("main").inner_text()
    reader.get_by_role("link", name="Marlow calls the demand a fishing trip").click()
    expect(reader.get_by_role("heading", name="What rests on it")).to_be_visible()
    resting = reader.locator("main").inner_text()

    assert before == 0
    assert all(words in listed for words in STATEMENTS)
    assert "“Every order we have given our officers is on our website”" in shown
    assert "Quotation: word for word" in shown
    assert "Passage: word for word" in shown
    assert all(words in resting for words in STATEMENTS)


def test_nobody_publishes_what_they_submitted(sign_in, open_page, live_server):
    letter = LetterFactory(status=Status.DRAFT)

    desk = sign_in("both", "Administrators")
    desk.goto(f"{live_server.url}/admin/letters/letter/{letter.pk}/change/")
    desk.get_by_role("button", name="Save and submit for review").click()
    desk.get_by_label("I have looked at this").check()
    desk.get_by_role("button", name="Save and publish").click()
    hears(desk, "Who submitted an entry can't publish it: a second person has to.")
    reader = open_page(f"/letters/{letter.key}/")

    assert reader.title().startswith("Not on the public record")
