"""Files of reports: written once per revision of the record, and served until it changes.

The directory holds public reports alone, each in a folder whose name is the SHA-256 of everything
that decides its bytes, with a sidecar beside it that says what the file is. So a web server may
serve the directory as it is, and nobody can guess at anything that isn't public anyway.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from casefile.reports import Report, write_csv
from casefile.revision import current_revision

SIDECAR = "about.json"


@dataclass(frozen=True)
class Question:
    """What someone asks of a report: as of which day, with which filters, in which flavour.

    ``filters`` are (name, value) pairs of the report's own filter set, sorted. ``known_on`` is the
    moment (ISO 8601) as of which the record is rebuilt from its history, empty for now.
    """

    report: Report
    as_of: str
    filters: tuple[tuple[str, str], ...] = ()
    known_on: str = ""
    excel: bool = False
    raw: bool = False
    drafts: bool = False

    @property
    def file_name(self):
        return f"{self.report.name}.csv"

    def description(self):
        """Return the question as the sidecar tells it."""
        return {
            "report": self.report.name,
            "as_of": self.as_of,
            "filters": dict(self.filters),
            "known_on": self.known_on,
            "excel": self.excel,
            "raw": self.raw,
            "drafts": self.drafts,
        }

    def key(self, revision):
        """Return the name of the answer's file: the hash of all that decides its bytes."""
        # A record rebuilt from its history doesn't change when the record of today does.
        decides = [self.description(), self.report.header(), "" if self.known_on else revision]
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class ReportFile:
    """A finished report on disk, and what its sidecar says of it."""

    path: Path
    sidecar: dict


@contextmanager
def snapshot():
    """Open one read-only snapshot, so that the revision and the rows are of the same moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        # In a transaction that is open already (a test's), the isolation can't be set any more.
        if len(connection.atomic_blocks) == 1:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(
            "SELECT set_config('statement_timeout', %s, true)", [settings.REPORT_TIMEOUT]
        )
        yield


def report_file(question: Question, rows, total, record=snapshot):
    """Return the ReportFile that answers a question, written now unless it is there already.

    ``rows`` returns the filtered queryset, ``total`` the number of rows without filters; both are
    called within the context manager ``record()``. Many who ask at once wait for one writer, none
    of them in a transaction.
    """
    directory = Path(settings.REPORT_ROOT)
    directory.mkdir(parents=True, exist_ok=True)
    found = _find(directory, question, current_revision().number)
    if found is None:
        with _one_writer(directory, question):
            found = _find(directory, question, current_revision().number)
            if found is None:
                found = _write(directory, question, rows, total, record)
                _evict(directory, keep=found.path.parent)
    return found


def write_report(question: Question, rows, total, out, record=snapshot) -> dict:
    """Write a report to a binary file and return its sidecar: all from one snapshot."""
    with record():
        revision = current_revision()
        written = write_csv(question.report, rows(), out, raw=question.raw, excel=question.excel)
        return {
            **question.description(),
            "title": question.report.title,
            "revision": revision.number,
            "written_at": timezone.now().isoformat(timespec="seconds"),
            "inclusion": _inclusion(question, written.rows, total()),
            **asdict(written),
            "columns": [
                {
                    "name": column.name,
                    "type": column.type,
                    "unit": column.unit,
                    "description": column.description,
                }
                for column in question.report.columns
            ],
        }


def _inclusion(question, rows, total):
    """Return the sentence that says which rows are in a report, and which are not."""
    entries = "Published entries and drafts" if question.drafts else "Published entries"
    if not question.filters:
        return f"{entries}; all {rows} rows."
    filters = ", ".join(f"{name}={value}" for name, value in question.filters)
    return f"{entries}; filtered: {filters}; {rows} of {total} rows."


def _find(directory, question, revision):
    folder = directory / question.key(revision)
    try:
        sidecar = json.loads((folder / SIDECAR).read_bytes())
        os.utime(folder)  # the least recently asked for is evicted first
    except FileNotFoundError:
        return None
    return ReportFile(folder / question.file_name, sidecar)


def _write(directory, question, rows, total, record):
    part = Path(tempfile.mkdtemp(prefix="part-", dir=directory))
    try:
        with (part / question.file_name).open("wb") as out:
            sidecar = write_report(question, rows, total, out, record)
        (part / SIDECAR).write_text(json.dumps(sidecar, indent=1))
        part.chmod(0o755)
        folder = directory / question.key(sidecar["revision"])
        # One rename: the report and its sidecar are there whole, or not at all.
        part.rename(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return ReportFile(folder / question.file_name, sidecar)


@contextmanager
def _one_writer(directory, question):
    """Wait until nobody else, in any process, writes the answer to the same question.

    Questions share 256 locks, so that the directory can't fill with them.
    """
    with (directory / f"{question.key('any')[:2]}.lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _evict(directory, keep):
    """Delete the folders asked for longest ago, until the directory is within its bound."""
    folders = [path for path in directory.iterdir() if (path / SIDECAR).exists()]
    folders.sort(key=lambda path: path.stat().st_mtime)
    sizes = {path: sum(file.stat().st_size for file in path.iterdir()) for path in folders}
    excess = sum(sizes.values()) - settings.REPORT_ROOT_BYTES
    for path in folders:
        if excess <= 0:
            return
        if path != keep:
            excess -= sizes[path]
            shutil.rmtree(path, ignore_errors=True)
