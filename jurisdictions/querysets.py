"""What can be asked of awards."""

from datetime import date
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from casefile.models import Citation
from jurisdictions.award_status import Axis
from jurisdictions.award_tallies import AwardSums

FIRST_FISCAL_YEAR = 2005  # when Byrne JAG began
FISCAL_YEARS = """
    SELECT year FROM generate_series(%(first)s, %(last)s) year WHERE EXISTS (
        SELECT FROM jurisdictions_awardinterval
        WHERE published AND fiscal_year = year AND during @> %(day)s::date
    )
"""
# What is kept of an award beside where it stands, by the names under which lists ask for it: there
# indexes find it in the order of a list, of the award itself they don't.
KEPT = {"kept_year": "fiscal_year", "kept_basis": "amount_basis", "kept_usps": "usps"}


def last_fiscal_year(day):
    """Return the last fiscal year that had begun by a day: FY2017 began on 1 October 2016."""
    return day.year + (day.month >= 10)


def scope_of(published):
    """Return the field that says whether an interval is part of what readers see, or staff."""
    return "published" if published else "entered"


class AmountsQuerySet(models.QuerySet):
    """What has an amount and says on which basis."""

    def totals(self, *by):
        """Return the sums of the amounts for each basis, and for each value of ``by`` if given.

        Amounts on two bases are never added: one may be a part or another reading of the other.
        """
        return (
            self.filter(amount__isnull=False)
            .order_by(*by, "amount_basis")
            .values(*by, basis=F("amount_basis"))
            .annotate(sum=Sum("amount"), awards=Count("pk"))
        )


class AwardQuerySet(AmountsQuerySet):
    def published(self):
        """Keep what readers may see: an award is on the public record once it is cited."""
        citations = Citation.objects.filter(
            entry_type=ContentType.objects.get_for_model(self.model), entry_id=OuterRef("pk")
        )
        return self.filter(Exists(citations))

    def on_record(self, day: date):
        """Keep awards of fiscal years that had begun by a day."""
        return self.filter(fiscal_year__lte=last_fiscal_year(day))

    def public(self, day: date):
        """Keep what readers may see as of a day."""
        return self.published().on_record(day)

    def with_status(self, day: date, published=True):
        """Add ``award_status``, ``money_status`` and ``dispute_status`` as of a day.

        Each is that of the newest event on its axis, of published events unless asked for all;
        None if there is none, or if the award isn't on record then. See `AwardInterval`. What is
        `KEPT` there can be asked for.
        """
        covers_day = Q(
            intervals__during__contains=day,
            intervals__fiscal_year__lte=last_fiscal_year(day),
            **{f"intervals__{scope_of(published)}": True},
        )
        awards = self.annotate(interval=FilteredRelation("intervals", condition=covers_day))
        return awards.alias(
            **{name: F(f"interval__{field}") for name, field in KEPT.items()}
        ).annotate(**{f"{axis}_status": F(f"interval__{axis}_status") for axis in Axis.values})

    def standing(self, day: date, published=True):
        """Keep awards on record on a day, the cited ones unless asked for all. Add their status.

        For readers the same as ``public(day)``.
        """
        awards = self.with_status(day, published).alias(on_record=F("interval__pk"))
        return awards.filter(on_record__isnull=False)


class AwardIntervalQuerySet(AmountsQuerySet):
    def on_record(self, day: date, published=True):
        """Keep what says where awards stand on a day: to readers, or to staff.

        What is `KEPT` can be asked for by the same names as of awards.
        """
        # Of a past day, the index of years passes over those to come.
        years = Q(fiscal_year__lte=last_fiscal_year(day))
        rows = self.alias(**{name: F(field) for name, field in KEPT.items()})
        return rows.filter(years, during__contains=day, **{scope_of(published): True})

    def sums(self):
        """Return {basis: AwardSums} of awards on one day: all that a list says of them, at once."""
        rows = self.order_by().values_list("amount_basis")
        found = rows.annotate(
            awards=Count("*"),
            with_amount=Count("amount"),
            sum=Coalesce(Sum("amount"), Decimal(0)),
        )
        return {basis: AwardSums(*numbers) for basis, *numbers in found}

    def fiscal_years(self, day: date):
        """Return the years of which readers see an award as of a day.

        A look-up for each year that there can be: else all awards would be read.
        """
        with connection.cursor() as cursor:
            years = {"first": FIRST_FISCAL_YEAR, "last": day.year + 1}
            cursor.execute(FISCAL_YEARS, years | {"day": day})
            return [year for (year,) in cursor]
