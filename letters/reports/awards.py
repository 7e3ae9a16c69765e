"""Reports on Byrne JAG awards and what happened to them."""

from django.utils.translation import gettext_noop as _

from casefile.reports import Column, Report
from jurisdictions.models import Award, AwardEvent
from letters.filters import GrantFilter
from letters.reports.columns import DATE, DATE_PRECISION, STATUS, key, sources_of


def grants(day, published):
    return Award.objects.standing(day, published)


GRANTS = Report(
    "grants",
    _("Grants"),
    _("One row for each Byrne JAG award, with its status on three axes as of the day."),
    columns=(
        key(_("Stable key of the award.")),
        Column("jurisdiction", "text", _("Slug of the jurisdiction."), "jurisdiction__slug"),
        Column("program", "text", _("The grant program.")),
        Column("fiscal_year", "year", _("Federal fiscal year.")),
        Column(
            "amount",
            "number",
            _("The amount. Never add amounts on two bases."),
            unit=_("US dollars"),
        ),
        Column("amount_basis", "text", _("What the amount is: awarded, allocated, reported...")),
        Column("award_status", "text", _("What happened last to the award itself.")),
        Column("money_status", "text", _("What happened last to the money.")),
        Column("dispute_status", "text", _("Where the dispute over its conditions stands.")),
        Column("award_number", "text", _("DOJ's number of the award.")),
        Column("note", "text", _("What to know about the figure.")),
        sources_of(Award),
    ),
    rows=grants,
    order=("key",),
    filterset=GrantFilter,
)

AWARD_EVENTS = Report(
    "award_events",
    _("Award events"),
    _("One row for each thing that happened to an award, on one of three axes."),
    columns=(
        key(_("Stable key of the event.")),
        Column("award", "text", _("Key of the award."), "award__key"),
        Column("jurisdiction", "text", _("Slug of the jurisdiction."), "award__jurisdiction__slug"),
        DATE,
        DATE_PRECISION,
        Column("axis", "text", _("award, money or dispute.")),
        Column("award_status", "text", _("The status from this day on.")),
        Column("note", "text", _("What is known of it.")),
        STATUS,
        sources_of(AwardEvent),
    ),
    rows=lambda day, published: AwardEvent.objects.recorded(day, published),
    order=("key",),
)
