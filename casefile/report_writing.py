"""Writing a report as asked, with the sidecar that says what the file is."""

from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from casefile.reports import Report, write_csv
from casefile.revision import current_revision
from casefile.seals import Seal

REPORT_WORKERS = 2  # PostgreSQL's own default


@dataclass(frozen=True)
class Question:
    """What someone asks of a report: as of which day, with which filters, in which flavour.

    ``filters`` are (name, value) pairs of the report's own filter set, sorted.
    """

    report: Report
    as_of: str
    filters: tuple[tuple[str, str], ...] = ()
    excel: bool = False
    raw: bool = False
    drafts: bool = False

    @property
    def file_name(self):
        with_drafts = "-with-drafts" if self.drafts else ""
        return f"casefile-{self.report.name}-{self.as_of}{with_drafts}.csv"

    def description(self):
        """Return the question as the sidecar tells it."""
        return {
            "report": self.report.name,
            "as_of": self.as_of,
            "filters": dict(self.filters),
            "excel": self.excel,
            "raw": self.raw,
            "drafts": self.drafts,
        }


@contextmanager
def snapshot(timeout=None):
    """Open one read-only snapshot; yield the revision that it shows.

    ``timeout`` bounds each query, as PostgreSQL writes a duration: REPORT_TIMEOUT unless given.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # In a transaction that is open already (a test's), the isolation can't be set any more.
        if len(connection.atomic_blocks) == 1:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        settle(cursor, timeout)
        yield current_revision()


def settle(cursor, timeout=None):
    """Let dates come as ISO 8601 in this transaction, and end a query that takes too long.

    Without a ``timeout`` it is a report's, which takes seconds: processes may help it, as they may
    not with a page (see `casefile.timeouts`).
    """
    local = {"datestyle": "ISO", "statement_timeout": timeout or settings.REPORT_TIMEOUT}
    if timeout is None:
        local["max_parallel_workers_per_gather"] = str(REPORT_WORKERS)
    calls = ", ".join(f"set_config('{name}', %s, true)" for name in local)
    cursor.execute(f"SELECT {calls}", list(local.values()))


def write_report(question: Question, rows, total, out, record=snapshot):
    """Write a report to a binary file; return its sidecar and the revision that it shows.

    ``rows`` returns the filtered queryset, ``total`` the number of rows without filters; both are
    called within the context manager ``record()``, so that all is of one snapshot.
    """
    with record() as revision:
        written = write_csv(question.report, rows(), out, raw=question.raw, excel=question.excel)
        sidecar = {
            **question.description(),
            "title": question.report.title,
            "revision": revision.number,
            "known_on": moment_of(revision),
            **_sealed(),
            "written_at": timezone.now().isoformat(),
            "inclusion": _inclusion(question, written.rows, total),
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
    return sidecar, revision


def moment_of(revision):
    """Return the moment for which ``known_on`` gives the record at a revision again."""
    return revision.raised_at.isoformat() if revision.raised_at else ""


def _sealed():
    """Return the head of the history's chain, so that whoever keeps the file keeps it too."""
    seal = Seal.objects.first()
    return {"history_sealed_through": str(seal.day), "history_head": seal.head} if seal else {}


def _inclusion(question, rows, total):
    """Return the sentence that says which rows are in a report, and which are not."""
    entries = "Published entries and drafts" if question.drafts else "Published entries"
    if not question.filters:
        return f"{entries}; all {rows} rows."
    filters = ", ".join(f"{name}={value}" for name, value in question.filters)
    return f"{entries}; filtered: {filters}; {rows} of {total()} rows."
