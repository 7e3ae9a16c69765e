"""A report over HTTP from the production server, beside psql's COPY of the same query.

200,000 letters with their answers. All ways take turns, several times; the medians are compared.
"""

import csv
import datetime as dt
import os
import shutil
import statistics
import subprocess
import time
from pathlib import Path

import pytest
from django.db import connection, transaction

from letters.reports.letters import LETTERS
from tests.benchmarks import datasette
from tests.benchmarks.many_letters import make_letters
from tests.server import database_url, running

DAY = dt.date(2026, 1, 1)
RUNS = 5
SPOOLED = 1.15  # at most so much longer than psql's COPY
AGAIN = 0.1
MEMORY = 10 * 1024**2  # bytes above idle

pytestmark = pytest.mark.django_db(transaction=True)


def seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def copied_by_psql(day, raw):
    """Let psql copy what the report of a day holds to nowhere."""
    sql, params = LETTERS.query(LETTERS.rows(day, published=True), raw=raw)
    statement = f"COPY ({connection.ops.compose_sql(sql, params)}) TO STDOUT (FORMAT csv)"
    with open(os.devnull, "wb") as nowhere:
        subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", database_url(), "--command", statement],
            check=True,
            stdout=nowhere,
        )


def downloaded(server, day, flavour="", **headers):
    """Read a report to its end; return how many bytes it has."""
    address = f"/reports/letters.csv?as_of={day}{flavour}"
    size = 0
    with server.open(address, timeout=300, **headers) as response:
        assert response.status in (200, 304)
        while chunk := response.read(1024**2):
            size += len(chunk)
    return size


def written_by_orm(path):
    """Write the same cells by an ORM iterator and csv.writer, texts untouched."""
    rows = LETTERS.rows(DAY, published=True).annotate(
        **{f"cell_{column.name}": column.source() for column in LETTERS.columns}
    )
    cells = rows.order_by("key").values_list(*(f"cell_{name}" for name in LETTERS.header()))
    with path.open("w", newline="") as file, transaction.atomic():
        writer = csv.writer(file)
        writer.writerow(LETTERS.header())
        writer.writerows(cells.iterator(chunk_size=2000))


def memory_of(server):
    """Return the peak memory of the server's worker since it was last forgotten, in bytes."""
    (worker,) = server.workers
    status = Path(f"/proc/{worker}/status").read_text()
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def forget_peak(server):
    (worker,) = server.workers
    Path(f"/proc/{worker}/clear_refs").write_text("5")


def datasette_seconds(content, folder):
    """Return how long Datasette takes to stream the same rows as CSV."""
    database = folder / "letters.db"
    datasette.fill(database, content)
    with datasette.serving(database, max_csv_mb=0) as port:
        address = f"http://127.0.0.1:{port}/letters/letters.csv?_stream=on&_size=max"
        return statistics.median(seconds(lambda: read_all(address)) for _ in range(2))


def read_all(address):
    subprocess.run(["curl", "-sf", "-o", os.devnull, address], check=True)


def test_report_over_http_costs_little_more_than_copy(tmp_path, capsys):
    assert shutil.which("psql"), "psql (Debian's postgresql-client) is needed to compare with."
    make_letters(200_000)
    took = {}

    def measure(way, work):
        took.setdefault(way, []).append(seconds(work))

    with running(workers=1) as server:
        size = downloaded(server, DAY)  # the server's connection, its plans, the table's pages
        first_time = DAY
        forget_peak(server)
        idle = memory_of(server)
        for _ in range(RUNS):
            first_time += dt.timedelta(days=1)
            measure("psql, COPY", lambda: copied_by_psql(DAY, raw=False))
            measure("psql, COPY, texts untouched", lambda: copied_by_psql(DAY, raw=True))
            measure("first asked", lambda day=first_time: downloaded(server, day))
            measure(
                "first asked, texts untouched",
                lambda day=first_time: downloaded(server, day, "&raw=1"),
            )
            measure("asked again", lambda day=first_time: downloaded(server, day))
        etag = server.get(f"/reports/letters.csv-metadata.json?as_of={DAY}").headers["ETag"]
        for _ in range(RUNS):
            measure(
                "asked again, kept by the reader",
                lambda: downloaded(server, DAY, **{"If-None-Match": etag}),
            )
        peak = memory_of(server) - idle
    orm = tmp_path / "orm.csv"
    for _ in range(2):
        measure("ORM iterator, csv.writer", lambda: written_by_orm(orm))
    took["Datasette, streamed"] = [datasette_seconds(orm, tmp_path)]

    medians = {way: statistics.median(times) for way, times in took.items()}
    limit = medians["psql, COPY"]
    with capsys.disabled():
        print(f"\nletters.csv, 200,000 rows, {size / 1e6:.0f} MB")
        for way, median in medians.items():
            print(f"{way:35} {median:7.2f} s {median / limit:7.2f} x")
        print(f"{'server memory above idle':35} {peak / 1024**2:7.1f} MB")
    assert medians["first asked"] / limit <= SPOOLED
    assert medians["asked again"] / limit < AGAIN
    assert peak <= MEMORY


def test_memory_is_the_same_at_a_million_rows(capsys):
    make_letters(1_000_000)

    with running(workers=1) as server:
        downloaded(server, DAY, "&usps=CA")
        forget_peak(server)
        idle = memory_of(server)
        took = seconds(lambda: downloaded(server, DAY))
        peak = memory_of(server) - idle

    with capsys.disabled():
        print(f"\nletters.csv, 1,000,000 rows: {took:.1f} s, {peak / 1024**2:.1f} MB above idle")
    assert peak <= MEMORY
