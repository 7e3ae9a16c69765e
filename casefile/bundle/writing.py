"""Writing: staged rows that are new or changed go into the model's table."""

from django.db import connection

from casefile.bundle import review
from casefile.bundle.columns import quoted
from casefile.bundle.resolving import fields_of


def write(staged, publisher, *, many):
    """Write a file's rows. Rows that are left alone are not touched.

    One statement inserts and updates, so that row triggers see all of the file's rows: a county
    may come with, or after, its city. Columns that the file lacks are not updated: the stored
    value may be none of this load's business. ``many`` says that the table grows a lot.
    """
    table = staged.table
    given = {
        name
        for column in staged.columns
        if column not in table.identity
        for name in column.values()
    }
    if table.is_entry:
        review.take_steps(staged, publisher)
        given |= {"submitted_by_id", "submitted_at", "published_by_id", "published_at"}
    names = [quoted(field.column) for field in fields_of(table.model)]
    updates = ", ".join(f"{quoted(name)} = s.{quoted(name)}" for name in sorted(given))
    update = f"UPDATE SET {updates}" if updates else "DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(
            f"MERGE INTO {table.relation} t"
            f" USING (SELECT * FROM {staged.ready} WHERE added OR changed) s ON t.id = s.id"
            f" WHEN MATCHED THEN {update}"
            f" WHEN NOT MATCHED THEN INSERT (id, {', '.join(names)})"
            f" VALUES (s.id, {', '.join(f's.{name}' for name in names)})"
        )
        for column in staged.columns:
            if column in table.links:
                _write_links(cursor, staged, column)
        if many:
            # Triggers look rows up one by one: they need a plan for the table as it is now.
            cursor.execute(f"ANALYZE {table.relation}")


def _write_links(cursor, staged, column):
    """Make the stored links of new and changed rows exactly those of the file."""
    through, (source, end), links = quoted(column.through), column.ends, quoted(column.name)
    cursor.execute(
        f"DELETE FROM {through} l USING {staged.ready} s"
        f" WHERE s.changed AND l.{source} = s.id AND l.{end} <> ALL(s.{links})"
    )
    cursor.execute(
        f"INSERT INTO {through} ({source}, {end})"
        f" SELECT s.id, wanted FROM {staged.ready} s, unnest(s.{links}) wanted"
        " WHERE (s.added OR s.changed) AND NOT EXISTS"
        f" (SELECT FROM {through} l WHERE l.{source} = s.id AND l.{end} = wanted)"
    )
