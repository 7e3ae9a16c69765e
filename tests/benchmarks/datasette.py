"""Datasette over the same rows: the peer of lists and of CSV downloads."""

import csv
import json
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager

KEY = "key"


def fill(path, content, *, indexed=(), searched=()):
    """Write the rows of a CSV file into the table ``letters`` of a new SQLite database.

    ``indexed`` columns get an index each, as its documentation advises for facets; of ``searched``
    ones a full-text index is made.
    """
    with content.open(newline="") as file, closing(sqlite3.connect(path)) as database:
        reader = csv.reader(file)
        header = next(reader)
        columns = ", ".join(f"{name} PRIMARY KEY" if name == KEY else name for name in header)
        database.execute(f"CREATE TABLE letters ({columns})")
        marks = ", ".join("?" * len(header))
        database.executemany(f"INSERT INTO letters VALUES ({marks})", reader)
        for name in indexed:
            database.execute(f"CREATE INDEX letters_{name} ON letters ({name})")
        if searched:
            names = ", ".join(searched)
            database.execute(
                f"CREATE VIRTUAL TABLE letters_fts USING fts5 ({names}, content='letters')"
            )
            database.execute(
                f"INSERT INTO letters_fts (rowid, {names}) SELECT rowid, {names} FROM letters"
            )
        database.execute("ANALYZE")
        database.commit()


@contextmanager
def serving(database, **settings):
    """Serve a database immutable, as a publisher would; yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    counts = database.with_suffix(".json")  # so that it counts no table anew for each page
    run = [sys.executable, "-m", "datasette"]
    counted = subprocess.run([*run, "inspect", str(database)], check=True, capture_output=True)
    counts.write_text(json.dumps(json.loads(counted.stdout)))
    command = [*run, "-i", str(database), "--inspect-file", str(counts), "--port", str(port)]
    for name, value in settings.items():
        command += ["--setting", name, str(value)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port, process):
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("Datasette doesn't answer.")
