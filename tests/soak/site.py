"""A site whose database server and whose programs may be killed: none is shared with other tests.

The server is of the embedded programs, and keeps its data safe as in production.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from casefile import embedded_postgres
from casefile.backups.database import Database, program
from casefile.backups.restoring import ALL_OR_NOTHING
from casefile.embedded_postgres import Cluster, ensure_running
from tests.addresses import make_record
from tests.desk import DeskClient
from tests.server import running, site_on

SECONDS = 60  # until something that must come back has come back
ROUNDS = int(os.environ.get("ROUNDS", 20))  # of each fault in `make soak`


class Site:
    """A database server with a small record, an administrator, and folders of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.cluster = Cluster(folder / "postgres")
        self.media = folder / "media"
        self.reports = folder / "reports"
        self.url = ensure_running(folder)

    def fill(self):
        """Make the schema as the tests' database has it, the small record and an account."""
        major = connection.cursor().connection.info.server_version // 10_000
        dump = self.folder / "schema.dump"
        with (
            dump.open("wb") as out,
            Database.of_site().running(program("pg_dump", major), "--format=custom", stdout=out),
        ):
            pass
        with site_on(self.url):
            restore, name = program("pg_restore", major), Database.of_site().name
            with (
                dump.open("rb") as source,
                Database.of_site().running(
                    restore, *ALL_OR_NOTHING, f"--dbname={name}", stdin=source
                ),
            ):
                pass
            with transaction.atomic():
                make_record()
            connection.cursor().execute("ANALYZE")
            admin = get_user_model().objects.create_superuser("admin")
            browser = DeskClient()
            browser.force_login(admin)
            self.session = browser.cookies["sessionid"].value

    @contextmanager
    def running(self, **options):
        """Run the site on this database, as `tests.server.running` does."""
        folders = {"MEDIA_ROOT": str(self.media), "REPORT_ROOT": str(self.reports)}
        with (
            (self.folder / "site.log").open("ab") as log,
            running(**({"DATABASE_URL": self.url, "log": log} | folders | options)) as server,
        ):
            yield server

    def start(self):
        """Start the database server, unless it runs; return once it answers."""
        ensure_running(self.folder)

    def stop(self):
        embedded_postgres.stop(self.folder)

    def kill_postmaster(self):
        """End the server's first process as a loss of power does; its others end by themselves."""
        os.kill(int((self.cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)

    def kill_backend(self):
        """Kill a process that answers the site: the server then starts itself anew.

        Return once the server has taken notice, and ends all others as well.
        """
        if pids := self.backends():
            os.kill(pids[0], signal.SIGKILL)
            until(lambda: not Path(f"/proc/{pids[0]}").exists())

    def end_backends(self):
        """End all that answers the site, as an administrator of databases does."""
        self.query(f"SELECT pg_terminate_backend(pid) FROM ({OF_SITE}) of_site")

    def backends(self):
        """Return the process ids of the connections of the site, those at work first."""
        return [pid for (pid,) in self.query(OF_SITE)]

    def query(self, sql, *parameters):
        """Return the rows that a statement yields."""
        with psycopg.connect(self.url, autocommit=True, connect_timeout=5) as other:
            cursor = other.execute(sql, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def command(self, *arguments, **options):
        """Start a management command on this site."""
        environment = {"MEDIA_ROOT": str(self.media), "REPORT_ROOT": str(self.reports)}
        return subprocess.Popen(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, **environment, "DATABASE_URL": self.url},
            **options,
        )


OF_SITE = (
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'casefile'"
    " AND pid <> pg_backend_pid() ORDER BY state, query_start DESC"
)


@contextmanager
def new_site(folder):
    """Give a `Site` in an empty folder, and end its server."""
    site = Site(folder)
    try:
        site.fill()
        yield site
    finally:
        site.stop()


def until(condition, seconds=SECONDS):
    """Wait until a condition holds; return the seconds that it took."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() < began + seconds, f"not within {seconds} s"
        time.sleep(0.02)
    return time.monotonic() - began
