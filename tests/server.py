"""The production server, for tests that need real connections: granian on the loopback."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import environ
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FILES_ROUTE = "/reports/files"


class Server:
    """A running server: its port, and how to ask it."""

    def __init__(self, port, process, scheme="http"):
        self.port, self.process, self.scheme = port, process, scheme

    @property
    def workers(self):
        """The process ids of its workers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in children.split() if b"resource_tracker" not in _command_of(pid)]

    def get(self, path, timeout=20, **headers):
        """Return the whole `Answer` to a GET, whatever its status; redirects are followed."""
        with self.open(path, timeout, **headers) as response:
            return Answer(response.status, response.headers, response.url, response.read())

    def open(self, path, timeout=20, **headers):
        """Return the response of a GET, to be read and closed."""
        address = f"{self.scheme}://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, headers=headers)
        try:
            return urllib.request.urlopen(request, timeout=timeout)
        except urllib.error.HTTPError as error:
            return error

    def half_asked(self):
        """Begin to ask for something, and say no more: return the open connection."""
        client = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        client.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ")
        return client

    def stalled(self, path):
        """Ask for something, read its status, and no more: return the open `Reader`."""
        reader = Reader()
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        reader.settimeout(20)
        reader.connect(("127.0.0.1", self.port))
        reader.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        reader.status = int(reader.recv(200).split()[1])
        return reader


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    url: str
    body: bytes


class Reader(socket.socket):
    """A client's connection. ``status`` is that of the answer whose first bytes it has read."""

    status = None


def _command_of(pid):
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@contextmanager
def running(
    *,
    application="casefile.wsgi:application",
    workers=1,
    serve_files=True,
    header_seconds=10,
    first="/healthz",
    headers=None,
    log=None,
    port=None,
    certificate=None,
    **environment,
):
    """Run the site on a free port of 127.0.0.1, as production does, on the tests' database.

    With ``serve_files`` the server itself sends large reports. It hangs up on who hasn't sent the
    head of a request within ``header_seconds``. It runs once it has answered what is asked
    ``first``, with ``headers``. ``log`` is a file for what it says. ``port`` is another port, and
    ``certificate`` the files of a certificate and its key: with them it speaks TLS.
    """
    if port is None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
    reports = Path(environment.pop("REPORT_ROOT", settings.REPORT_ROOT))
    reports.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", str(workers), "--blocking-threads", "4"]
    # No low --backpressure: readers of files count, and a few who stop would close the server.
    command += ["--log-level", "warning", "--respawn-failed-workers", "--respawn-interval", "0.5"]
    command += ["--http", "1", "--http1-header-read-timeout", str(header_seconds * 1000)]
    if certificate:
        command += ["--ssl-certificate", certificate[0], "--ssl-keyfile", certificate[1]]
    if serve_files:
        command += ["--static-path-route", FILES_ROUTE, "--static-path-mount", str(reports)]
    process = subprocess.Popen(
        [*command, application],
        cwd=ROOT,
        stderr=log,
        start_new_session=True,
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "CASEFILE_ENV": "development",
            "REPORT_ROOT": str(reports),
            "REPORT_FILES_URL": f"{FILES_ROUTE}/" if serve_files else "",
            **environment,
        },
    )
    server = Server(port, process, "https" if certificate else "http")
    try:
        _wait_for(server, first, headers or {})
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            # With its workers, who would else go on alone.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def database_url():
    """Return the URL of the database that this process's connection is on."""
    options = connection.settings_dict
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**options)


@contextmanager
def settings_name(url):
    """Let the settings name another database while the block runs; open connections stay."""
    ours = dict(connection.settings_dict)
    connection.settings_dict.update(environ.Env.db_url_config(url) | {"OPTIONS": ours["OPTIONS"]})
    try:
        yield
    finally:
        connection.settings_dict.update(ours)


@contextmanager
def site_on(url):
    """Let the whole site use another database while the block runs."""
    connection.close()
    with settings_name(url):
        try:
            yield
        finally:
            connection.close()


def _wait_for(server, path, headers):
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise RuntimeError(f"The server ended with {server.process.returncode}.")
        try:
            if server.get(path, timeout=5, **headers).status == 200:
                return
        except OSError:
            time.sleep(0.005)
    raise RuntimeError("The server doesn't answer.")
