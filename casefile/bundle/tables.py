"""Tables: which columns each file of the record has, and what identifies its rows."""

from casefile.bundle.columns import Column, Links, quoted
from casefile.entries import Entry


class Table:
    """One file of the record, and the model whose rows it holds.

    ``columns`` stand in the order of the file; a plain string is a `Column`. Entries also have
    ``date_precision`` behind their date and ``status`` at the end. ``identity`` names the columns
    that tell rows apart, by default the first one, which then is the table's ``key``.

    ``row_rule(values)`` sees the staged values of each row by column, may fill empty ones, and
    yields (column, what would be right) for what no single cell shows. ``checks`` are SQL that
    yields (line, value, what would be right) from ``{staged}``, as (column, SQL) pairs.

    ``as_of(rows, selection)`` narrows a queryset to what was on the record on ``selection.day``,
    where the model's own ``on_record`` doesn't say.
    """

    def __init__(
        self, name, model, columns, *, identity=None, row_rule=None, checks=(), as_of=None
    ):
        self.name = name
        self.file = f"{name}.csv"
        self.model = model
        self.row_rule = row_rule
        self.checks = checks
        self.as_of = as_of
        self.is_entry = issubclass(model, Entry)
        self.columns = [Column(column) if isinstance(column, str) else column for column in columns]
        if self.is_entry:
            place = [column.name for column in self.columns].index("date")
            self.columns.insert(place + 1, Column("date_precision"))
            self.columns.append(Column("status"))
        for column in self.columns:
            column.bind(self)
        self.by_name = {column.name: column for column in self.columns}
        self.key = self.columns[0]
        self.identity = [self.by_name[name] for name in identity or [self.key.name]]

    @property
    def relation(self):
        """The quoted name of the database table."""
        return quoted(self.model._meta.db_table)

    @property
    def key_column(self):
        return quoted(self.key.field.column)

    def key_of(self, identifier):
        """Return SQL of the key of the row that has a database identifier."""
        return f"(SELECT {self.key_column} FROM {self.relation} WHERE id = {identifier})"

    @property
    def links(self):
        return [column for column in self.columns if isinstance(column, Links)]

    def label(self, row):
        """Return SQL of what people call a row: its key, or the parts of its identity."""
        parts = ", ".join(f"nullif({column.shown(row)}, '')" for column in self.identity)
        return f"concat_ws(' / ', {parts})"
