"""Questions that readers bring to the founding record, and how few steps answer them.

A step is a click, a choice, or words that are typed. Run with -s, the table has the seconds too.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Reader:
    """Somebody at the first page, whose steps are counted."""

    def __init__(self, page):
        self.page, self.steps = page, 0

    def press(self, role, name):
        self.steps += 1
        self.page.get_by_role(role, name=name).first.click()

    def choose(self, label, option):
        self.steps += 1
        select = self.page.get_by_label(label, exact=True)
        value = select.locator("option", has_text=option).first.get_attribute("value")
        select.select_option(value)

    def type(self, label, text):
        self.steps += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def search(self, text):
        self.steps += 2
        box = self.page.get_by_role("search").get_by_role("searchbox").first
        box.fill(text)
        box.press("Enter")


@dataclass(frozen=True)
class Question:
    asked: str
    answer: str | re.Pattern
    steps: int
    go: Callable = lambda reader: None


def on_the_day_after(reader):
    reader.type("As of", "2018-02-24")
    reader.press("button", "Show")
    reader.press("link", re.compile("Deadline passed, no response on record"))


def denver(reader):
    reader.search("denver")
    reader.press("link", "City and County of Denver")


def january(reader):
    reader.press("link", "Document demand to 23 jurisdictions")


def chicago_money(reader):
    reader.press("link", "Grants")
    reader.choose("Jurisdiction", "City of Chicago")


def sessions(reader):
    reader.press("link", "Statements")
    reader.choose("Official", "Jeff Sessions")


def chicago_in_court(reader):
    reader.press("link", "Proceedings")
    reader.press("link", re.compile("City of Chicago v. Sessions"))


def red_herring(reader):
    reader.search('"red herring"')
    reader.press("link", re.compile("Daniel Rivera"))


def california(reader):
    reader.press("link", re.compile("^California: 20"))


QUESTIONS = [
    Question("Who had not answered on 24 February 2018?", "38 letters", 3, on_the_day_after),
    Question("Where does Denver stand?", "the deadline of 23 February 2018 has passed", 3, denver),
    Question("What did Denver say?", "Michael Hancock", 3, denver),
    Question("When is the next answer due?", "No answer to a letter on record is due.", 0),
    Question("How many of the 23 answered?", "17%", 1, january),
    Question("What was demanded of them?", "orders, directives, instructions", 1, january),
    Question("What money is at stake in Chicago?", re.compile(r"\$[\d,]{6,}"), 2, chicago_money),
    Question("What did the Attorney General say?", "4 statements", 2, sessions),
    Question("What became of Chicago's suit?", "for the city", 2, chicago_in_court),
    Question("Who spoke of a red herring, and how do we know?", "Lawrence", 3, red_herring),
    Question("Which letters to California are open?", "20 letters", 1, california),
]


def test_questions_are_answered_in_three_steps_at_most(open_page):
    publisher = UserFactory(username="publisher", is_superuser=True)
    call_command("load_record", "letters/founding_record", publish_as=publisher.username)
    needed = {}

    for question in QUESTIONS:
        page = open_page("/")
        reader, began = Reader(page), time.perf_counter()
        question.go(reader)
        expect(page.locator("main")).to_contain_text(question.answer)
        needed[question.asked] = reader.steps
        print(f"| {question.asked} | {reader.steps} | {time.perf_counter() - began:.1f} |")

    assert needed == {question.asked: question.steps for question in QUESTIONS}
