"""Where jurisdictions and rounds stand as of a day: what their public letters add up to."""

from collections import defaultdict

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from jurisdictions.models import AmountBasis, Award
from letters.models import Letter


def with_letter_count(rows, relation, day):
    """Add ``letter_count`` to rounds or jurisdictions: how many public letters name the row."""
    letters = Letter.objects.public(day).filter(**{relation: OuterRef("pk")}).order_by()
    counted = letters.values(relation).annotate(count=Count("pk")).values("count")
    return rows.annotate(letter_count=Coalesce(Subquery(counted), 0))


def award_totals(awards, *by):
    """Return the sums of the awards' amounts for each basis, as dicts with ``sum``, ``awards``."""
    return [{**total, "basis": AmountBasis(total["basis"])} for total in awards.totals(*by)]


def attach_award_totals(jurisdictions, day):
    """Set ``award_totals`` on each: the sums of its public awards' amounts for each basis."""
    awards = Award.objects.public(day).filter(jurisdiction__in=jurisdictions)
    totals = defaultdict(list)
    for total in award_totals(awards, "jurisdiction"):
        totals[total["jurisdiction"]].append(total)
    for jurisdiction in jurisdictions:
        jurisdiction.award_totals = totals[jurisdiction.pk]
