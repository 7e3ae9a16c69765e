"""Reports on Byrne JAG awards and what happened to them."""

from casefile.reports import Column, Report
from jurisdictions.models import Award, AwardEvent
from letters.filters import GrantFilter
from letters.reports.columns import DATE, DATE_PRECISION, STATUS, key, sources_of
from letters.reports.entries import entries


def grants(day, published):
    # An award has no review of its own: it is on the record once it is cited.
    awards = Award.objects.public(day) if published else Award.objects.on_record(day)
    return awards.with_status(day, published)


GRANTS = Report(
    "grants",
    "Grants",
    "One row for each Byrne JAG award, with its status on three axes as of the day.",
    columns=(
        key("Stable key of the award."),
        Column("jurisdiction", "text", "Slug of the jurisdiction.", "jurisdiction__slug"),
        Column("program", "text", "The grant program."),
        Column("fiscal_year", "year", "Federal fiscal year."),
        Column(
            "amount", "number", "The amount. Never add amounts on two bases.", unit="US dollars"
        ),
        Column("amount_basis", "text", "What the amount is: awarded, allocated, reported..."),
        Column("award_status", "text", "What happened last to the award itself."),
        Column("money_status", "text", "What happened last to the money."),
        Column("dispute_status", "text", "Where the dispute over its conditions stands."),
        Column("award_number", "text", "DOJ's number of the award."),
        Column("note", "text", "What to know about the figure."),
        sources_of(Award),
    ),
    rows=grants,
    order=("key",),
    filterset=GrantFilter,
)

AWARD_EVENTS = Report(
    "award_events",
    "Award events",
    "One row for each thing that happened to an award, on one of three axes.",
    columns=(
        key("Stable key of the event."),
        Column("award", "text", "Key of the award.", "award__key"),
        Column("jurisdiction", "text", "Slug of the jurisdiction.", "award__jurisdiction__slug"),
        DATE,
        DATE_PRECISION,
        Column("axis", "text", "award, money or dispute."),
        Column("award_status", "text", "The status from this day on."),
        Column("note", "text", "What is known of it."),
        STATUS,
        sources_of(AwardEvent),
    ),
    rows=lambda day, published: entries(AwardEvent, day, published),
    order=("key",),
)
