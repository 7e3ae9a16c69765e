"""Reports on what was said, and on how each quotation was checked."""

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from casefile.models import Citation
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
    """Return the citations of quoted statements, with the statement's own columns beside."""
    quoted = Statement.objects.recorded(day, published).filter(kind=StatementKind.QUOTATION)
    statement = Statement.objects.filter(pk=OuterRef("entry_id"))
    return Citation.objects.filter(
        entry_type__app_label="letters",
        entry_type__model="statement",
        entry_id__in=quoted.order_by().values("pk"),
    ).annotate(
        statement_key=Subquery(statement.values("key")),
        statement_text=Subquery(statement.values("text")),
    )


QUOTATIONS = Report(
    "quotations",
    _("Quotations"),
    _("One row for each source cited for a quotation, with how its words compare to the source's."),
    columns=(
        Column("key", "text", _("Stable key of the statement."), "statement_key"),
        Column("source", "text", _("Key of the source."), "source__key"),
        Column("check", "text", _("How the quotation compares to the source."), "quotation_check"),
        Column("field", "text", _("The field that the citation is about; empty for all.")),
        Column("pin", "text", _("Page, paragraph or sentence.")),
        Column("source_kind", "text", _("Kind of source."), "source__kind"),
        Column("stance", "text", _("supports or contradicts.")),
        Column("text", "text", _("The quotation."), "statement_text"),
        Column("passage", "text", _("The passage cited.")),
        Column("passage_check", "text", _("How the passage compares to the source.")),
    ),
    rows=quotations,
    order=("key", "source", "field", "pin"),
)
