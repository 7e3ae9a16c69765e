"""Staging: a file's rows go into a temporary table as they are read, and are judged from there."""

import difflib

from django.db import connection

from casefile.bundle.cells import CellError
from casefile.bundle.columns import quoted
from casefile.bundle.rows import Lines, Unreadable, read_rows

REPORT_EVERY = 100_000  # bytes
MOST_NAMES = 200  # in a header: a file of ours has far fewer, and each wrong one is told by itself


class Staged:
    """The rows of one file in temporary tables.

    ``raw`` has the cells as values, by the file's column names, with the line of each row; rows
    that can't be loaded are marked ``bad`` and keep what could be read, so that what refers to
    them isn't called dangling. ``ready``, made by `resolving`, has the rows as the model's.

    Where ``is_whole`` is false, rows are missing or can't be told apart.
    """

    def __init__(self, table):
        self.table = table
        self.raw = quoted(f"raw {table.name}")
        self.ready = quoted(f"ready {table.name}")
        self.made = {self.raw, self.ready}
        self.columns = []
        self.is_whole = True
        self.is_resolved = False

    def has(self, name):
        return any(column.name == name for column in self.columns)

    def reject(self, faults, parameters=()):
        """Take rows out of what will be loaded. Return how many faults there were.

        ``faults`` is SQL that yields the line of each. All rows of a file may be faulty: their
        lines stay in the database.
        """
        rejected = (
            f"WITH fault AS MATERIALIZED (SELECT line FROM ({faults}) faults), marked AS"
            f" (UPDATE {self.raw} SET bad = true WHERE line IN (SELECT line FROM fault))"
        )
        if self.is_resolved:
            rejected += (
                f", removed AS (DELETE FROM {self.ready} WHERE line IN (SELECT line FROM fault))"
            )
        with connection.cursor() as cursor:
            cursor.execute(f"{rejected} SELECT count(*) FROM fault", parameters)
            count = cursor.fetchone()[0]
            if count:
                # Else they are looked for one by one, as if there were none.
                cursor.execute(f"ANALYZE {self.raw}")
        return count

    def faulty(self, name):
        """Return a table, with the one column ``value``, of what faulty rows have in a column.

        None if no row is faulty. It is made anew each time.
        """
        faulty = quoted(f"faulty {self.table.name} by {name}")
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {self.raw} WHERE bad)")
            if not cursor.fetchone()[0]:
                return None
            # Each row of a long file may look for one, so it needs an index. One of the raw table
            # might not be used: its rows were updated in this very transaction.
            cursor.execute(f"DROP TABLE IF EXISTS {faulty}")
            cursor.execute(
                f"CREATE TEMPORARY TABLE {faulty} ON COMMIT DROP AS"
                f" SELECT DISTINCT {quoted(name)}::text AS value FROM {self.raw} WHERE bad"
            )
            cursor.execute(f"CREATE INDEX ON {faulty} (value)")
            cursor.execute(f"ANALYZE {faulty}")
        self.made.add(faulty)
        return faulty

    def counts(self):
        """Return how many of the rows that can be loaded are (added, changed, left)."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE changed),"
                f" count(*) FILTER (WHERE NOT added AND NOT changed) FROM {self.ready}"
            )
            return cursor.fetchone()

    def drop(self):
        """Make room for another load in the same transaction."""
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {', '.join(self.made)}")

    def reject_all(self):
        self.reject(f"SELECT line FROM {self.raw}")


def stage(table, files, read_text, problems, advance):
    """Read a table's file into its temporary table. Return it as `Staged`.

    ``advance`` is called with the number of bytes read. Faulty rows are problems and marked bad;
    a file whose header or rest can't be read is not ``is_whole``.
    """
    staged = Staged(table)
    with files.open(table.file) as stream:
        lines = Lines(stream, table.file, problems)
        rows = read_rows(lines)
        try:
            header = next(rows, None)
            staged.columns = _columns_of(table, header, problems)
            _create(staged)
            _copy(staged, rows, read_text, problems, lines, advance)
        except Unreadable:
            staged.is_whole = False
    return staged


def _columns_of(table, header, problems):
    """Return the columns that a header names."""
    if header is None:
        names = ", ".join(column.name for column in table.columns)
        problems.add(table.file, f"The file is empty. Its first line must name columns: {names}.")
        raise Unreadable
    line, names, is_sound = header
    if len(names) > MOST_NAMES:
        advice = f"The header has {len(names):,} columns. {_all(table.by_name)}"
        problems.add(table.file, advice, row=line)
        raise Unreadable
    faults = []
    for place, name in enumerate(names):
        if name not in table.by_name:
            faults.append((name, f"There is no such column. {nearest(name, table.by_name)}"))
        elif name in names[:place]:
            faults.append((name, "The column stands here twice: keep one."))
    for column in table.columns:
        if column.required and column.name not in names:
            faults.append((column.name, "This column is required: add it."))
    for name, advice in faults:
        problems.add(table.file, advice, row=line, column=name)
    if faults or not is_sound:
        raise Unreadable
    return [table.by_name[name] for name in names]


def nearest(name, known):
    """Return advice: the known name that is most like one, or all of them."""
    near = difflib.get_close_matches(name.strip().lower(), known, n=1)
    return f"The nearest is {near[0]}." if near else _all(known)


def _all(known):
    return f"Known are {', '.join(known)}."


def _create(staged):
    columns = "".join(f", {quoted(column.name)} {column.staged_type}" for column in staged.columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {staged.raw} (line bigint, bad boolean{columns})"
            " ON COMMIT DROP"
        )


def _copy(staged, rows, read_text, problems, lines, advance):
    checked = _checked(staged, rows, read_text, problems)
    read_bytes = 0
    copying = f"COPY {staged.raw} FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(copying) as copy,
    ):
        try:
            for row in checked:
                copy.write_row(row)
                if lines.bytes - read_bytes > REPORT_EVERY:
                    advance(lines.bytes - read_bytes)
                    read_bytes = lines.bytes
        except Unreadable:
            # Caught in here: an error that leaves COPY would end the transaction.
            staged.is_whole = False
    if lines.has_lost_rows:
        staged.is_whole = False
    advance(lines.bytes - read_bytes)


def _checked(staged, rows, read_text, problems):
    """Yield (line, is bad, value, ...) for each row of a file."""
    table = staged.table
    names = [column.name for column in staged.columns]
    plan = [
        (place, column.name, column.converter(read_text), column.required, column.empty)
        for place, column in enumerate(staged.columns)
    ]
    identity = {column.name for column in table.identity}
    for line, cells, is_sound in rows:
        for place, name, convert, required, empty in plan:
            cell = cells[place]
            try:
                if not cell:
                    if required:
                        raise CellError("A value is required.")
                    cells[place] = empty
                elif convert:
                    cells[place] = convert(cell)
            except CellError as error:
                problems.add(table.file, str(error), row=line, column=name, value=cell)
                cells[place] = None
                is_sound = False
                if name in identity:
                    staged.is_whole = False
        if table.row_rule and is_sound:
            values = dict(zip(names, cells, strict=True))
            for name, advice in table.row_rule(values):
                value = values.get(name)
                problems.add(table.file, advice, row=line, column=name, value=value)
                is_sound = False
            cells = values.values()
        yield line, not is_sound, *cells
