"""A full disk, for real: a small file system of its own, which takes root to mount."""

import os
import subprocess
from contextlib import contextmanager

import psycopg
import pytest

from casefile.room import NO_ROOM
from tests.factories import RoundFactory
from tests.server import site_on
from tests.soak.outcome import Outcome
from tests.soak.site import new_site, until
from tests.soak.staff import Staff

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(os.geteuid() != 0, reason="Only root can mount a small disk."),
]

MB = 1024**2
ADD_SOURCE = "/admin/casefile/source/add/"
MADE_ANEW = "/letters/?q=nobody"
ADD = """
INSERT INTO casefile_source (key, kind, title, publisher, author, url, archive_url, file,
    file_sha256, text, text_sha256, note)
VALUES (%s, 'news_report', 'Full', '', '', '', '', '', '', '', '', '')
"""
PAGE = b"<!doctype html><title>The letter</title><p>" + b"words " * 100_000


@contextmanager
def small_disk(folder, size):
    """Have a folder be a disk of so many bytes."""
    folder.mkdir(parents=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=755", "none", folder], check=True
    )
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill_up(folder, *, leaving):
    """Write a file that leaves so many bytes free."""
    free = os.statvfs(folder).f_bavail * os.statvfs(folder).f_frsize
    (folder / "ballast").write_bytes(b"x" * max(free - leaving, 0))


def test_upload_to_a_full_disk_is_refused_and_leaves_no_row(site, tmp_path):
    with (
        small_disk(tmp_path / "media", 32 * MB) as media,
        site.running(MEDIA_ROOT=str(media), serve_files=False) as server,
    ):
        staff = Staff(server, site.session)

        def upload(key):
            file = ("file", "letter.html", PAGE)
            return staff.save(ADD_SOURCE, file, title=key, key=key, kind="news_report")

        fill_up(media, leaving=8 * MB)
        refused = upload("refused")
        health = staff.get("/healthz?deep")
        (media / "ballast").unlink()
        kept = upload("kept")

    assert refused.status == 200
    assert NO_ROOM in refused.body.decode()
    assert health.status == 503
    assert b'"disk": false' in health.body
    assert kept.status == 302
    found = site.query("SELECT key FROM casefile_source WHERE key IN ('refused', 'kept')")
    assert found == [("kept",)]


def test_database_whose_disk_is_full_loses_nothing_and_starts_once_there_is_room(tmp_path, note):
    outcome = Outcome("the database's disk is full", rounds=1)
    with (
        small_disk(tmp_path / "disk", 400 * MB) as disk,
        (tmp_path / "site.log").open("ab") as log,
        new_site(disk / "var") as site,
        site.running(
            serve_files=False,
            MEDIA_ROOT=str(tmp_path / "media"),
            REPORT_ROOT=str(tmp_path / "reports"),
            log=log,
        ) as server,
    ):
        reader = Staff(server, "")
        assert reader.get(MADE_ANEW).status == 200
        fill_up(disk, leaving=80 * MB)

        # Each write begins a new file of the log, 16 MB, until there is no room for the next.
        acknowledged = []
        problem = None
        while problem is None:
            key = f"full-{len(acknowledged)}"
            try:
                site.query(ADD, key)
                acknowledged.append(key)
                site.query("SELECT pg_switch_wal()")
            except psycopg.Error as error:
                problem = error
        until(lambda: "PANIC" in site.cluster.log.read_text())
        until(lambda: reader.get(MADE_ANEW).status == 503)
        refused, health = reader.get(MADE_ANEW), reader.get("/healthz?deep")

        (disk / "ballast").unlink()
        site.start()
        outcome.seconds.append(until(lambda: reader.get(MADE_ANEW).status == 200))
        kept = {key for (key,) in site.query("SELECT key FROM casefile_source")}
        with site_on(site.url):
            RoundFactory(slug="after")

        outcome.acknowledged = len(acknowledged)
        outcome.lost = len(set(acknowledged) - kept)
        assert "No space left on device" in site.cluster.log.read_text()
        assert refused.headers["retry-after"] == "10"
        assert health.status == 503
        assert b'"database": false' in health.body
        assert "The database gave no answer." in (tmp_path / "site.log").read_text()
    note(outcome)
