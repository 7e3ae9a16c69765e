"""The checks of citations follow every save, and whatever writes past the models."""

import hashlib

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from casefile.models import Citation, Source
from casefile.quotation_checks import QuotationCheck
from casefile.rechecking import recheck
from letters.models import Statement
from tests.factories import (
    CitationFactory,
    LetterFactory,
    SourceFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

TEXT = "“We will not satisfy the request,” Herrera said. “It is 24 pages long.”"
WORDS = "We will not satisfy the request"


def cite(text=TEXT, words=WORDS, **kwargs):
    """Return the citation of a quotation, with a source of that text."""
    statement = StatementFactory(text=words, cited=False, status="draft")
    return CitationFactory(entry=statement, source=SourceFactory(text=text), **kwargs)


def checks(citation):
    citation.refresh_from_db()
    return citation.passage_check, citation.quotation_check


def test_citation_is_checked_when_it_is_saved():
    citation = cite(passage="“It is 25 pages long.”")

    assert checks(citation) == ("altered", "exact")


def test_citation_without_passage_or_quotation_has_nothing_to_check():
    letter = LetterFactory(cited=False, status="draft")

    citation = CitationFactory(entry=letter, source=SourceFactory(text=TEXT))

    assert checks(citation) == ("", "")


def test_paraphrase_is_no_quotation():
    statement = StatementFactory(kind="paraphrase", text=WORDS, cited=False, status="draft")

    citation = CitationFactory(entry=statement, source=SourceFactory(text=TEXT))

    assert checks(citation) == ("", "")


def test_source_without_text_is_never_a_pass():
    citation = cite(text="", passage="It is")

    assert checks(citation) == ("unchecked", "unchecked")


def test_citation_saved_in_part_is_checked_too():
    citation = cite()
    citation.passage = "24 pages"

    citation.save(update_fields=["passage"])

    assert checks(citation) == ("exact", "exact")


def test_citation_is_checked_against_its_new_source():
    citation = cite()
    citation.source = SourceFactory(text="Nothing of the kind")

    citation.save()

    assert checks(citation) == ("", "absent")


def test_source_that_gets_a_text_checks_its_citations():
    citation = cite(text="", passage="It is 24 pages long.")

    citation.source.text = TEXT
    citation.source.save()

    assert checks(citation) == ("exact", "exact")


def test_source_that_loses_its_text_unchecks_its_citations():
    citation = cite()

    citation.source.text = ""
    citation.source.save(update_fields=["text"])

    assert checks(citation) == ("", "unchecked")


def test_statement_that_changes_its_words_is_checked_again():
    citation = cite()

    citation.entry.text = WORDS.replace("not ", "")
    citation.entry.save()

    assert checks(citation) == ("", "altered")


def test_statement_that_becomes_a_paraphrase_has_nothing_to_check():
    citation = cite()

    citation.entry.kind = "paraphrase"
    citation.entry.save()

    assert checks(citation) == ("", "")


def test_recheck_sees_what_was_written_past_the_models():
    citation = cite(passage="It is")
    Source.objects.update(text=TEXT.replace("satisfy", "fulfil"))

    changes = recheck(Citation.objects.all())

    assert [change[1:] for change in changes] == [("quotation_check", "exact", "altered")]
    assert checks(citation) == ("exact", "altered")


def test_recheck_clears_checks_of_what_is_no_longer_there():
    citation = cite(passage="It is")
    Statement.objects.update(kind="paraphrase")
    Citation.objects.update(passage="")

    recheck(Citation.objects.all())

    assert checks(citation) == ("", "")


def test_recheck_writes_nothing_where_nothing_changed():
    citation = cite()
    versions = citation.history.count()

    assert recheck(Citation.objects.all()) == []
    assert citation.history.count() == versions


def test_recheck_reads_each_text_once(django_assert_num_queries):
    source = SourceFactory(text=TEXT)
    for _ in range(20):
        CitationFactory(
            entry=StatementFactory(cited=False, status="draft"), source=source, passage="It is"
        )
    Citation.objects.update(quotation_check="")
    ContentType.objects.get_for_model(Statement)

    # The citations, their statements, the source's text; and one update.
    with django_assert_num_queries(4):
        recheck(Citation.objects.all())


@pytest.mark.parametrize("field", ["passage_check", "quotation_check"])
def test_database_knows_the_checks(field):
    citation = cite()

    with pytest.raises(IntegrityError, match=f"casefile_citation_{field}_known"):
        Citation.objects.filter(pk=citation.pk).update(**{field: "verified"})


def test_source_has_the_hash_of_its_text():
    source = SourceFactory(text="Café")

    assert source.text_sha256 == hashlib.sha256("Café".encode()).hexdigest()


def test_source_without_text_has_no_hash():
    source = SourceFactory(text="Café")
    source.text = ""

    source.save(update_fields=["text"])

    source.refresh_from_db()
    assert source.text_sha256 == ""


def test_source_has_the_hash_of_its_file():
    source = SourceFactory(file=ContentFile(b"%PDF-1.7", name="letter.pdf"))

    source.refresh_from_db()
    assert source.file_sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()
    with source.file.open() as stored:
        assert stored.read() == b"%PDF-1.7"


def test_source_has_the_hash_of_its_new_file():
    source = SourceFactory(file=ContentFile(b"%PDF-1.6", name="letter.pdf"))
    source.file = ContentFile(b"%PDF-1.7", name="letter.pdf")

    source.save()

    assert source.file_sha256 == hashlib.sha256(b"%PDF-1.7").hexdigest()


def test_source_without_its_file_has_no_hash():
    source = SourceFactory(file=ContentFile(b"%PDF-1.7", name="letter.pdf"))
    source.file = ""

    source.save()

    assert source.file_sha256 == ""


def test_citation_has_marks_for_readers():
    citation = cite(passage="It is")

    assert citation.quotation_mark is QuotationCheck.EXACT
    assert citation.passage_mark.label == "Word for word"


def test_citation_without_quotation_has_no_mark():
    citation = CitationFactory(entry=LetterFactory(cited=False, status="draft"))

    assert citation.quotation_mark is None
    assert citation.passage_mark is None


def test_citation_finds_its_quotation_again():
    citation = cite(words="We will ... satisfy the request")
    citation.entry.text = "We will not satisfy ... It is 24 pages long"
    citation.entry.save()
    citation.refresh_from_db()

    found = citation.find_quotation()

    assert found.outcome == citation.quotation_check == "elided"
    assert found.omitted == ("the request,” Herrera said. “",)


def test_source_that_is_refused_leaves_no_file(settings):
    SourceFactory(key="article")

    with pytest.raises(IntegrityError), transaction.atomic():
        SourceFactory(key="article", file=ContentFile(b"%PDF-1.7", name="article.pdf"))

    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
