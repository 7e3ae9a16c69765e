"""Backups on real servers: what was written comes back, and what is not whole does no harm."""

import io
import json
import subprocess
import zipfile
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tqdm import tqdm

from casefile import embedded_postgres
from casefile.backups import BackupError
from casefile.backups.archive import DUMP, MANIFEST, Writer, opened
from casefile.backups.backing_up import LOCK, scratch_name
from casefile.backups.contents import compare, is_empty
from casefile.backups.database import Database, program
from casefile.models import Source
from casefile.seals import seal_history
from jurisdictions.models import JurisdictionHistory
from tests.addresses import PAGES, make_record
from tests.factories import SourceFactory
from tests.server import settings_name, site_on

pytestmark = pytest.mark.django_db

# A backup sees what is committed.
committed = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.7 a letter"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Return the directory of another PostgreSQL server."""
    directory = tmp_path_factory.mktemp("other") / "var"
    yield directory
    embedded_postgres.stop(directory)


@pytest.fixture
def target(server, request):
    """Return the URL of a new and empty database on the other server."""
    return embedded_postgres.ensure_running(server, request.node.name[:60])


def run(command, *arguments):
    """Return what a command says."""
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=out)
    return out.getvalue()


def left_scratch():
    """Return whether there is a scratch database."""
    with connection.cursor() as cursor:
        name = scratch_name(connection.settings_dict["NAME"])
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        return cursor.rowcount == 1


def tables_in(url):
    with psycopg.connect(url) as other:
        return not is_empty(other)


def write_archive(path, *, leave_out=(), dump=b"PGDMP and no more", **manifest):
    """Write an archive that is whole by its seal, with one uploaded file, whatever is in it."""
    writer = Writer(path)
    bar = tqdm(disable=True)
    writer.add(DUMP, io.BytesIO(dump), bar)
    writer.add("media/sources/letter.pdf", io.BytesIO(PDF), bar)
    major = connection.cursor().connection.info.server_version // 10_000
    plain = {"made_at": "2026-11-24", "release": "r1", "postgresql": major, "migrations": []}
    writer.seal({**plain, "tables": {}, "triggers": 0, **manifest})
    writer.close()
    if leave_out:
        with ZipFile(path) as whole:
            kept = {name: whole.read(name) for name in whole.namelist() if name not in leave_out}
        path.unlink()
        again = Writer(path)
        again.files = json.loads(kept.pop(MANIFEST))["files"]
        for name, content in kept.items():
            again.zip.writestr(name, content)
        again.seal({**plain, "tables": {}, "triggers": 0, **manifest})
        again.close()
    return path


@committed
def test_backup_brings_everything_back_on_another_server(client, settings, tmp_path, target):
    with transaction.atomic():
        make_record()
        SourceFactory(key="with-file", file=ContentFile(PDF, name="letter.pdf"))
    head = seal_history(timezone.localdate()).head
    pages = {name: client.get(address).content for name, address in PAGES.items()}
    archive = tmp_path / "site.zip"

    said = run("backup", archive)

    assert "all rows and triggers are equal" in said
    assert not left_scratch()
    assert not list(tmp_path.glob("*.part"))
    assert archive.stat().st_mode & 0o777 == 0o600
    settings.MEDIA_ROOT = tmp_path / "other"
    with site_on(target):
        said = run("restore", archive)

        assert said.splitlines()[-2].endswith("equal.")
        assert {name: client.get(address).content for name, address in PAGES.items()} == pages
        file = Source.objects.get(key="with-file").file
        assert Path(file.path).read_bytes() == PDF
        assert head in run("verify_history", "--head", head)
        with pytest.raises(DatabaseError, match="append"):
            JurisdictionHistory.objects.all().delete()
        assert "No migrations to apply" in run("migrate")
        # The figures of the manifest are those of the restored database, table by table.
        with opened(archive) as whole:
            tables = whole.manifest["tables"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM letters_letter")
            assert tables["public.letters_letter"]["rows"] == cursor.fetchone()[0] == 1


@committed
def test_backup_clears_what_a_killed_one_left_and_names_files_that_are_gone(tmp_path):
    source = SourceFactory(file=ContentFile(PDF, name="letter.pdf"))
    Path(source.file.path).unlink()
    with Database.of_site().connect() as other:
        other.execute(f'CREATE DATABASE "{scratch_name(other.info.dbname)}"')
    (tmp_path / "site.zip.part").write_text("half")

    said = run("backup", tmp_path / "site.zip")

    assert f"The record names the file {source.file.name}, which is not in MEDIA_ROOT." in said
    assert not left_scratch()
    assert not (tmp_path / "site.zip.part").exists()


def test_backup_writes_over_nothing(tmp_path):
    archive = tmp_path / "site.zip"
    archive.write_text("kept")

    with pytest.raises(CommandError, match="is there already"):
        run("backup", archive)
    with pytest.raises(CommandError, match="There is no folder"):
        run("backup", tmp_path / "nowhere" / "site.zip")

    assert archive.read_text() == "kept"


def test_backups_of_one_database_take_turns(tmp_path):
    with Database.of_site().connect() as other:
        other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(CommandError, match="Another backup of this database is being made"):
            run("backup", tmp_path / "site.zip")

    assert not list(tmp_path.glob("site*"))


def test_role_that_may_make_no_database_is_told_what_it_lacks(tmp_path):
    with Database.of_site().connect() as owner:
        owner.execute("CREATE ROLE backup_test_role LOGIN PASSWORD 'backup-test-role'")
        try:
            ours = connection.settings_dict
            url = "postgres://backup_test_role:backup-test-role@{HOST}:{PORT}/{NAME}"
            with (
                settings_name(url.format(**ours)),
                pytest.raises(CommandError, match="ALTER ROLE backup_test_role CREATEDB"),
            ):
                run("backup", tmp_path / "site.zip")
        finally:
            owner.execute("DROP ROLE backup_test_role")


def test_archive_that_is_cut_off_is_refused(tmp_path, target):
    archive = write_archive(tmp_path / "site.zip")
    whole = archive.read_bytes()

    for kept in (0, 1, 63, 64, 500, len(whole) - 65, len(whole) - 1):
        archive.write_bytes(whole[:kept])
        with settings_name(target), pytest.raises(CommandError, match="is not whole: it was cut"):
            run("restore", archive)

    assert not tables_in(target)


def test_archive_with_any_byte_flipped_is_refused(tmp_path):
    archive = write_archive(tmp_path / "site.zip")
    whole = archive.read_bytes()

    for position in range(0, len(whole), 7):
        altered = bytearray(whole)
        altered[position] ^= 0x20
        archive.write_bytes(altered)
        with pytest.raises(BackupError, match="altered since it was made"), opened(archive):
            pass


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"leave_out": ["media/sources/letter.pdf"]}, "lacks media/sources/letter.pdf"),
        ({"leave_out": [DUMP]}, "lacks database.dump"),
        ({"migrations": ["letters.9999_later"]}, "newer release .* letters.9999_later"),
        ({"format": 2}, "is of a newer release"),
        ({"postgresql": 99}, "is of PostgreSQL 99"),
        ({}, "pg_restore could not do its work"),
    ],
)
def test_archive_that_cannot_be_restored_leaves_the_database_empty(
    tmp_path, target, change, sentence
):
    archive = write_archive(tmp_path / "site.zip", **change)

    with settings_name(target), pytest.raises(CommandError, match=sentence):
        run("restore", archive)

    assert not tables_in(target)


@pytest.mark.parametrize("name", ["../outside", "media/../../outside", "/outside"])
def test_archive_writes_nowhere_else(tmp_path, name):
    writer = Writer(tmp_path / "site.zip")
    for member in (DUMP, name):
        writer.add(member, io.BytesIO(b"x"), tqdm(disable=True))
    writer.seal({})
    writer.close()

    outside = pytest.raises(BackupError, match="a file outside of its folders")
    with outside, opened(tmp_path / "site.zip"):
        pass


def test_other_files_are_no_backups(tmp_path):
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("letter.txt", "x" * 100)

    with pytest.raises(CommandError, match="or it is no backup"):
        run("restore", tmp_path / "other.zip")
    with pytest.raises(CommandError, match="can't be read: No such file"):
        run("restore", tmp_path / "none.zip")


def test_restore_leaves_a_database_alone_that_is_not_empty(tmp_path):
    archive = write_archive(tmp_path / "site.zip")

    with pytest.raises(CommandError, match="is not empty"):
        run("restore", archive)

    assert not Source.objects.exists()


def test_restore_leaves_other_uploaded_files_alone(settings, tmp_path, target):
    file = Path(settings.MEDIA_ROOT) / "sources/letter.pdf"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"another")

    with settings_name(target), pytest.raises(CommandError, match="differs from the backup's"):
        run("restore", write_archive(tmp_path / "site.zip"))

    assert file.read_bytes() == b"another"
    assert not tables_in(target)


def test_differences_are_named_by_table():
    figures = {"tables": {"a": {"rows": 1, "md5": "x"}, "b": {"rows": 2, "md5": "y"}}}
    other = {"tables": {"a": {"rows": 1, "md5": "z"}}, "triggers": 3}

    with pytest.raises(BackupError, match=r"differ: a, b, the triggers \(3 of 4\)"):
        compare({**figures, "triggers": 4}, other)


def test_programs_are_of_the_servers_version():
    major = connection.cursor().connection.info.server_version // 10_000

    said = subprocess.run([program("pg_dump", major), "--version"], capture_output=True, text=True)

    assert f" {major}." in said.stdout
    with pytest.raises(BackupError, match="this machine has no pg_dump of that version"):
        program("pg_dump", 9)
