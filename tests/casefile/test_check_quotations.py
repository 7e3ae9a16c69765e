"""The command that compares every quotation with its source again."""

from io import StringIO

import pytest
from django.core.management import call_command

from casefile.models import Citation, Source
from tests.factories import CitationFactory, LetterFactory, SourceFactory, StatementFactory

pytestmark = pytest.mark.django_db

WORDS = "We will satisfy the request"


@pytest.fixture
def citation():
    statement = StatementFactory(key="s1", text=WORDS, cited=False, status="draft")
    source = SourceFactory(key="times", text=f"“{WORDS},” he said.")
    return CitationFactory(entry=statement, source=source, passage="he said")


def run(*args):
    output = StringIO()
    call_command("check_quotations", *args, stdout=output, stderr=StringIO())
    return output.getvalue()


def test_check_quotations_counts_each_outcome(citation):
    LetterFactory(cited=False, status="draft")

    assert run().splitlines() == [
        "                passages  quotations",
        "exact                  1           1",
        "typographic            0           0",
        "elided                 0           0",
        "altered                0           0",
        "absent                 0           0",
        "unchecked              0           0",
        "0 changed.",
    ]


def test_check_quotations_writes_and_lists_what_changed(citation):
    Source.objects.update(text="“We will not satisfy the request,” he said.")

    output = run()

    citation.refresh_from_db()
    assert citation.quotation_check == "altered"
    assert "statements s1, times: quotation_check exact -> altered\n1 changed.\n" in output


def test_check_quotations_says_what_was_never_checked(citation):
    Citation.objects.update(quotation_check="")

    assert "statements s1, times: quotation_check empty -> exact" in run()


def test_check_quotations_with_check_writes_nothing_and_fails(citation):
    Source.objects.update(text="")
    versions = citation.history.count()

    with pytest.raises(SystemExit) as stop:
        run("--check")

    citation.refresh_from_db()
    assert stop.value.code == 1
    assert citation.quotation_check == "exact"
    assert citation.history.count() == versions


def test_check_quotations_with_check_passes_where_all_is_true(citation):
    assert "0 changed." in run("--check")


def test_check_quotations_is_kept_in_history_with_its_name(citation):
    Source.objects.update(text="")

    run()

    assert citation.history.latest("pgh_id").pgh_context.metadata["command"] == "check_quotations"
