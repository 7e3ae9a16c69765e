"""The docket as a report: all that the timeline shows, in order of dates."""

from dataclasses import replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, TextField, Value
from django.db.models.functions import Cast, Collate
from django.utils.translation import gettext_noop as _

from casefile.arrays import IsAnyOf
from casefile.reports import Column, Report
from jurisdictions.models import Jurisdiction
from letters.docket.branches import BRANCHES
from letters.filters import TimelineFilter
from letters.reports.columns import DATE, DATE_PRECISION, STATUS, key
from letters.standing import Join

ENTRY_KIND = Column("entry_kind", "text", _("Kind of entry: its file in the record bundle."))


SLUGS = Jurisdiction.objects.filter(IsAnyOf(F("pk"), OuterRef("row_about"))).order_by(
    Collate(Cast("slug", TextField()), "C")
)


def docket(day, published):
    """Return the rows of each branch of the docket."""
    return [
        branch.rows(day, published).annotate(row_field=Value(branch.date, output_field=CharField()))
        for branch in BRANCHES
    ]


def with_texts(parts):
    """Add to the rows of each branch the texts that it shows of them."""
    return [
        part.annotate(
            row_title=_expression(branch.title),
            row_context=_expression(branch.context),
            row_code=_expression(branch.code),
            row_who=_expression(branch.who),
            row_detail=_expression(branch.detail),
            row_about=branch.about,
            row_jurisdictions=Join(ArraySubquery(SLUGS.values("slug"))),
        )
        for part, branch in zip(parts, BRANCHES, strict=True)
    ]


def _expression(text):
    return F(text) if isinstance(text, str) else text


DOCKET = Report(
    "docket",
    _("Docket"),
    _("All that has a date on the record: letters, responses, statements, rulings and the rest."),
    columns=(
        key(_("Stable key of the entry.")),
        replace(ENTRY_KIND, value="row_kind"),
        replace(DATE, value="row_date"),
        replace(DATE_PRECISION, value="row_precision"),
        Column(
            "jurisdictions", "text", _("Slugs of the jurisdictions concerned."), "row_jurisdictions"
        ),
        Column("title", "text", _("What it is."), "row_title"),
        Column("context", "text", _("What it belongs to."), "row_context"),
        Column("code", "text", _("Its kind in more detail."), "row_code"),
        Column("who", "text", _("Who signed or said it."), "row_who"),
        Column("detail", "text", _("What it says, in short."), "row_detail"),
        STATUS,
        Column(
            "dated_by",
            "text",
            _(
                "Which date of the entry this is: date, or a later one such as repealed_on;"
                " overdue_on is the day after a deadline that passed with no response on record."
            ),
            "row_field",
        ),
    ),
    rows=docket,
    with_texts=with_texts,
    order=("date", "entry_kind", "key", "dated_by"),
    filterset=TimelineFilter,
)
