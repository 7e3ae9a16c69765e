"""Readers see how each quotation and passage was checked, and never the source's text."""

import re

import pytest
from django.urls import reverse

from casefile.quotation_checks import QuotationCheck
from casefile.quotations import CHECKING_RULES
from tests.factories import CitationFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db

WORDS = "We will satisfy the request in a timely fashion."
SECRET = "Nobody but staff may read this sentence of the source."


@pytest.fixture
def statement_page(client):
    """Return the words of a statement's page, and how a quotation is marked on it."""

    def get(text, kind="news_report", **kwargs):
        statement = StatementFactory(text=WORDS, cited=False)
        source = SourceFactory(text=text, kind=kind, title="The Times")
        CitationFactory(entry=statement, source=source, **kwargs)
        return client.get(reverse("statement_detail", args=[statement.key])).content.decode()

    return get


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (f"He said: {WORDS} {SECRET}", QuotationCheck.EXACT),
        (f"{WORDS.replace(' will', '  will')} {SECRET}", QuotationCheck.TYPOGRAPHIC),
        (f"{WORDS.replace('will', 'will not')} {SECRET}", QuotationCheck.ALTERED),
        (SECRET, QuotationCheck.ABSENT),
        ("", QuotationCheck.UNCHECKED),
    ],
)
def test_statement_page_marks_its_quotation(statement_page, text, mark):
    content = statement_page(text)

    assert f"Quotation: {mark.label.lower()}" in content
    assert mark.explanation in content
    assert SECRET not in content


def test_statement_page_says_that_a_quotation_is_verified(statement_page):
    assert "Verified</span> A source" in statement_page(WORDS)


def test_statement_page_never_calls_a_machine_altered_copy_verification(statement_page):
    content = statement_page(WORDS, kind="machine_altered_copy")

    assert "Quotation: word for word" in content
    assert "Not verified</span> " in content


def test_statement_page_shows_how_a_cited_passage_differs(statement_page):
    passage = "We will not satisfy the request in any fashion."

    content = statement_page(f"{passage} {SECRET}", passage=passage)

    assert "Where The Times has other words" in content
    assert re.findall("<(del|ins)>(.*?)</", content) == [
        ("del", "not"),
        ("del", "any"),
        ("ins", "a timely"),
    ]
    assert "Passage: word for word" in content


def test_statement_page_publishes_the_rules_of_the_check(statement_page):
    content = statement_page(WORDS)

    assert all(rule.split(":")[0] in content for rule in CHECKING_RULES)


def test_source_page_marks_its_passages(client):
    statement = StatementFactory(kind="paraphrase", cited=False)
    source = SourceFactory(text=f"{SECRET} The end.")
    CitationFactory(entry=statement, source=source, passage="The end.")

    content = client.get(source.get_absolute_url()).content.decode()

    assert "Passage: word for word" in content
    assert SECRET not in content
