"""The docket: all public entries about a matter as of a day, newest first, in one query.

A page that shows rows asks once for the citations of all of them (``attach_citations``) and once
for the jurisdictions that they are about (``attach_jurisdictions``).

Each kind of row is a branch of one UNION ALL. Filters, order and limit stand inside every
branch, so that each finds its few rows by an index, however long the whole record is.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.db.models import F, IntegerField, Q, Value

from casefile.built_querysets import built_once
from jurisdictions.models import Jurisdiction
from letters.docket.branches import BRANCHES
from letters.docket.rows import Row

PAGE_SIZE = 50
RANKS = {branch.name: rank for rank, branch in enumerate(BRANCHES)}
PLACE = re.compile(r"(\d{4}-\d\d-\d\d)~([a-z_-]+)~([-\w]{1,200})", re.ASCII)


@dataclass(frozen=True)
class Page:
    """Rows of a docket, newest first, and the place of the first older row, if there is one."""

    rows: list[Row]
    older: str | None

    @property
    def has_rows(self):
        return bool(self.rows)


class Docket:
    """What is public in a scope as of a day, perhaps of some kinds or of one year only."""

    def __init__(self, scope, day, kinds=None, year=None, later_dates=True):
        """Take the ``later_dates`` of entries, such as a policy's repeal, as rows or leave them."""
        self.day = day
        self.until = min(day, dt.date(year, 12, 31)) if year else day
        self.since = dt.date(year, 1, 1) if year else dt.date.min
        self.branches = [
            (rank, branch, condition)
            for rank, branch in enumerate(BRANCHES)
            if kinds is None or branch.kind in kinds
            if later_dates or branch.date == "date"
            for condition in scope.get(branch.model, [])
        ]

    def page(self, start=None, size=PAGE_SIZE):
        """Return up to ``size`` rows from a place on (a row's ``place``), or from the top.

        Raises:
            ValueError: the place is not one that a docket gave.
        """
        rows = self._rows(size + 1, _parse(start) if start else None)
        return Page(rows[:size], rows[size].place if len(rows) > size else None)

    def newest(self, each=None, whole=()):
        """Return rows, newest first: up to ``each`` of every part, or all of them.

        Of the kinds in ``whole`` it always returns all.
        """
        return self._merged(
            self._part(rank, branch, condition)[: None if branch.kind in whole else each]
            for rank, branch, condition in self.branches
        )

    def _rows(self, limit, start=None):
        """Return the first rows from a start on: a date, the rank of a branch, and a key."""
        parts = [
            self._part(rank, branch, condition, start)[:limit]
            for rank, branch, condition in self.branches
        ]
        return self._merged(parts, limit)

    def _merged(self, parts, limit=None):
        """Return the rows of all parts, newest first."""
        parts = list(parts)
        match parts:
            case []:
                return []
            case [whole]:  # in order already
                pass
            case [first, *others]:
                whole = first.union(*others, all=True).order_by("-row_date", "-row_rank", "row_key")
        return [
            Row(BRANCHES[rank], pk, key, date, *rest)
            for date, rank, key, pk, *rest in whole[:limit]
        ]

    def _part(self, rank, branch, condition, start=None):
        """Return one part of the UNION: the public entries that a branch has under a condition."""
        rows = _rows_of(rank, self.day).filter(condition, row_date__range=(self.since, self.until))
        if start:
            rows = rows.filter(_from(start, rank))
        newest_first = F("row_date").desc()
        if condition:
            # A scope is found by its own index, and then sorted. The bare column would tempt the
            # planner to walk the index of all dates until it has met enough rows of the scope.
            newest_first = (F("row_date") + Value(0)).desc()
        return rows.order_by(newest_first, "key")


@built_once(4 * len(BRANCHES))
def _rows_of(rank, day):
    """Return what readers may see of a branch as of a day, as the columns of rows."""
    branch = BRANCHES[rank]
    columns = {
        "row_date": "row_date",
        "row_rank": Value(rank, output_field=IntegerField()),
        "row_key": "key",
        "row_pk": "pk",
        "row_precision": "row_precision",
        "row_title": branch.title,
        "row_context": branch.context,
        "row_code": branch.code,
        "row_who": branch.who,
        "row_detail": branch.detail,
        "row_until": branch.until,
        "row_page_key": branch.page_key,
        "row_about": branch.about,
    }
    added = {
        name: F(column) if isinstance(column, str) else column
        for name, column in columns.items()
        if name != column
    }
    return branch.rows(day).annotate(**added).values_list(*columns)


def _from(start, rank):
    """Return the condition for what a branch has from a start on, in the order of the docket."""
    day, start_rank, key = start
    if rank > start_rank:
        return Q(row_date__lt=day)
    later = Q(row_date__lte=day)
    if rank == start_rank:
        return later & (Q(row_date__lt=day) | Q(key__gte=key))
    return later


def _parse(place):
    """Return the start that a row's ``place`` names."""
    match = PLACE.fullmatch(place)
    if match is None or match[2] not in RANKS:
        raise ValueError("This is not a place in the docket.")
    return dt.date.fromisoformat(match[1]), RANKS[match[2]], match[3]


def attach_jurisdictions(rows):
    """Set ``jurisdictions`` of every row to those that it is about, in one query."""
    ids = {pk for row in rows for pk in row.about}
    found = Jurisdiction.objects.in_bulk(ids) if ids else {}
    for row in rows:
        row.jurisdictions = sorted((found[pk] for pk in row.about), key=lambda one: one.name)
