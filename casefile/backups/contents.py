"""What a database holds, in figures that two databases can be compared by."""

import psycopg
from psycopg import sql

from casefile.backups import BackupError

# Tables of ours, in any schema: what an extension brings comes with the extension.
TABLES = """
    SELECT n.nspname, c.relname FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = ANY(%s) AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (
            SELECT FROM pg_depend d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
        )
    ORDER BY n.nspname, c.relname
"""
# The sum of the rows' hashes: whatever the order of rows, and without keeping or sorting them.
FIGURES = """
    SELECT count(*), md5(concat_ws(' ',
        sum(('x' || left(hash, 16))::bit(64)::bigint),
        sum(('x' || right(hash, 16))::bit(64)::bigint)
    ))
    FROM (SELECT md5(whole_row::text) AS hash FROM {} AS whole_row) hashed
"""
TRIGGERS = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"


def figures_of(connection: psycopg.Connection, advance=lambda: None) -> dict:
    """Return each table's rows and md5, and how many triggers are in force.

    Within a transaction of the isolation level REPEATABLE READ all are of one moment. ``advance``
    is called after each table.
    """
    tables = {}
    for schema, name in connection.execute(TABLES, [["r"]]).fetchall():
        table = sql.Identifier(schema, name)
        rows, md5 = connection.execute(sql.SQL(FIGURES).format(table)).fetchone()
        tables[f"{schema}.{name}"] = {"rows": rows, "md5": md5}
        advance()
    return {"tables": tables, "triggers": connection.execute(TRIGGERS).fetchone()[0]}


def compare(wanted: dict, found: dict) -> None:
    """Compare the figures of a restored database with those of the one that was backed up.

    Raises:
        BackupError: they differ; the message names the tables.
    """
    names = sorted(wanted["tables"].keys() | found["tables"].keys())
    differing = [name for name in names if wanted["tables"].get(name) != found["tables"].get(name)]
    if wanted["triggers"] != found["triggers"]:
        differing.append(f"the triggers ({found['triggers']} of {wanted['triggers']})")
    if differing:
        raise BackupError(
            f"What was restored is not what was backed up. These differ: {', '.join(differing)}."
        )


def is_empty(connection: psycopg.Connection) -> bool:
    """Return whether a database has no table, view, sequence or index of anyone's."""
    kinds = ["r", "p", "v", "m", "S", "f"]
    return connection.execute(TABLES, [kinds]).fetchone() is None
