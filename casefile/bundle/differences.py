"""Differences: what loading a file would add and change, in words."""

from django.db import connection

from casefile.bundle.problems import shown


def differences(staged):
    """Yield a line for each new row, and for each field of a changed row: old -> new."""
    table = staged.table
    columns = [column for column in staged.columns if column not in table.identity]
    values = "".join(f", {column.shown('t')}, {column.shown('s')}" for column in columns)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {table.label('s')} FROM {staged.ready} s WHERE added ORDER BY line")
        for (label,) in cursor:
            yield f"{table.file}: add {label}"
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {table.label('s')}{values} FROM {staged.ready} s"
            f" JOIN {table.relation} t USING (id) WHERE changed ORDER BY line"
        )
        for label, *pairs in cursor:
            for column, old, new in zip(columns, pairs[::2], pairs[1::2], strict=True):
                if old != new:
                    yield (
                        f"{table.file}: change {label}, {column.name}:"
                        f" {shown(old or '')} -> {shown(new or '')}"
                    )
