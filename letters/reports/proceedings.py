"""The report on lawsuits."""

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_noop as _

from casefile.reports import Column, Report
from letters.filters import ProceedingFilter
from letters.models import Proceeding, Ruling
from letters.reports.columns import DATE, DATE_PRECISION, STATUS, key, linked, sources_of


def proceedings(day, published):
    rulings = (
        Ruling.objects.recorded(day, published)
        .filter(proceeding=OuterRef("pk"))
        .order_by("-date", "-key")
    )
    return Proceeding.objects.recorded(day, published).annotate(
        last_ruling=Subquery(rulings.values("title")[:1]),
        last_ruling_on=Subquery(rulings.values("date")[:1]),
        last_outcome=Subquery(rulings.values("outcome")[:1]),
    )


PROCEEDINGS = Report(
    "proceedings",
    _("Proceedings"),
    _("One row for each lawsuit on record, with its newest ruling as of the day."),
    columns=(
        key(_("Stable key of the proceeding.")),
        Column("caption", "text", _("The caption.")),
        Column("court", "text", _("The court.")),
        Column("docket_number", "text", _("The docket number.")),
        DATE,
        DATE_PRECISION,
        Column(
            "jurisdictions",
            "text",
            _("Slugs of the jurisdictions that it concerns."),
            linked(Proceeding, "jurisdictions", "slug"),
        ),
        Column("last_ruling_on", "date", _("The day of the newest ruling.")),
        Column("last_ruling", "text", _("The newest ruling.")),
        Column("last_outcome", "text", _("Its outcome.")),
        Column("url", "text", _("Where the docket can be read.")),
        Column("summary", "text", _("What it is about.")),
        STATUS,
        sources_of(Proceeding),
    ),
    rows=proceedings,
    order=("key",),
    filterset=ProceedingFilter,
)
