"""A primary and its hot standby: who reads from which, and what is left when one is gone."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import transaction

from casefile import embedded_postgres
from casefile.backups.backing_up import back_up
from casefile.embedded_postgres import Cluster, ensure_running
from tests.addresses import make_record
from tests.server import running

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).resolve().parents[2]
STAFF = {"Cookie": f"{settings.SESSION_COOKIE_NAME}=none"}


@pytest.fixture
def primary(tmp_path):
    """Return the Cluster of a primary with a small record."""
    with transaction.atomic():
        make_record()
    back_up(tmp_path / "site.zip", str)
    url = ensure_running(tmp_path / "primary")
    subprocess.run(
        [sys.executable, "manage.py", "restore", tmp_path / "site.zip"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(tmp_path / "media")},
        check=True,
        capture_output=True,
    )
    yield Cluster(tmp_path / "primary" / "postgres")
    embedded_postgres.stop(tmp_path / "primary")


@pytest.fixture
def standby(primary, tmp_path):
    """Return the Cluster of the primary's hot standby."""
    standby = Cluster(tmp_path / "standby" / "postgres")
    standby.data.mkdir(parents=True, mode=0o700)
    standby.password.write_text(primary.password.read_text())
    if account := primary.account():
        standby.home.chmod(0o711)
        os.chown(standby.data, *account)
    copied = standby.run(
        "pg_basebackup",
        "--pgdata=.",
        "--write-recovery-conf",
        "--checkpoint=fast",
        f"--dbname={primary.url('postgres')}",
    )
    assert copied.returncode == 0, copied.stdout
    ensure_running(tmp_path / "standby")
    yield standby
    embedded_postgres.stop(tmp_path / "standby")


def start(cluster):
    ensure_running(cluster.home.parent)


def stop(cluster):
    embedded_postgres.stop(cluster.home.parent)


def count_receipts(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT count(*) FROM casefile_receipt").fetchone()[0]


def statuses(server, *addresses, **headers):
    return [server.get(address, **headers).status for address in addresses]


def wait_until(condition):
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_readers_are_answered_while_either_server_is_away(primary, standby):
    url, replica_url = primary.url("casefile"), standby.url("casefile")
    with running(DATABASE_URL=url, DATABASE_REPLICA_URL=replica_url) as server:
        assert statuses(server, "/", "/letters/", "/reports/letters.csv") == [200] * 3
        assert statuses(server, "/letters/", **STAFF) == [200]
        with psycopg.connect(url) as connection:
            connection.execute("UPDATE jurisdictions_jurisdiction SET name = 'Renamed'")
        wait_until(lambda: b"Renamed" in server.get("/jurisdictions/").body)

        assert count_receipts(url) == 1

        stop(primary)

        # Pages, kept or not, files, the API, the search; staff write, and read where they write.
        assert statuses(server, "/jurisdictions/", "/rounds/", "/es/letters/") == [200] * 3
        assert statuses(server, "/reports/quotations.csv", "/feed.atom") == [200] * 2
        assert statuses(server, "/api/letters", "/search/?q=letter") == [200] * 2
        assert statuses(server, "/letters/", **STAFF) == [503]
        assert statuses(server, "/healthz", "/healthz?deep") == [200, 503]
        start(primary)
        wait_until(lambda: server.get("/letters/", **STAFF).status == 200)

        stop(standby)

        assert statuses(server, "/jurisdictions/", "/statements/", "/api/letters") == [200] * 3
        start(standby)
        assert statuses(server, "/jurisdictions/") == [200]


def test_standby_that_is_late_or_no_standby_any_more_is_not_read(primary, standby):
    url, replica_url = primary.url("casefile"), standby.url("casefile")

    def rename(name):
        with psycopg.connect(url) as connection:
            connection.execute("UPDATE jurisdictions_jurisdiction SET name = %s", [name])

    def ask_standby(sql):
        with psycopg.connect(replica_url, autocommit=True) as connection:
            connection.execute(sql)

    def shows(name):
        return name.encode() in server.get("/jurisdictions/").body

    with running(DATABASE_URL=url, DATABASE_REPLICA_URL=replica_url) as server:
        rename("First")
        wait_until(lambda: shows("First"))
        well = json.loads(server.get("/healthz?deep").body)
        assert well["replica"] is True
        assert well["replica_lag"] < 10

        ask_standby("SELECT pg_wal_replay_pause()")
        rename("Second")
        wait_until(lambda: shows("Second"))
        late = server.get("/healthz?deep")
        assert late.status == 503
        assert json.loads(late.body)["replica_lag"] > 10
        ask_standby("SELECT pg_wal_replay_resume()")
        wait_until(lambda: server.get("/healthz?deep").status == 200)

        ask_standby("SELECT pg_promote()")
        rename("Third")
        wait_until(lambda: shows("Third"))
        assert json.loads(server.get("/healthz?deep").body)["replica_lag"] is None
