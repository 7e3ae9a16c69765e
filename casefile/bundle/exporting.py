"""Exporting: the record, whole or as of a day, as a bundle whose bytes follow from it alone."""

import re

from django.db import connection, transaction

from casefile.bundle.archive import new_archive
from casefile.bundle.columns import TextFile
from casefile.bundle.files import TEXTS
from casefile.bundle.package import package_of
from casefile.bundle.problems import BundleError, shown
from casefile.bundle.selection import Selection

# What `rows` refuses to read; a byte of a longer UTF-8 character is never below 0x80.
CONTROL_CHARACTER = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")


def export(tables, path, *, day=None, advance=lambda *_: None):
    """Write the record to a new directory, or a zip if the path ends in .zip.

    Everything is in it, drafts and private texts included; with ``day`` only what was on the
    record on that day. ``advance(file, bytes)`` is told of progress. All files show the database
    at one moment.

    Raises:
        BundleError: the path is taken, or a cell could not be read back.
    """
    selection = Selection(tables, day)
    with new_archive(path) as archive, transaction.atomic():
        hold_still()
        with archive.new_file("datapackage.json") as stream:
            stream.write(package_of(tables, day))
        for table in tables:
            with archive.new_file(table.file) as stream:
                write_rows(stream, table, selection, advance)
        for table in tables:
            for column in table.columns:
                if isinstance(column, TextFile):
                    _write_texts(archive, table, column, selection, advance)


def hold_still():
    """Let all queries of the transaction see the same moment; dates come as ISO 8601."""
    with connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:  # else the snapshot is the caller's business
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL datestyle = 'ISO'")


def write_rows(stream, table, selection, advance=lambda *_: None):
    """Write a table's file, header and rows, to a binary stream. Return how many rows."""
    stream.write(",".join(column.name for column in table.columns).encode() + b"\n")
    rows = (
        selection.rows(table.model)
        .order_by(*(column.order(selection) for column in table.identity))
        .values_list(*(column.exported(selection) for column in table.columns))
    )
    sql, parameters = rows.query.sql_with_params()
    copying = f"COPY ({connection.ops.compose_sql(sql, parameters)}) TO STDOUT (FORMAT csv)"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(copying) as copy,
    ):
        for chunk in copy:
            if found := CONTROL_CHARACTER.search(chunk):
                around = bytes(chunk)[max(found.start() - 60, 0) : found.end() + 20]
                raise BundleError(
                    f"{table.file} would hold a control character that can't be loaded again,"
                    f" in {shown(around.decode(errors='replace'))}. Remove it from the record."
                )
            stream.write(chunk)
            advance(table.file, len(chunk))
    return cursor.rowcount


def _write_texts(archive, table, column, selection, advance):
    """Write the texts one by one: each may be as long as a book."""
    texts = selection.rows(table.model).exclude(**{column.field_name: ""})
    key = table.key
    for name, text in (
        texts.order_by(key.order(selection))
        .values_list(key.field_name, column.field_name)
        .iterator(chunk_size=1)
    ):
        path = f"{TEXTS}{name}.txt"
        with archive.new_file(path) as stream:
            stream.write(text.encode())
        advance(path, len(text))
