"""Reports: CSV straight from PostgreSQL.

A report is one declaration, a queryset and its columns; its page, its CSV and the command come from
it. Columns are an allow-list, so a new field of a model never leaks. The rows are made by COPY,
written to a file once per record revision, as-of day and filters, and sent whole: while a slow
client reads, no transaction is open.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from django.db import connection
from django.db.models import CharField, Expression, F, Func, QuerySet, Value
from django.db.models.functions import Cast, NullIf

TYPES = ("text", "date", "datetime", "integer", "number", "boolean", "year")
CHUNK = 64 * 1024

# What a spreadsheet may take for a formula: OWASP's "CSV injection" list, the full-width forms of
# its four signs, and blanks (or ; or ") that a spreadsheet may strip from before one of them.
FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"  # noqa: RUF001
BEFORE_FORMULA = ' \u00a0\ufeff\u200b\u200c\u200d\u2060;"'


class SpreadsheetSafe(Func):
    """A text cell that no spreadsheet runs: with a leading ' where it could be a formula.

    ascii() returns the code point of the first character; testing it costs far less than a regular
    expression for each cell. With ``excel``, a code such as 06037 stays a text too: Excel would
    take its zero.
    """

    output_field = CharField()

    def __init__(self, expression, *, excel=False):
        super().__init__(expression)
        self.excel = excel

    def as_sql(self, compiler, connection, **extra):
        cell, params = compiler.compile(self.source_expressions[0])
        starts = ", ".join(str(ord(sign)) for sign in FORMULA_STARTS)
        before = ", ".join(str(ord(sign)) for sign in BEFORE_FORMULA)
        pattern = f"^[{BEFORE_FORMULA}]+[{FORMULA_STARTS.replace('-', '')}-]"
        unsafe = (
            f"ascii({cell}) IN ({starts}) OR ascii({cell}) IN ({before}) AND {cell} ~ '{pattern}'"
        )
        if self.excel:
            unsafe += f" OR ascii({cell}) = 48 AND {cell} ~ '^0[0-9]+$'"
        sql = f"CASE WHEN {unsafe} THEN '''' || {cell} ELSE NULLIF({cell}, '') END"
        return sql, tuple(params) * sql.count(cell)


@dataclass(frozen=True)
class Column:
    """A column of a report: its name, type, what it says, and the expression that gives it."""

    name: str
    type: str
    description: str
    value: str | Expression | None = None
    unit: str = ""

    def source(self):
        """Return the expression of the column before anything is done to its cells."""
        value = self.name if self.value is None else self.value
        return F(value) if isinstance(value, str) else value

    def expression(self, *, raw=False, excel=False):
        """Return the expression of the column's cells, empty cells as NULL."""
        value = self.source()
        if self.type == "boolean":
            return Cast(value, CharField())
        if self.type == "text":
            value = Cast(value, CharField())
            return NullIf(value, Value("")) if raw else SpreadsheetSafe(value, excel=excel)
        return value


@dataclass(frozen=True)
class Report:
    """A declared report.

    ``rows`` takes the as-of day and ``published`` (published entries only, or drafts too) and
    returns a queryset, or several whose rows together are the report's. ``order`` names the columns
    that put the rows in a total order. ``filterset`` is that of the list page of the same rows.
    """

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[..., QuerySet | list[QuerySet]]
    order: tuple[str, ...]
    filterset: type | None = None
    staff_only: bool = False

    def header(self):
        """Return the names of the columns."""
        return [column.name for column in self.columns]

    def cells(self, rows, *, raw=False, excel=False):
        """Return a queryset of tuples of cells, in the report's order, from what ``rows`` gave."""
        cells = {
            f"cell_{number}": column.expression(raw=raw, excel=excel)
            for number, column in enumerate(self.columns)
        }
        parts = rows if isinstance(rows, list) else [rows]
        parts = [part.order_by().annotate(**cells).values_list(*cells) for part in parts]
        positions = [self.header().index(name) for name in self.order]
        if len(parts) == 1:  # by the column itself, so that its index can give the order
            return parts[0].order_by(*(self.columns[n].source() for n in positions))
        return parts[0].union(*parts[1:], all=True).order_by(*(f"cell_{n}" for n in positions))


@dataclass(frozen=True)
class Written:
    """What was written: how many rows and bytes, and their SHA-256 in hexadecimal."""

    rows: int
    bytes: int
    sha256: str


def write_csv(report: Report, queryset, out: IO[bytes], *, raw=False, excel=False):
    """Write a report's header and rows as CSV (RFC 4180, UTF-8) and return what was Written.

    ``excel`` begins the file with a byte order mark. The rows come from one COPY, so from one
    snapshot; an error of the database is raised, and what is in ``out`` by then is no report.
    """
    digest, size, rows = hashlib.sha256(), 0, 0

    def put(chunk):
        nonlocal size
        digest.update(chunk)
        size += len(chunk)
        out.write(chunk)

    put(("\ufeff" if excel else "").encode() + ",".join(report.header()).encode() + b"\n")
    sql, params = report.cells(queryset, raw=raw, excel=excel).query.sql_with_params()
    chunk = bytearray()
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT csv, ENCODING 'UTF8')", params) as copy,
    ):
        for row in copy:
            rows += 1
            chunk += row
            if len(chunk) >= CHUNK:
                put(bytes(chunk))
                chunk.clear()
    put(bytes(chunk))
    return Written(rows, size, digest.hexdigest())
