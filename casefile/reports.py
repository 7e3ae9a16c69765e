"""Reports: CSV straight from PostgreSQL.

A report is one declaration, a queryset and its columns; its page, its CSV and the command come from
it. Columns are an allow-list, so a new field of a model never leaks. The rows come from one COPY:
the inner query gives the cells as they are, the outer one makes them safe and sorts them.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.contrib.postgres.aggregates import StringAgg
from django.db import connection
from django.db.models import (
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Collate

from casefile.arrays import IsAnyOf
from casefile.spreadsheets import safe_text

TYPES = ("text", "date", "datetime", "integer", "number", "boolean", "year")
CHUNK = 64 * 1024
SEPARATOR = "; "  # between the items of a list, as in the record bundle


@dataclass(frozen=True)
class Listing:
    """What other rows say of a row: a list of their values, each once, in the order of characters.

    ``rows()`` returns the other rows, ``of`` names their column with the row's id, and ``value``
    what is listed of them.
    """

    rows: Callable[[], QuerySet]
    of: str
    value: str

    def by_row(self):
        """Return a queryset of (id, list) for all rows at once: to be joined, in one pass."""
        return self.rows().order_by().values_list(self.of).annotate(listed=self._joined())

    def of_one(self):
        """Return the expression of one row's list: cheaper where only a few rows are wanted."""
        rows = self.rows().filter(**{self.of: OuterRef("pk")}).order_by().values(self.of)
        return Subquery(rows.annotate(listed=self._joined()).values("listed"))

    def _joined(self):
        # Sorted by code point, and so the same on every server.
        value = Collate(Cast(self.value, TextField()), "C")
        return StringAgg(value, SEPARATOR, distinct=True, order_by=value, output_field=TextField())


@dataclass(frozen=True)
class Column:
    """A column of a report: its name, type, what it says, and the expression that gives it."""

    name: str
    type: str
    description: str
    value: str | Expression | Listing | None = None
    unit: str = ""

    def source(self):
        """Return the column's expression for the inner query."""
        value = self.name if self.value is None else self.value
        if isinstance(value, Listing):
            value = value.of_one()
        elif isinstance(value, str):
            value = F(value)
        return Cast(value, TextField()) if self.type in ("text", "boolean") else value

    def cell(self, source, *, raw, excel):
        """Return SQL of the cell, NULL for an empty one, from that of its plain text or value."""
        if self.type != "text":
            return source
        return f"NULLIF({source}, '')" if raw else safe_text(source, excel=excel)


@dataclass(frozen=True)
class Report:
    """A declared report.

    ``rows`` takes the as-of day and ``published`` (published entries only, or drafts too) and
    returns a queryset, or several whose rows together are the report's. ``with_texts`` takes these
    as a list, and adds what stands in cells alone: neither order nor filters need it. ``order``
    names the columns that put the rows in a total order. ``filterset`` is that of the list page of
    the same rows.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[..., QuerySet | list[QuerySet]]
    order: tuple[str, ...]
    with_texts: Callable[[list[QuerySet]], list[QuerySet]] = list
    filterset: type | None = None
    staff_only: bool = False

    def header(self):
        """Return the names of the columns."""
        return [column.name for column in self.columns]

    @property
    def is_keyed(self):
        """Return whether one column tells every row from all others."""
        return len(self.order) == 1

    def query(self, rows, *, raw=False, excel=False):
        """Return SQL and parameters that give the cells of all rows, in the report's order."""
        listings = {
            number: column.value
            for number, column in enumerate(self.columns)
            if isinstance(column.value, Listing)
        }
        inner, params = self._inner(rows, without=listings)
        joins = ""
        sources = {number: f"r.c{number}" for number in range(len(self.columns))}
        for number, listing in listings.items():
            sources[number] = f"l{number}.listed"
            sql, more = listing.by_row().query.sql_with_params()
            joins += f" LEFT JOIN ({sql}) l{number} (of, listed) ON l{number}.of = r.id"
            params += more
        # By code point, so that the order of rows is the same on every server.
        order = self._order_by(sources, collation=' COLLATE "C"')
        return self._outer(inner + joins, sources, order, raw=raw, excel=excel), params

    def page(self, rows, number, *, after=None, raw=False):
        """Return up to a number of rows as tuples of cells, at the cost of so many rows.

        They are the first, or those behind the row whose ``place`` is ``after``. The order is that
        of the database's own collation, which the indexes have.

        Raises:
            ValueError: ``after`` is no place in this report.
        """
        parts = [self._behind(part, after) if after else part for part in _parts(rows)]
        ids, params = self._first_ids(parts, number)
        inner, more = self._inner([part.filter(_is_on_page(n)) for n, part in enumerate(parts)])
        sources = {n: f"r.c{n}" for n in range(len(self.columns))}
        sql = self._outer(inner, sources, self._order_by(sources), raw=raw, excel=False)
        with connection.cursor() as cursor:
            # A row may come several times, with a cell of the order that differs, as of a letter
            # that was overdue twice: of those on the page, what isn't on it comes last.
            page = f"WITH page AS MATERIALIZED ({ids}) {sql} LIMIT {number:d}"
            cursor.execute(page, params + more)
            return cursor.fetchall()

    def place(self, row):
        """Return where a row of ``page`` stands: the cells that put it in order, as texts."""
        return [str(row[n]) if row[n] is not None else "" for n in self._order()]

    def _first_ids(self, parts, number):
        """Return SQL of the ids of the first rows, each with the number of its part.

        They are found before any other cell is computed: an index of the order is enough for most.
        """
        cells = self._cells(self._order())
        selects, params = [], ()
        for n, part in enumerate(parts):
            first = part.annotate(**cells).order_by(*cells)[:number].values_list("pk", *cells)
            sql, more = first.query.sql_with_params()
            selects.append(f"(SELECT {n:d}, p.* FROM ({sql}) p)")
            params += more
        order = ", ".join(cells)
        rows = f"({' UNION ALL '.join(selects)}) p (part, id, {order})"
        return f"SELECT part, id FROM {rows} ORDER BY {order} LIMIT {number:d}", params

    def _inner(self, rows, *, without=()):
        """Return SQL of the rows as a relation r: their ids, and cells c0, c1, ..."""
        cells = self._cells(n for n in range(len(self.columns)) if n not in without)
        parts, params, fence = [], (), ""
        for part in self.with_texts(_parts(rows)):
            part = part.annotate(**cells).order_by()
            if any(_has_subquery(part.query.annotations[name]) for name in cells):
                # The planner would pull the inner query up, and compute such a cell anew wherever
                # the outer one names it. Where there is none, it finds a better plan without.
                fence = "OFFSET 0"
            sql, more = part.values_list("pk", *cells).query.sql_with_params()
            parts.append(f"({sql})")
            params += more
        names = ", ".join(["id", *(name.replace("cell_", "c") for name in cells)])
        return f"(SELECT * FROM ({' UNION ALL '.join(parts)}) p {fence}) r ({names})", params

    def _cells(self, numbers):
        return {f"cell_{number}": self.columns[number].source() for number in numbers}

    def _outer(self, relation, sources, order, *, raw, excel):
        cells = ", ".join(
            column.cell(sources[number], raw=raw, excel=excel)
            for number, column in enumerate(self.columns)
        )
        return f"SELECT {cells} FROM {relation} ORDER BY {order}"

    def _order(self):
        return [self.header().index(name) for name in self.order]

    def _order_by(self, sources, collation=""):
        return ", ".join(
            sources[n] + (collation if self.columns[n].type == "text" else "")
            for n in self._order()
        )

    def _behind(self, rows, place):
        """Keep the rows behind a place, in the order of the report."""
        behind, at_least = Q(), Q()
        for n, text in reversed(list(zip(self._order(), place, strict=True))):
            value = date.fromisoformat(text) if self.columns[n].type == "date" else text
            greater, same = Q(**{f"order_{n}__gt": value}), Q(**{f"order_{n}": value})
            behind = greater | same & behind if behind else greater
            at_least = Q(**{f"order_{n}__gte": value})  # what an index of the first column finds
        order = {f"order_{n}": self.columns[n].source() for n in self._order()}
        return rows.alias(**order).filter(at_least & behind)


def _parts(rows):
    return rows if isinstance(rows, list) else [rows]


def _is_on_page(part):
    """Return the condition that a row is on the page, for the rows of one part.

    By an array of ids, as the planner doesn't know how few there are, and an index finds each.
    """
    ids = RawSQL("ARRAY(SELECT id FROM page WHERE part = %s)", [part])
    return Q(IsAnyOf(F("pk"), ids))


def _has_subquery(expression):
    return any(isinstance(part, Subquery) for part in expression.flatten())


@dataclass(frozen=True)
class Written:
    """What was written: how many rows and bytes, and their SHA-256 in hexadecimal."""

    rows: int
    bytes: int
    sha256: str


def write_csv(report: Report, rows, out: IO[bytes], *, raw=False, excel=False):
    """Write a report's header and rows as CSV in UTF-8, and return what was Written.

    Cells are quoted as in RFC 4180, lines end in a line feed. ``excel`` begins the file with a byte
    order mark. All rows are of one snapshot; an error of the database is raised, and what is in
    ``out`` by then is no report.
    """
    digest, size = hashlib.sha256(), 0

    def put(chunk):
        nonlocal size
        digest.update(chunk)
        size += len(chunk)
        out.write(chunk)

    put(("\ufeff" if excel else "").encode() + ",".join(report.header()).encode() + b"\n")
    sql, params = report.query(rows, raw=raw, excel=excel)
    copy_rows = f"COPY ({connection.ops.compose_sql(sql, params)}) TO STDOUT (FORMAT csv)"
    chunk = bytearray()
    with connection.cursor() as cursor, connection.wrap_database_errors:
        with cursor.copy(copy_rows) as copy:
            for row in copy:
                chunk += row
                if len(chunk) >= CHUNK:
                    put(bytes(chunk))
                    chunk.clear()
        put(bytes(chunk))
        return Written(cursor.rowcount, size, digest.hexdigest())
