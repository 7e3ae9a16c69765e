"""Selection: the rows that an export holds, so chosen that nothing in it refers outside."""

from functools import cache

from casefile.bundle.columns import Reference


class Selection:
    """The rows of the whole record, or with a ``day`` those that were on the record on it.

    What was dated on or before that day counts. An undated row counts if it isn't about something
    later: `Table.as_of` says so where it matters.
    """

    with_texts = True  # whether the private texts of sources are part of it

    def __init__(self, tables, day=None):
        self.tables = {table.model: table for table in tables}
        self.day = day
        self.rows = cache(self._rows)

    def _rows(self, model):
        """Return the queryset of a model's rows."""
        rows = self.candidates(model)
        if self.day is None:
            return rows
        table = self.tables[model]
        if table.as_of:
            return table.as_of(rows, self)
        for column in table.columns:
            if isinstance(column, Reference) and column.required and column.refers_to:
                rows = rows.filter(**{f"{column.field_name}__in": self.rows(column.target.model)})
        return rows

    def candidates(self, model):
        """Return the rows of a model, looked at without those that they refer to."""
        rows = model._default_manager.all()
        return rows.on_record(self.day) if self.day and hasattr(rows, "on_record") else rows
