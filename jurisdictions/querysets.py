"""What can be asked of awards."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, OuterRef

from casefile.models import Citation


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
