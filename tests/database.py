"""Names the database of the tests, before Django reads its settings (a pytest plugin: -p).

TEST_DATABASE_URL if it is set, else DATABASE_URL, else an embedded server of the tests' own under
var/tests/, which waits for no disk: what it holds may be lost with the machine.

The migrations run once for each state of the code, into a template: the processes of a run, and
the next runs, copy it. Databases of earlier states are dropped, unless somebody tests with them.
"""

import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "casefile_template_"
LOCK = "hashtextextended(%s, 0)"  # of a name
# What the migrations have filled; no test that commits changes it.
FILLED = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
}

os.environ["CASEFILE_ENV"] = "development"
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
elif "DATABASE_URL" not in os.environ:
    from casefile.embedded_postgres import ensure_running

    os.environ["DATABASE_URL"] = ensure_running(ROOT / "var" / "tests")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("ALTER SYSTEM SET fsync = off")
        server.execute("SELECT pg_reload_conf()")


@contextmanager
def migrated_template():
    """Yield the name of a database on which all migrations have run; it stays while in use."""
    name = TEMPLATE + fingerprint()
    with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres", autocommit=True) as server:
        with one_at_a_time(server):
            # Shared by all who test with it, so that nobody drops it meanwhile.
            server.execute(f"SELECT pg_advisory_lock_shared({LOCK})", [name])
            if not exists(server, name):
                make(server, name)
                drop_others(server, name)
        yield name


@contextmanager
def one_at_a_time(server):
    """Hold the lock of whoever makes or drops a template."""
    server.execute(f"SELECT pg_advisory_lock({LOCK})", [TEMPLATE])
    yield
    server.execute(f"SELECT pg_advisory_unlock({LOCK})", [TEMPLATE])


def fingerprint():
    """Return what the outcome of the migrations depends on, as 16 hexadecimal digits."""
    files = [*ROOT.glob("requirements*.txt"), ROOT / "casefile" / "settings.py"]
    files += [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("*/sql/*")]
    together = hashlib.sha256()
    for file in sorted(files):
        together.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return together.hexdigest()[:16]


def exists(server, name):
    return server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).rowcount == 1


def make(server, name):
    """Migrate a database and give it its name in the end: one that is half made is never copied."""
    half = f"{name}_half"
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
    server.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(half)
        )
    )
    url = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{half}"))
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        check=True,
    )
    server.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(name))
    )


def drop_others(server, name):
    """Drop the templates of other states of the code, but for those that others hold."""
    held = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname <> %s"
    for (other,) in server.execute(held, [TEMPLATE, name]).fetchall():
        if server.execute(f"SELECT pg_try_advisory_lock({LOCK})", [other]).fetchone()[0]:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(other)))
            server.execute(f"SELECT pg_advisory_unlock({LOCK})", [other])


def empty(connection):
    """Delete all rows but those of the migrations, with no regard to triggers and keys."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - FILLED
        has_rows = " UNION ALL ".join(
            f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in tables
        )
        cursor.execute(has_rows)
        deletions = [f"DELETE FROM {table}" for (table,) in cursor.fetchall()]
        cursor.execute(
            "; ".join(["BEGIN; SET LOCAL session_replication_role = replica", *deletions, "COMMIT"])
        )


def end_other_sessions(connection):
    """End what else is connected to the database, and wait until it is gone.

    Only the tests connect to it: a browser that keeps its connections keeps threads of the live
    server, and their sessions, after the last test.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid, 30000)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
