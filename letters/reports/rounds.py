"""The report on rounds of letters."""

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from casefile.reports import Column, Report
from letters.filters import RoundFilter
from letters.models import Letter, Round
from letters.reports.entries import entries
from letters.visibility import public_rounds


def rounds(day, published):
    letters = entries(Letter, day, published).filter(round=OuterRef("pk"))
    counted = letters.order_by().values("round").annotate(count=Count("pk")).values("count")
    rows = public_rounds(day) if published else Round.objects.all()
    return rows.annotate(letter_count=Coalesce(Subquery(counted), Value(0)))


ROUNDS = Report(
    "rounds",
    "Rounds",
    "One row for each round of letters on record: what was demanded, of how many, and by when.",
    columns=(
        Column("slug", "text", "Stable key of the round."),
        Column("title", "text", "Title."),
        Column("announced_on", "date", "The day it was announced."),
        Column("deadline", "date", "The deadline that its letters share, if they do."),
        Column("letters", "integer", "How many of its letters are on record.", "letter_count"),
        Column("issuing_office", "text", "The office that issued it."),
        Column("signed_by", "text", "Who signed its letters."),
        Column("legal_basis", "text", "The law that it names."),
        Column("program", "text", "The grant program that it names."),
        Column("fiscal_year", "year", "The federal fiscal year of the grants that it names."),
        Column("consequence", "text", "What its letters say would follow."),
        Column("summary", "text", "What it is about."),
    ),
    rows=rounds,
    order=("slug",),
    filterset=RoundFilter,
)
