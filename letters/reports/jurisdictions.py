"""The report on jurisdictions: one row each, with what its letters and awards add up to."""

from django.db.models import Case, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from casefile.reports import Column, Report
from jurisdictions.models import AmountBasis, Award, Jurisdiction
from letters.filters import JurisdictionFilter
from letters.standing import Join, with_standing
from letters.visibility import public_jurisdictions

# From the surest amounts to the least sure. A sum never mixes two of them.
SUREST_FIRST = [
    AmountBasis.AWARDED,
    AmountBasis.ALLOCATED,
    AmountBasis.REPORTED,
    AmountBasis.APPROXIMATE,
]
SUMS = {
    AmountBasis.AWARDED: _("Sum of the amounts that are awarded."),
    AmountBasis.ALLOCATED: _("Sum of the amounts that are allocated."),
    AmountBasis.REPORTED: _("Sum of the amounts that are reported."),
    AmountBasis.APPROXIMATE: _("Sum of the amounts that are approximate."),
}


def jurisdictions(day, published):
    whole = public_jurisdictions(day) if published else Jurisdiction.objects.all()
    awards = Award.objects.public(day) if published else Award.objects.on_record(day)
    own = awards.filter(jurisdiction=OuterRef("pk"), amount__isnull=False).order_by()
    sums = {
        f"amount_{basis}": Subquery(
            own.filter(amount_basis=basis)
            .values("jurisdiction")
            .annotate(sum=Sum("amount"))
            .values("sum")
        )
        for basis in SUREST_FIRST
    }
    return (
        with_standing(whole, day, published)
        .annotate(**sums)
        .annotate(
            award_amount=Coalesce(*(F(name) for name in sums)),
            award_amount_basis=Case(
                *(
                    When(**{f"amount_{basis}__isnull": False}, then=Value(basis.value))
                    for basis in SUREST_FIRST
                ),
                default=Value(""),
            ),
            parent_slug=Subquery(whole.filter(pk=OuterRef("parent")).values("slug")),
        )
    )


JURISDICTIONS = Report(
    "jurisdictions",
    _("Jurisdictions"),
    _("One row for each jurisdiction on record, with what its letters and awards add up to."),
    columns=(
        Column("slug", "text", _("Stable key of the jurisdiction.")),
        Column("name", "text", _("Name.")),
        Column("kind", "text", _("state, county, city, consolidated, town or other.")),
        Column("state", "text", _("USPS code of its state.")),
        Column("letters", "integer", _("How many letters to it are on record."), "letter_count"),
        Column("next_deadline", "date", _("The earliest deadline by which an answer is due.")),
        Column("exposure", "text", _("Failures by rule of any of its letters.")),
        Column(
            "award_amount",
            "number",
            _("Sum of its awards' amounts on the surest basis on record."),
            unit=_("US dollars"),
        ),
        Column(
            "award_amount_basis", "text", _("What that sum is: awarded, allocated, reported...")
        ),
        *(
            Column(
                f"amount_{basis}",
                "number",
                SUMS[basis],
                unit=_("US dollars"),
            )
            for basis in SUREST_FIRST
        ),
        Column("pressing_state", "text", _("The state of its most pressing letter.")),
        Column("geoid", "text", _("Census GEOID.")),
        Column("parent", "text", _("Slug of the jurisdiction that contains it."), "parent_slug"),
        Column("aliases", "text", _("Other names."), Join("aliases")),
    ),
    rows=jurisdictions,
    order=("slug",),
    filterset=JurisdictionFilter,
)
