"""The report on jurisdictions: one row each, with what its letters and awards add up to."""

from django.db.models import Case, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

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
    "Jurisdictions",
    "One row for each jurisdiction on record, with what its letters and awards add up to.",
    columns=(
        Column("slug", "text", "Stable key of the jurisdiction."),
        Column("name", "text", "Name."),
        Column("kind", "text", "state, county, city, consolidated, town or other."),
        Column("state", "text", "USPS code of its state."),
        Column("letters", "integer", "How many letters to it are on record.", "letter_count"),
        Column("next_deadline", "date", "The earliest deadline by which an answer is due."),
        Column("exposure", "text", "Failures by rule of any of its letters."),
        Column(
            "award_amount",
            "number",
            "Sum of its awards' amounts on the surest basis on record.",
            unit="US dollars",
        ),
        Column("award_amount_basis", "text", "What that sum is: awarded, allocated, reported..."),
        *(
            Column(
                f"amount_{basis}",
                "number",
                f"Sum of the amounts that are {basis.label.lower()}.",
                unit="US dollars",
            )
            for basis in SUREST_FIRST
        ),
        Column("pressing_state", "text", "The state of its most pressing letter."),
        Column("geoid", "text", "Census GEOID."),
        Column("parent", "text", "Slug of the jurisdiction that contains it.", "parent_slug"),
        Column("aliases", "text", "Other names.", Join("aliases")),
    ),
    rows=jurisdictions,
    order=("slug",),
    filterset=JurisdictionFilter,
)
