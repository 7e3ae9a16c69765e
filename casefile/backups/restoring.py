"""Restoring a backup: into an empty database alone, and only what has been found whole."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from tqdm import tqdm

from casefile.backups import BackupError
from casefile.backups.archive import CHUNK, DUMP, MEDIA, Archive, opened, sha256_of
from casefile.backups.contents import compare, figures_of, is_empty
from casefile.backups.database import Database, program

# All or nothing. Who owns what, and APP_ROLE's rights, follow the server that it is restored on.
ALL_OR_NOTHING = ["--exit-on-error", "--single-transaction", "--no-owner", "--no-acl"]


def restore(path: Path, say: Callable[[str], None]) -> None:
    """Restore an archive into the site's database, which is empty, and its folder for uploads.

    The archive is verified first; what can't be restored whole leaves the database empty.

    Raises:
        BackupError: nothing was restored into the database, unless the message says otherwise.
    """
    with opened(path) as archive:
        say(f"{path} is whole, made {archive.manifest['made_at']}.")
        _refuse_newer_schema(archive)
        _refuse_other_files(archive)
        database = Database.of_site()
        try:
            with database.connect() as connection:
                if not is_empty(connection):
                    raise BackupError(
                        f"The database {database.name} is not empty. Restore into a new one, and"
                        " name it in DATABASE_URL: what is in this one stays as it is."
                    )
                _write_files(archive)
                say(f"Wrote the uploaded files: {len(archive.media):,}.")
                fill(database, connection, archive)
                compare(archive.manifest, figures_of(connection))
        except (OSError, psycopg.Error) as error:
            raise BackupError(f"The backup could not be restored: {error}") from error
    rows = sum(table["rows"] for table in archive.manifest["tables"].values())
    say(f"Restored the database: {len(archive.manifest['tables'])} tables, {rows:,} rows, equal.")


def fill(database: Database, connection: psycopg.Connection, archive: Archive) -> None:
    """Restore an archive's dump into an empty database, in one transaction."""
    major = connection.info.server_version // 10_000
    if major < archive.manifest["postgresql"]:
        raise BackupError(
            f"The backup is of PostgreSQL {archive.manifest['postgresql']}, and this server is"
            f" {major}. Restore it on {archive.manifest['postgresql']} or later."
        )
    pg_restore = program("pg_restore", major)
    name = psycopg.conninfo.make_conninfo(dbname=database.name)
    with (
        archive.open(DUMP) as dump,
        tqdm(
            total=archive.size(DUMP), desc="Restoring", unit="B", unit_scale=True, disable=None
        ) as bar,
        database.running(
            pg_restore, *ALL_OR_NOTHING, f"--dbname={name}", stdin=subprocess.PIPE
        ) as process,
    ):
        for chunk in iter(lambda: dump.read(CHUNK), b""):
            process.stdin.write(chunk)
            bar.update(len(chunk))


def _refuse_newer_schema(archive: Archive) -> None:
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    unknown = [name for name in archive.manifest["migrations"] if name not in known]
    if unknown:
        raise BackupError(
            f"The backup is of a newer release than this one, which doesn't know {unknown[0]}."
            f" Restore it with that release ({archive.manifest['release']}), or a later one."
        )


def _refuse_other_files(archive: Archive) -> None:
    """Refuse to write over an uploaded file that differs from the archive's."""
    for name in archive.media:
        file = Path(settings.MEDIA_ROOT) / name
        if file.exists():
            with file.open("rb") as stream:
                if sha256_of(stream) != archive.sha256(f"{MEDIA}{name}"):
                    raise BackupError(
                        f"{file} is there already, and differs from the backup's. Set MEDIA_ROOT to"
                        " an empty folder."
                    )


def _write_files(archive: Archive) -> None:
    """Write the uploaded files, each whole or not at all."""
    for name in archive.media:
        file = Path(settings.MEDIA_ROOT) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.part")
        with archive.open(f"{MEDIA}{name}") as source, part.open("wb") as target:
            for chunk in iter(lambda source=source: source.read(CHUNK), b""):
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
        part.replace(file)
