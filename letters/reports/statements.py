"""Reports on what was said, and on how each quotation was checked."""

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from casefile.reports import Column, Report
from letters.filters import StatementFilter
from letters.models import Letter, Round, Statement
from letters.models.statements import StatementKind
from letters.reports.columns import DATE, DATE_PRECISION, STATUS, key, linked, sources_of
from letters.visibility import public_rounds


def statements(day, published):
    letters = Letter.objects.recorded(day, published).filter(pk=OuterRef("in_reply_to_letter"))
    rounds = public_rounds(day) if published else Round.objects.all()
    rounds = rounds.filter(pk=OuterRef("in_reply_to_round"))
    return Statement.objects.recorded(day, published).annotate(
        answers=Coalesce(
            Subquery(rounds.values("slug")),
            Subquery(letters.values("key")),
            output_field=CharField(),
        )
    )


STATEMENTS = Report(
    "statements",
    _("Statements"),
    _("One row for each statement on record: who said what, in which role, quoted or paraphrased."),
    columns=(
        key(_("Stable key of the statement.")),
        DATE,
        DATE_PRECISION,
        Column("speaker", "text", _("Slug of the official, where named."), "speaker__slug"),
        Column("speaker_name", "text", _("Name of the official."), "speaker__name"),
        Column("speaker_title", "text", _("The role of that day.")),
        Column("organisation", "text", _("The organisation spoken for.")),
        Column("side", "text", _("federal, jurisdiction or third_party.")),
        Column(
            "jurisdictions",
            "text",
            _("Slugs of the jurisdictions it is about."),
            linked(Statement, "jurisdictions", "slug"),
        ),
        Column("kind", "text", _("quotation or paraphrase.")),
        Column("text", "text", _("The words, or what they come to.")),
        Column("altered_text", "text", _("How an altered copy gives the words.")),
        Column("attribution", "text", _("named, unnamed, inferred or disputed.")),
        Column("venue", "text", _("Where it was said.")),
        Column(
            "in_reply_to",
            "text",
            _("Slug of the round or key of the letter that it answers."),
            "answers",
        ),
        STATUS,
        sources_of(Statement),
    ),
    rows=statements,
    order=("key",),
    filterset=StatementFilter,
)


def quotations(day, published):
    """Return the quoted statements, each with one of its citations beside.

    An index has statements in the order of the report, and finds the citations of each.
    """
    quoted = Statement.objects.recorded(day, published).filter(kind=StatementKind.QUOTATION)
    return quoted.filter(citations__isnull=False)


def _cited(name, description, lookup=None):
    """Return a column of the citation that stands beside a statement."""
    return Column(name, "text", description, f"citations__{lookup or name}")


QUOTATIONS = Report(
    "quotations",
    _("Quotations"),
    _("One row for each source cited for a quotation, with how its words compare to the source's."),
    columns=(
        key(_("Stable key of the statement.")),
        _cited("source", _("Key of the source."), "source__key"),
        _cited("check", _("How the quotation compares to the source."), "quotation_check"),
        _cited("field", _("The field that the citation is about; empty for all.")),
        _cited("pin", _("Page, paragraph or sentence.")),
        _cited("source_kind", _("Kind of source."), "source__kind"),
        _cited("stance", _("supports or contradicts.")),
        Column("text", "text", _("The quotation.")),
        _cited("passage", _("The passage cited.")),
        _cited("passage_check", _("How the passage compares to the source.")),
    ),
    rows=quotations,
    order=("key", "source", "field", "pin"),
)
