"""What can be asked of awards."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Subquery, Sum

from casefile.models import Citation
from jurisdictions.award_status import AwardStatusField, Axis


class AwardQuerySet(models.QuerySet):
    def published(self):
        """Keep what readers may see: an award is on the public record once it is cited."""
        citations = Citation.objects.filter(
            entry_type=ContentType.objects.get_for_model(self.model), entry_id=OuterRef("pk")
        )
        return self.filter(Exists(citations))

    def on_record(self, day: date):
        """Keep awards of fiscal years that had begun by a day: FY2017 began on 1 October 2016."""
        return self.filter(fiscal_year__lte=day.year + (day.month >= 10))

    def public(self, day: date):
        """Keep what readers may see as of a day."""
        return self.published().on_record(day)

    def with_status(self, day: date, published=True):
        """Add ``award_status``, ``money_status`` and ``dispute_status`` as of a day.

        Each is that of the newest event on its axis, of published events unless asked for all;
        None if there is none.
        """
        events = self.model.events.rel.related_model.objects.on_record(day)
        if published:
            events = events.published()
        newest = events.filter(award=OuterRef("pk")).order_by("-date", "-key")
        return self.annotate(
            **{
                f"{axis}_status": Subquery(
                    newest.filter(axis=axis).values("award_status")[:1],
                    output_field=AwardStatusField(),
                )
                for axis in Axis.values
            }
        )

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
