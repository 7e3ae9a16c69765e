"""The report on rounds of letters."""

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from casefile.reports import Column, Report
from letters.filters import RoundFilter
from letters.models import Letter, Round
from letters.models.state_tallies import Subject
from letters.standing import letters_of
from letters.visibility import public_rounds


def rounds(day, published):
    if published:
        return public_rounds(day).annotate(letter_count=letters_of(Subject.ROUND, day))
    letters = Letter.objects.entered(day).filter(round=OuterRef("pk"))
    counted = letters.order_by().values("round").annotate(count=Count("*")).values("count")
    return Round.objects.annotate(letter_count=Coalesce(Subquery(counted), Value(0)))


ROUNDS = Report(
    "rounds",
    _("Rounds"),
    _("One row for each round of letters on record: what was demanded, of how many, and by when."),
    columns=(
        Column("slug", "text", _("Stable key of the round.")),
        Column("title", "text", _("Title.")),
        Column("announced_on", "date", _("The day it was announced.")),
        Column("deadline", "date", _("The deadline that its letters share, if they do.")),
        Column("letters", "integer", _("How many of its letters are on record."), "letter_count"),
        Column("issuing_office", "text", _("The office that issued it.")),
        Column("signed_by", "text", _("Who signed its letters.")),
        Column("legal_basis", "text", _("The law that it names.")),
        Column("program", "text", _("The grant program that it names.")),
        Column("fiscal_year", "year", _("The federal fiscal year of the grants that it names.")),
        Column("consequence", "text", _("What its letters say would follow.")),
        Column("summary", "text", _("What it is about.")),
    ),
    rows=rounds,
    order=("slug",),
    filterset=RoundFilter,
)
