"""The archive: a zip whose manifest tells what is in it, and whose last 64 bytes seal all others.

database.dump    pg_dump's custom format
media/...        the uploaded files
manifest.json    release, PostgreSQL's major version, applied migrations, rows and md5 of each
                 table, size and SHA-256 of each file
(zip comment)    SHA-256 of every byte before it: the manifest and the zip's own tables too
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from tqdm import tqdm

from casefile.backups import BackupError

FORMAT = 1
DUMP = "database.dump"
MEDIA = "media/"
MANIFEST = "manifest.json"
SEAL_BYTES = 64
CHUNK = 1024**2


class Writer:
    """An archive that is being made. ``seal`` ends it."""

    def __init__(self, path: Path):
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)  # everything is in it, the hashes of passwords too
        self.file = path.open("r+b")
        self.zip = ZipFile(self.file, "w")
        self.files = {}

    def add(self, name: str, source: IO[bytes], bar: tqdm) -> None:
        """Copy a stream to its end into the archive, under a name."""
        digest, size = hashlib.sha256(), 0
        # A fixed date, as a file's own may be one that a zip can't say.
        with self.zip.open(ZipInfo(name), "w", force_zip64=True) as member:
            for chunk in iter(lambda: source.read(CHUNK), b""):
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                bar.update(len(chunk))
        self.files[name] = {"bytes": size, "sha256": digest.hexdigest()}

    def seal(self, manifest: dict) -> None:
        """Write the manifest and the seal, and have it all on the disk."""
        whole = {"format": FORMAT, **manifest, "files": self.files}
        self.zip.writestr(ZipInfo(MANIFEST), json.dumps(whole, indent=1))
        self.zip.comment = b"0" * SEAL_BYTES
        self.zip.close()
        self.file.flush()
        sum_of_all = _seal_of(self.file)
        self.file.seek(-SEAL_BYTES, os.SEEK_END)
        self.file.write(sum_of_all)
        self.file.flush()
        os.fsync(self.file.fileno())

    def close(self) -> None:
        self.file.close()


class Archive:
    """A whole archive, open for reading."""

    def __init__(self, zip_file: ZipFile, manifest: dict):
        self.zip, self.manifest = zip_file, manifest

    @property
    def media(self) -> list[str]:
        """Return the names of uploaded files, as they are below MEDIA_ROOT."""
        return [name.removeprefix(MEDIA) for name in self.manifest["files"] if name != DUMP]

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(name)

    def size(self, name: str) -> int:
        return self.manifest["files"][name]["bytes"]

    def sha256(self, name: str) -> str:
        return self.manifest["files"][name]["sha256"]


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive once it has been found whole.

    Raises:
        BackupError: there is none, or it is cut off, altered, or lacks what its manifest names.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(f"{path} can't be read: {error.strerror}.") from error
    with file:
        if _seal_of(file) != _last_bytes(file):
            raise BackupError(
                f"{path} is not whole: it was cut off or altered since it was made, or it is no"
                " backup. Nothing was restored."
            )
        try:
            with ZipFile(file) as zip_file:
                manifest = json.loads(zip_file.read(MANIFEST))
                if manifest["format"] != FORMAT:
                    raise BackupError(f"{path} is of a newer release, and this one can't read it.")
                archive = Archive(zip_file, manifest)
                _check_files(archive, path)
                yield archive
        except (BadZipFile, KeyError, TypeError, ValueError) as error:
            raise BackupError(f"{path} is no backup of this site: {error}.") from error


def sha256_of(stream: IO[bytes], bar: tqdm | None = None) -> str:
    """Return the SHA-256 of a stream to its end."""
    digest = hashlib.sha256()
    for chunk in iter(lambda: stream.read(CHUNK), b""):
        digest.update(chunk)
        if bar is not None:
            bar.update(len(chunk))
    return digest.hexdigest()


def _check_files(archive: Archive, path: Path) -> None:
    """Compare what is in the archive with what its manifest names."""
    named, found = set(archive.manifest["files"]), set(archive.zip.namelist()) - {MANIFEST}
    if named - found:
        raise BackupError(f"{path} lacks {', '.join(sorted(named - found))}.")
    if found - named or DUMP not in named:
        raise BackupError(f"{path} holds other files than its manifest names.")
    for name in sorted(named):
        parts = PurePosixPath(name).parts
        if name != DUMP and (not name.startswith(MEDIA) or ".." in parts):
            raise BackupError(f"{path} has a file outside of its folders: {name!r}.")
    total = sum(map(archive.size, named))
    with tqdm(total=total, desc="Checking", unit="B", unit_scale=True, disable=None) as bar:
        for name in sorted(named):
            with archive.open(name) as member:
                if sha256_of(member, bar) != archive.sha256(name):
                    raise BackupError(f"{path} has another {name} than its manifest names.")


def _seal_of(file: IO[bytes]) -> bytes:
    """Return the SHA-256 of all but a file's last bytes, as hexadecimal digits."""
    left = max(file.seek(0, os.SEEK_END) - SEAL_BYTES, 0)
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(min(CHUNK, left)):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest().encode()


def _last_bytes(file: IO[bytes]) -> bytes:
    file.seek(-min(SEAL_BYTES, file.seek(0, os.SEEK_END)), os.SEEK_END)
    return file.read()
