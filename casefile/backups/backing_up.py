"""Making a backup: of one moment, and kept only once it has been restored and found equal."""

import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.db.models import FileField
from django.utils import timezone
from psycopg import sql
from tqdm import tqdm

from casefile.backups import BackupError
from casefile.backups.archive import DUMP, MEDIA, Writer, opened
from casefile.backups.contents import compare, figures_of
from casefile.backups.database import Database, program
from casefile.backups.restoring import fill
from casefile.release import release

# One backup of a database at a time: they would share the scratch database.
LOCK = 7_315_082_031_124


def back_up(path: Path, say: Callable[[str], None]) -> list[str]:
    """Write an archive of the site's database and uploaded files to a new file.

    Until it has been restored into a scratch database and compared it has another name, that ends
    in ``.part``. ``say`` is told of each step. Return the names of files that the record names and
    the disk doesn't have.

    Raises:
        BackupError: no archive was kept.
    """
    if path.exists():
        raise BackupError(f"{path} is there already. Name a new file.")
    if not path.parent.is_dir():
        raise BackupError(f"There is no folder {path.parent}.")
    database, part = Database.of_site(), path.with_name(f"{path.name}.part")
    try:
        with _alone(database) as connection:
            missing = _write(part, database, connection, say)
            _check(part, database, connection, say)
        os.link(part, path)  # never over a file that came meanwhile
        _sync(path.parent)
    except FileExistsError as error:
        raise BackupError(f"{path} is there already. Name a new file.") from error
    except (OSError, psycopg.Error) as error:
        raise BackupError(f"No backup was made: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return missing


def scratch_name(name: str) -> str:
    """Return the name of the scratch database for a database, which a killed backup leaves."""
    return f"casefile_backup_check_{hashlib.sha256(name.encode()).hexdigest()[:12]}"


@contextmanager
def _alone(database: Database) -> Iterator[psycopg.Connection]:
    """Give a connection that makes the only backup of a database at this time."""
    with database.connect() as connection:
        if not connection.execute("SELECT pg_try_advisory_lock(%s)", [LOCK]).fetchone()[0]:
            raise BackupError("Another backup of this database is being made.")
        may_check = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        if not connection.execute(may_check).fetchone()[0]:
            raise BackupError(
                f"A backup is checked in a database of its own, which {database.user} may not make."
                f" Allow it: ALTER ROLE {database.user} CREATEDB;"
            )
        yield connection


def _write(part, database, connection, say) -> list[str]:
    """Write the archive, database and figures of one snapshot; return the files that are gone."""
    major = connection.info.server_version // 10_000
    pg_dump = program("pg_dump", major)
    named = _named_files()
    writer = Writer(part)
    try:
        with connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
            arguments = ["--format=custom", f"--snapshot={snapshot}", "--lock-wait-timeout=60s"]
            with (
                _bar("Database", unit="B", unit_scale=True) as bar,
                database.running(pg_dump, *arguments, stdout=subprocess.PIPE) as process,
            ):
                writer.add(DUMP, process.stdout, bar)
            with _bar("Rows", unit=" tables") as bar:
                figures = figures_of(connection, bar.update)
            migrations = connection.execute(
                "SELECT app || '.' || name FROM public.django_migrations ORDER BY id"
            ).fetchall()
        rows = sum(table["rows"] for table in figures["tables"].values())
        say(f"Wrote the database: {len(figures['tables'])} tables, {rows:,} rows.")
        # After the database, so that every file it names has been there.
        root = Path(settings.MEDIA_ROOT)
        files = sorted(file for file in root.rglob("*") if file.is_file())
        with _bar("Files", unit="B", unit_scale=True) as bar:
            for file in files:
                with file.open("rb") as stream:
                    writer.add(f"{MEDIA}{file.relative_to(root).as_posix()}", stream, bar)
        say(f"Wrote the uploaded files: {len(files):,}.")
        writer.seal(
            {
                "made_at": timezone.now().isoformat(timespec="seconds"),
                "release": release(),
                "postgresql": major,
                "migrations": [name for (name,) in migrations],
                **figures,
            }
        )
        return sorted(name for name in named if f"{MEDIA}{name}" not in writer.files)
    finally:
        writer.close()


def _check(part, database, connection, say) -> None:
    """Restore the archive into a scratch database and compare; raise BackupError if it differs."""
    scratch = database.named(scratch_name(database.name))
    name = sql.Identifier(scratch.name)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name)
    connection.execute(drop)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
    try:
        with opened(part) as archive, scratch.connect() as other:
            fill(scratch, other, archive)
            with _bar("Comparing", unit=" tables") as bar:
                compare(archive.manifest, figures_of(other, bar.update))
    finally:
        connection.execute(drop)
    say("Restored it into a scratch database: all rows and triggers are equal.")


def _named_files() -> set[str]:
    """Return the names of uploaded files that the record names now."""
    return {
        name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
        for name in model._base_manager.exclude(**{field.name: ""}).values_list(
            field.name, flat=True
        )
        if name
    }


def _bar(what: str, **options) -> tqdm:
    """Return a bar of progress, which shows on a terminal alone."""
    return tqdm(desc=what, disable=None, **options)


def _sync(folder: Path) -> None:
    """Have a folder's new names on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
