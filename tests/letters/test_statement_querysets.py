"""A statement is verified by a better source than a machine-altered copy."""

import pytest

from letters.models import Statement
from tests.factories import CitationFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db

WORDS = "We will satisfy the request in a timely fashion."
TEXTS = {
    "exact": f"He said: {WORDS}",
    "typographic": "We will satisfy the\nrequest in a timely fashion.",
    "elided": "We will satisfy the request and more in a timely fashion.",
    "altered": WORDS.replace("will", "will not"),
    "absent": "Nothing of the kind",
    "unchecked": "",
}


def quote(text, words=WORDS, kind="news_report"):
    statement = StatementFactory(text=words, cited=False)
    source = SourceFactory(text=text, kind=kind)
    return CitationFactory(entry=statement, source=source)


@pytest.mark.parametrize(
    ("outcome", "verified"),
    [
        ("exact", True),
        ("typographic", True),
        ("elided", True),
        ("altered", False),
        ("absent", False),
        ("unchecked", False),
    ],
)
def test_verified_needs_the_words_in_a_source(outcome, verified):
    words = "We will satisfy ... in a timely fashion." if outcome == "elided" else WORDS
    citation = quote(TEXTS[outcome], words)

    assert citation.quotation_check == outcome
    assert Statement.objects.verified().exists() == verified


def test_verified_by_a_machine_altered_copy_is_nothing():
    citation = quote(TEXTS["exact"], kind="machine_altered_copy")

    assert citation.quotation_check == "exact"
    assert not Statement.objects.verified().exists()


def test_verified_by_a_better_source_beside_a_machine_altered_copy():
    statement = quote(TEXTS["exact"], kind="machine_altered_copy").entry
    CitationFactory(entry=statement, source=SourceFactory(text=TEXTS["exact"]))

    assert list(Statement.objects.verified()) == [statement]


def test_verified_by_a_source_that_contradicts_is_nothing():
    statement = quote("").entry
    CitationFactory(
        entry=statement, source=SourceFactory(text=TEXTS["exact"]), stance="contradicts"
    )

    assert not Statement.objects.verified().exists()


def test_paraphrase_is_never_verified():
    statement = StatementFactory(kind="paraphrase", text=WORDS, cited=False)
    CitationFactory(entry=statement, source=SourceFactory(text=TEXTS["exact"]), passage=WORDS)

    assert not Statement.objects.verified().exists()


def test_with_verified_keeps_every_statement():
    verified, doubtful = quote(TEXTS["exact"]).entry, quote("").entry

    found = dict(Statement.objects.with_verified().values_list("key", "is_verified"))

    assert found == {verified.key: True, doubtful.key: False}
