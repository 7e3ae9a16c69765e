"""In which roles a person spoke, and when: a statement carries the title of its day."""

from dataclasses import dataclass

from django.db.models import Count, Max, Min

from letters.models import Statement
from letters.models.statements import Side


@dataclass(frozen=True)
class Role:
    """The years are those of the first and the last statement: the role itself may last longer."""

    title: str
    organisation: str
    side: Side
    first_year: int
    last_year: int
    statements: int

    @property
    def name(self):
        return ", ".join(part for part in (self.title, self.organisation) if part)

    @property
    def years(self):
        if self.first_year == self.last_year:
            return str(self.first_year)
        return f"{self.first_year}–{self.last_year}"  # noqa: RUF001  a range of years


def roles_of(official, day):
    """Return the roles in which an official speaks in public statements, the earliest first."""
    spoken = (
        Statement.objects.public(day)
        .filter(speaker=official)
        .order_by()
        .values_list("speaker_title", "organisation", "side")
        .annotate(first=Min("date"), last=Max("date"), statements=Count("pk"))
        .order_by("first", "speaker_title", "organisation", "side")
    )
    return [
        Role(title, organisation, Side(side), first.year, last.year, statements)
        for title, organisation, side, first, last, statements in spoken
    ]
