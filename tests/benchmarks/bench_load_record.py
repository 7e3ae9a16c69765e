"""Loading a large record, beside a bare COPY of the same rows into the same tables.

Time and peak memory of ``manage.py load_record`` for a bundle whose letters are all faulty, for a
first load, for the same bundle again and for a dry run, each a process of its own; then COPY,
triggers and all, into a second database. ``LETTERS=1000000`` in the environment makes it ten times
as large. What PostgreSQL may keep in memory grows with it, so that what only works for rows that
fit in there fails at a tenth of the size, too.
"""

import contextlib
import csv
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from casefile.bundle.problems import SHOWN_PER_FILE

LETTERS = int(os.environ.get("LETTERS", 100_000))
JURISDICTIONS = 5000
MEMORY_LIMIT = 300 * 1024**2  # bytes
# Runs manage.py, and tells its peak memory at the end. What the system keeps for who waits for a
# process is of no use: it counts what the parent had, before the program began.
MEASURED = """
import atexit, pathlib, re, runpy, sys
status = pathlib.Path("/proc/self/status")
tell = lambda: print(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1], file=sys.stderr)
atexit.register(tell)
sys.argv[0] = "manage.py"
runpy.run_path("manage.py", run_name="__main__")
"""
ROOT = Path(__file__).resolve().parents[2]
COPIED = [
    "auth_user",
    "jurisdictions_jurisdiction",
    "casefile_source",
    "letters_round",
    "letters_letter",
    "letters_response",
    "casefile_citation",
]


def write_bundle(path):
    """Write the CSV files of a record of many letters, two in three answered, all cited."""
    rounds = range(-(-LETTERS // JURISDICTIONS))
    letters = [
        (f"demand-{n}-springfield-{place}", f"demand-{n}", f"springfield-{place}")
        for n in rounds
        for place in range(JURISDICTIONS)
    ]
    path.mkdir()
    write(
        path / "jurisdictions.csv",
        "slug,name,kind,state,geoid",
        (
            (f"springfield-{n}", f"City of Springfield {n}", "city", "IL", f"17{n:05}")
            for n in range(JURISDICTIONS)
        ),
    )
    write(path / "sources.csv", "key,kind,title", [("scan", "primary_document", "Scanned letters")])
    write(
        path / "rounds.csv",
        "slug,title,announced_on",
        ((f"demand-{n}", f"Document demand {n}", "2018-01-24") for n in rounds),
    )
    write(
        path / "letters.csv",
        "key,round,jurisdiction,date,sent_on,received_on,deadline,recipient_agency,addressee,note,"
        "status",
        (
            (
                *letter,
                *("2018-01-24", "2018-01-24", "2018-01-29", "2018-02-23"),
                f"Springfield Police Department, Office of the Chief, of {letter[2]}",
                f"The Honorable Jordan Official, Mayor of {letter[2]}",
                'Sent with an "urgent" mark,\nas the clerk says.',
                "published",
            )
            for letter in letters
        ),
    )
    write(
        path / "responses.csv",
        "key,letter,date,kind,summary,status",
        (
            (f"{key}-answer", key, "2018-02-20", "unassessed", "An answer of a page.", "published")
            for n, (key, _, _) in enumerate(letters)
            if n % 3
        ),
    )
    write(
        path / "citations.csv",
        "entry_kind,entry,source,pin",
        (
            (kind, f"{key}{suffix}", "scan", f"p. {n}")
            for n, (key, _, _) in enumerate(letters)
            for kind, suffix in [("letters", ""), ("responses", "-answer")]
            if kind == "letters" or n % 3
        ),
    )


def misspell_jurisdictions(bundle, path):
    """Write the same bundle with a fault in each letter: there is no such jurisdiction."""
    path.mkdir()
    for file in bundle.iterdir():
        if file.name == "letters.csv":
            with file.open() as lines, (path / file.name).open("w") as stream:
                stream.writelines(line.replace(",springfield-", ",sprngfield-") for line in lines)
        else:
            (path / file.name).hardlink_to(file)


def write(path, header, rows):
    with path.open("w", newline="") as stream:
        stream.write(f"{header}\n")
        csv.writer(stream, lineterminator="\n").writerows(rows)


@contextlib.contextmanager
def database(name):
    """Make a migrated database beside the tests', with one user. Yield its address."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        connection.execute(f'ALTER DATABASE "{name}" SET work_mem = {4096 * LETTERS // 1_000_000}')
        try:
            url = f"{server}/{name}"
            manage(url, "migrate", "-v0")
            yield url
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(url, *arguments, status=0):
    """Run a command. Return its seconds, its peak memory in bytes, and the lines of its error."""
    started = time.perf_counter()
    process = subprocess.run(
        [sys.executable, "-c", MEASURED, *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SUPERUSER_PASSWORD": "bench"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    seconds = time.perf_counter() - started
    assert process.returncode == status, process.stderr
    *lines, kilobytes = process.stderr.splitlines()
    return seconds, int(kilobytes) * 1024, lines


def copy_tables(source, target):
    """COPY the rows of one database into the same tables of another. Return the seconds.

    In the order of their references, one transaction, triggers and all. The setting spares COPY,
    as it does the load, an exception per row in pgtrigger's own bookkeeping.
    """
    seconds = 0
    with psycopg.connect(source) as reader, psycopg.connect(target) as writer:
        writer.execute("SET LOCAL pgtrigger.ignore = '{}'")
        for table in COPIED:
            with reader.cursor().copy(f'COPY "{table}" TO STDOUT') as rows:
                content = [bytes(block) for block in rows]
            started = time.perf_counter()
            with writer.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
                for block in content:
                    copy.write(block)
            seconds += time.perf_counter() - started
        started = time.perf_counter()
        writer.commit()
        return seconds + time.perf_counter() - started


def test_load_record(tmp_path):
    bundle, faulty = tmp_path / "bundle", tmp_path / "faulty"
    write_bundle(bundle)
    misspell_jurisdictions(bundle, faulty)
    rows = LETTERS * 2 * 5 // 3

    with database("bench_load") as url, database("bench_copy") as other:
        manage(url, "createsuperuser", "--noinput", "--username", "rita", "--email", "r@a.example")
        idle, base, _ = manage(url, "check")
        load = ["load_record", str(bundle), "--publish-as", "rita"]
        results = {
            "faulty": manage(url, "load_record", str(faulty), "--publish-as", "rita", status=1),
            "first load": manage(url, *load),
            "again": manage(url, *load),
            "dry run": manage(url, *load, "--dry-run"),
            "export": manage(url, "export_record", str(tmp_path / "record.zip")),
        }
        copied = copy_tables(url, other)

    print(f"\n{LETTERS:,} letters, {rows:,} rows in all; a bare COPY of them took {copied:.1f} s")
    print(f"an idle command: {idle:.1f} s, {base / 1e6:.0f} MB")
    for name, (seconds, memory, _) in results.items():
        speed = copied / seconds
        print(f"{name}: {seconds:.1f} s, {speed:.2f} of COPY's speed, peak {memory / 1e6:.0f} MB")
        assert memory < MEMORY_LIMIT
    problems = [line for line in results["faulty"][2] if "letters.csv, row " in line]
    assert len(problems) == SHOWN_PER_FILE
    assert results["faulty"][2][-1] == f"{LETTERS:,} problems: nothing was loaded."
    assert copied / results["first load"][0] > 0.1
    assert results["again"][0] < results["first load"][0] / 4
    assert results["faulty"][0] < results["first load"][0] / 2
