"""Back to a moment: what was deleted comes back, from a base backup and the archived log."""

import os
import shutil
import subprocess
import time

import pytest

from casefile import embedded_postgres
from casefile.embedded_postgres import Cluster, ensure_running
from casefile.models import Source
from tests.factories import SourceFactory
from tests.server import site_on
from tests.soak.outcome import Outcome
from tests.soak.site import new_site, until

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = 50


def give(path, cluster):
    """Let a cluster's account own what is at a path."""
    if account := cluster.account():
        subprocess.run(["chown", "-R", "{}:{}".format(*account), path], check=True)


def archive_log(site):
    """Have each full file of the server's log copied to a folder beside its data."""
    archive = site.cluster.home / "archive"
    archive.mkdir()
    give(archive, site.cluster)
    for setting, value in {
        "archive_mode": "on",
        "archive_command": "test ! -f ../archive/%f && cp %p ../archive/%f",
        "archive_timeout": "5min",
    }.items():
        site.query(f"ALTER SYSTEM SET {setting} = '{value}'")
    site.stop()
    site.start()
    return archive


def base_backup(site, folder):
    """Return the Cluster of a base backup of a site's server, which is verified."""
    copy = Cluster(folder / "postgres")
    copy.data.mkdir(parents=True, mode=0o700)
    copy.password.write_text(site.cluster.password.read_text())
    if account := site.cluster.account():
        copy.home.chmod(0o711)
        os.chown(copy.data, *account)
    made = copy.run(
        "pg_basebackup",
        "--pgdata=.",
        "--checkpoint=fast",
        f"--dbname={site.cluster.url('postgres')}",
    )
    assert made.returncode == 0, made.stdout
    verified = copy.run("pg_verifybackup", ".")
    assert verified.returncode == 0, verified.stdout
    return copy


def recover(copy, archive, moment):
    """Start a base backup as it was at a moment, by the archived log; return its URL."""
    shutil.copytree(archive, copy.home / "archive")
    give(copy.home / "archive", copy)
    with (copy.data / "postgresql.auto.conf").open("a") as configuration:
        configuration.write(
            "archive_mode = off\n"
            "restore_command = 'cp ../archive/%f %p'\n"
            f"recovery_target_time = '{moment.isoformat()}'\n"
            "recovery_target_action = 'promote'\n"
        )
    (copy.data / "recovery.signal").touch()
    give(copy.data / "recovery.signal", copy)
    return ensure_running(copy.home.parent)


def test_deleted_record_is_back(tmp_path, note):
    with new_site(tmp_path / "site") as site:
        archive = archive_log(site)
        copy = base_backup(site, tmp_path / "copy")
        with site_on(site.url):
            kept = {SourceFactory(key=f"kept-{number}").key for number in range(ROWS)}
        [[moment]] = site.query("SELECT clock_timestamp()")
        with site_on(site.url):
            Source.objects.filter(key__in=kept).delete()
            SourceFactory(key="later")
        [[last]] = site.query("SELECT pg_walfile_name(pg_switch_wal())")
        until(lambda: (archive / last).exists())

        began = time.monotonic()
        try:
            url = recover(copy, archive, moment)
            with site_on(url):
                until(lambda: Source.objects.exists())
                found = set(Source.objects.values_list("key", flat=True))
            seconds = time.monotonic() - began
        finally:
            embedded_postgres.stop(copy.home.parent)

    assert "later" not in found
    note(Outcome("back to a moment (RTO)", 1, ROWS, len(kept - found), 0, [seconds]))
