"""Days of the record: today in Washington, D.C., and dates known only to the month or year."""

from functools import lru_cache

from django.db.models import TextChoices
from django.utils import formats, timezone
from django.utils.translation import get_language, pgettext


class DatePrecision(TextChoices):
    """How exactly a date is known. A month or year is stored as the first day of its period."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


def today():
    """Return today's date in America/New_York, the day by which DOJ's deadlines run."""
    return timezone.localdate()


def describe(date, precision=DatePrecision.DAY):
    """Return a date as readers see it, no more exact than it is known: ``December 2017``."""
    return _describe(date, precision, get_language())


@lru_cache(maxsize=4096)
def _describe(date, precision, language):
    # A long list names a few days many times.
    form = {
        DatePrecision.DAY: pgettext("how a day is written", "j F Y"),
        DatePrecision.MONTH: pgettext("how a month is written", "F Y"),
        DatePrecision.YEAR: "Y",
    }
    return formats.date_format(date, form[precision])
