"""The docket as a report: all entries in order of their dates."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, CharField, F, Func, OuterRef, TextField, Value
from django.db.models.functions import Cast, Collate

from casefile.reports import Column, Report
from jurisdictions.models import Jurisdiction
from letters.docket.branches import BRANCHES
from letters.reports.columns import DATE, DATE_PRECISION, STATUS, key
from letters.reports.entries import entries
from letters.standing import Join

ENTRY_KIND = Column("entry_kind", "text", "Kind of entry: its file in the record bundle.")


class IsAny(Func):
    """Whether a value is one of an array's."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


SLUGS = Jurisdiction.objects.filter(IsAny(F("pk"), OuterRef("row_about"))).order_by(
    Collate(Cast("slug", TextField()), "C")
)


def docket(day, published):
    """Return the entries of each kind, with the texts that the docket shows of them."""
    return [
        entries(branch.model, day, published).annotate(
            entry_kind=Value(branch.kind, output_field=CharField()),
            row_title=_expression(branch.title),
            row_context=_expression(branch.context),
            row_code=_expression(branch.code),
            row_who=_expression(branch.who),
            row_detail=_expression(branch.detail),
            row_about=branch.about,
            row_jurisdictions=Join(ArraySubquery(SLUGS.values("slug"))),
        )
        for branch in BRANCHES
        if branch.date == "date"
    ]


def _expression(text):
    return F(text) if isinstance(text, str) else text


DOCKET = Report(
    "docket",
    "Docket",
    "All entries of the record in order: letters, responses, statements, rulings and the rest.",
    columns=(
        key("Stable key of the entry."),
        ENTRY_KIND,
        DATE,
        DATE_PRECISION,
        Column(
            "jurisdictions", "text", "Slugs of the jurisdictions concerned.", "row_jurisdictions"
        ),
        Column("title", "text", "What it is.", "row_title"),
        Column("context", "text", "What it belongs to.", "row_context"),
        Column("code", "text", "Its kind in more detail.", "row_code"),
        Column("who", "text", "Who signed or said it.", "row_who"),
        Column("detail", "text", "What it says, in short.", "row_detail"),
        STATUS,
    ),
    rows=docket,
    order=("date", "entry_kind", "key"),
)
