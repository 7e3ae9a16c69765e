"""Reviewers see how the words of a citation were checked: what differs, and what is left out."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from tests.factories import CitationFactory, LetterFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db


def cite(words, text, **kwargs):
    statement = StatementFactory(text=words, cited=False, status="draft")
    return CitationFactory(entry=statement, source=SourceFactory(text=text), **kwargs)


@pytest.fixture
def pages(admin_client):
    """Return the page of a citation's entry, and the citation's own, for a citation."""

    def get(citation):
        entry = reverse("admin:letters_statement_change", args=[citation.entry_id])
        alone = reverse("admin:casefile_citation_change", args=[citation.pk])
        return [admin_client.get(address).content.decode() for address in (entry, alone)]

    return get


def test_citation_shows_the_words_that_an_ellipsis_leaves_out(pages):
    citation = cite("We will ever ... satisfy the request", "We will ever not satisfy the request")

    for page in pages(citation):
        assert "Quotation: word for word, with omissions" in strip_tags(page)
        assert "Left out: <q>not</q>" in page


def test_citation_shows_the_words_that_differ(pages):
    citation = cite("We will satisfy the request", "We will not satisfy that request")

    for page in pages(citation):
        assert "Quotation: differs from the source" in strip_tags(page)
        assert re.findall("<(del|ins)>(.*?)</", page) == [
            ("del", "not"),
            ("del", "that"),
            ("ins", "the"),
        ]


def test_citation_shows_the_check_of_its_passage(pages):
    citation = cite("We will", "We will not", passage="We will not")

    for page in pages(citation):
        assert "Passage: word for word" in strip_tags(page)


def test_citations_are_read_at_once(admin_client):
    few = cite("We will satisfy it", "We will not satisfy it").entry
    many = cite("We will satisfy it", "We will not satisfy it").entry
    for _ in range(5):
        CitationFactory(entry=many, source=SourceFactory(text="We shall not satisfy it"))

    counts = []
    for statement in (few, many):
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(reverse("admin:letters_statement_change", args=[statement.pk]))
        counts.append(sum("casefile_citation" in q["sql"] for q in queries))
        counts.append(sum('FROM "letters_statement"' in q["sql"] for q in queries))

    assert counts[:2] == counts[2:]


def test_citations_can_be_listed_by_their_check(admin_client):
    altered = cite("We will satisfy it", "We will not satisfy it")
    cite("We will satisfy it", "We will satisfy it")
    CitationFactory(entry=LetterFactory(cited=False, status="draft"))

    response = admin_client.get(
        reverse("admin:casefile_citation_changelist"), {"quotation_check": "altered"}
    )

    assert list(response.context["cl"].queryset) == [altered]
