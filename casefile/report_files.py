"""Kept files: written once per revision of the record, and served until it changes.

The directory holds public files alone, each in a folder whose name is the SHA-256 of everything
that decides its bytes, with a sidecar beside it that says what the file is. So a web server may
serve the directory as it is, and nobody can guess at anything that isn't public anyway.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings

from casefile.release import release
from casefile.revision import Revision
from casefile.slots import slot

SIDECAR = "about.json"
# A folder counts as at least so much, so that small files can't become too many to look through.
LEAST_BYTES = 1024**2
ABANDONED = 3600  # seconds after which an unfinished folder is nobody's any more


@dataclass(frozen=True)
class KeptFile:
    """A finished file on disk, and what its sidecar says of it."""

    path: Path
    sidecar: dict


def kept_file(
    name: str,
    question: dict,
    revision: Revision,
    write: Callable[[IO[bytes]], tuple[dict, Revision]],
) -> KeptFile:
    """Return the file that answers a question at a revision, written now unless it is there.

    ``write(file)`` writes it and returns its sidecar, with its number of ``bytes``, and the
    revision that it shows, which may be newer. Many who ask at once wait for one writer, none of
    them in a transaction.

    Raises:
        BusyError: so much else is written that this must wait.
    """
    directory = Path(settings.REPORT_ROOT)
    directory.mkdir(parents=True, exist_ok=True)
    found = _find(directory, name, _key(question, revision))
    if found is None:
        with slot(), _one_writer(directory, question):
            found = _find(directory, name, _key(question, revision))
            if found is None:
                found = _write(directory, name, question, write)
                _evict(directory, keep=found.path.parent)
    return found


def _key(question, revision):
    """Return the name of a file's folder: the hash of all that decides its bytes."""
    return _hash([question, str(revision.token), release()])


def _hash(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _find(directory, name, key):
    folder = directory / key
    try:
        sidecar = json.loads((folder / SIDECAR).read_bytes())
        # After a loss of power a file may be shorter than it was.
        if (folder / name).stat().st_size != sidecar["bytes"]:
            shutil.rmtree(folder, ignore_errors=True)
            return None
        os.utime(folder)  # the least recently asked for is evicted first
    except FileNotFoundError:
        return None
    return KeptFile(folder / name, sidecar)


def _write(directory, name, question, write):
    part = Path(tempfile.mkdtemp(prefix="part-", dir=directory))
    try:
        with (part / name).open("wb") as out:
            sidecar, revision = write(out)
        (part / SIDECAR).write_text(json.dumps(sidecar, indent=1))
        part.chmod(0o755)
        folder = directory / _key(question, revision)
        # One rename: the file and its sidecar are there whole, or not at all.
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return KeptFile(folder / name, sidecar)


@contextmanager
def _one_writer(directory, question):
    """Wait until nobody else, in any process, writes the answer to the same question.

    Questions share 256 locks, so that the directory can't fill with them.
    """
    with (directory / f"{_hash(question)[:2]}.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _evict(directory, keep):
    """Delete the folders asked for longest ago, until the directory is within its bound."""
    found, total = [], 0
    for folder in directory.iterdir():
        try:
            asked_at = folder.stat().st_mtime
            if folder.name.startswith("part-"):
                if asked_at < time.time() - ABANDONED:
                    shutil.rmtree(folder, ignore_errors=True)
                continue
            size = max(sum(file.stat().st_size for file in folder.iterdir()), LEAST_BYTES)
        except (FileNotFoundError, NotADirectoryError):
            continue  # another process evicted it, or it is a lock
        found.append((asked_at, folder, size))
        total += size
    for _, folder, size in sorted(found):
        if total <= settings.REPORT_ROOT_BYTES:
            return
        if folder != keep:
            total -= size
            shutil.rmtree(folder, ignore_errors=True)
