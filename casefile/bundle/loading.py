"""Loading: a bundle goes into the database in one transaction, all or nothing."""

from dataclasses import dataclass
from functools import partial

from django.db import DatabaseError, OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, LockNotAvailable

from casefile.bundle import checks, review, stale
from casefile.bundle.differences import differences
from casefile.bundle.files import MEMORANDA, TEXTS, open_bundle
from casefile.bundle.problems import BundleError, Problems
from casefile.bundle.resolving import resolve
from casefile.bundle.staging import nearest, stage
from casefile.bundle.texts import Texts
from casefile.bundle.touched import batches, touched_citations
from casefile.bundle.writing import write
from casefile.models import Citation
from casefile.rechecking import recheck

LOCK_TIMEOUT = "10s"
LOCKED = (DeadlockDetected, LockNotAvailable)
MANY = 1000  # rows

# The classes of errors that constraints, types and triggers raise.
REFUSALS = {"22", "23", "P0"}


class RolledBack(Exception):
    """Ends a transaction that must leave no trace."""


@dataclass
class Outcome:
    """What a load did, or would do. ``counts`` is {file: (added, changed, left)} of rows.

    With any problem nothing was written. ``problems`` has a line each, up to a bound per file.
    ``versions`` say how the record stood before: see `casefile.bundle.stale`.
    """

    counts: dict
    problems: list
    problem_count: int
    versions: dict


def load(
    tables,
    path,
    *,
    start,
    advance,
    publisher=None,
    submitter=None,
    corrector=None,
    seen=None,
    dry_run=False,
    tell=None,
):
    """Load the bundle at a path into the database. Return the `Outcome`.

    ``tables`` stand in the order in which they refer to one another. ``publisher`` is the user
    who publishes what the bundle gives as published, ``submitter`` the one who submits what comes
    into review, ``corrector`` the one who changes and retracts what is published already: by
    default the publisher. ``start(total)`` and ``advance(file, bytes)`` are told of progress: a
    file's size once when read, once when written. ``tell(line)`` is given each difference, a line
    of text, before it is written; with ``dry_run`` nothing is.

    ``seen`` are the ``versions`` of a dry run that somebody agreed to: a row that was written
    since, and that the load would change, is a problem.

    While it runs, readers read on and other writers wait.

    Raises:
        BundleError: the path holds nothing that can be read as a bundle.
    """
    problems = Problems()
    with open_bundle(path, problems) as files:
        people = People(publisher, submitter, corrector or publisher)
        loading = Loading(tables, files, people, problems, advance, tell, seen)
        start(2 * sum(files.sizes.get(table.file, 0) for table in tables))
        try:
            with transaction.atomic():
                counts = loading.run()
                if dry_run or problems:
                    raise RolledBack
        except RolledBack:
            pass
    lines = list(problems.lines([table.file for table in tables]))
    return Outcome(counts, lines, len(problems), loading.versions)


@dataclass(frozen=True)
class People:
    """The users in whose names a load takes steps of review, each None where nobody's."""

    publisher: object
    submitter: object
    corrector: object


class Loading:
    """One run: its files, its staged tables and its problems."""

    def __init__(self, tables, files, people, problems, advance, tell, seen):
        self.tables, self.files, self.people = tables, files, people
        self.problems, self.advance, self.tell = problems, advance, tell
        self.seen, self.versions = seen, {}
        self.texts = Texts(files)
        self.staged = {}

    def run(self):
        """Load every file. Return {file: (added, changed, left)}."""
        self._report_unknown_files()
        self._keep_others_from_writing()
        self.versions = {table.file: stale.version_of(table) for table in self.tables}
        counts = {}
        for table in self.tables:
            if table.file in self.files.sizes:
                counts[table.file] = self._load(table)
        self._check_citations()
        self._report_unnamed_texts()
        if not self.problems:
            self._run_deferred_triggers()
        if not self.problems:
            self._check_quotations()
        for staged in self.staged.values():
            staged.drop()
        return counts

    def has_row(self, table, key, column=None):
        """Return SQL: whether the bundle has a faulty row with a key, given as SQL.

        ``column`` is the column to look in, by default the table's key.
        """
        staged = self.staged.get(table)
        if staged is None:
            return "false"
        if not staged.is_whole:
            return "true"
        faulty = staged.faulty((column or table.key).name)
        return f"EXISTS (SELECT FROM {faulty} x WHERE x.value = {key})" if faulty else "false"

    def _report_unknown_files(self):
        known = [*(table.file for table in self.tables), *MEMORANDA]
        for path in self.files.sizes:
            if path not in known and not path.startswith(TEXTS):
                advice = f"There is no such file in a record bundle. {nearest(path, known)}"
                self.problems.add(path, advice)

    def _keep_others_from_writing(self):
        """Let others read but not write, so that what is compared is what is replaced."""
        relations = ", ".join(table.relation for table in self.tables)
        with connection.cursor() as cursor:
            # Unset, this costs each row's triggers an exception, and that the more the more rows
            # wait for deferred triggers: see _pgtrigger_should_ignore.
            cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            # A statement takes in a whole file, from the desk as well.
            cursor.execute("SET LOCAL statement_timeout = 0")
            try:
                cursor.execute(f"LOCK TABLE {relations} IN SHARE ROW EXCLUSIVE MODE")
            except OperationalError as error:
                if not isinstance(error.__cause__, LOCKED):
                    raise
                raise BundleError(
                    "Somebody is writing to the record right now. Try again in a minute."
                ) from error

    def _load(self, table):
        """Load one file. Return how many of its rows are (added, changed, left)."""
        file = table.file
        staged = self.staged[table] = stage(
            table, self.files, self.texts.read, self.problems, partial(self.advance, file)
        )
        if not staged.columns:
            return 0, 0, 0
        checks.check_identity(staged, self.problems)
        resolve(staged, self.people.publisher, self.people.submitter)
        checks.check_references(staged, self.problems, self.has_row)
        if table.is_entry:
            review.check_moves(staged, self.people, self.problems)
        checks.check_constraints(staged, self.problems)
        checks.check_uniqueness(staged, self.problems)
        checks.check_own_rules(staged, self.problems)
        if self.seen is not None:
            stale.check_unchanged(staged, self.seen.get(file), self.problems)
        if self.tell:
            for line in differences(staged):
                self.tell(line)
        added, changed, left = staged.counts()
        if added or changed:
            try:
                with transaction.atomic():
                    write(staged, self.people.publisher, many=added + changed >= MANY)
            except DatabaseError as error:
                self.problems.add(file, refusal(error))
                staged.reject_all()
        self.advance(file, self.files.sizes[file])
        return added, changed, left

    def _check_citations(self):
        """Check what is published once its citations are loaded, too."""
        citations = next(
            (staged for table, staged in self.staged.items() if table.model is Citation), None
        )
        if citations and not citations.is_whole:
            return
        for table, staged in self.staged.items():
            if table.is_entry and staged.is_resolved:
                checks.check_citations(staged, citations, self.problems)

    def _report_unnamed_texts(self):
        if all(staged.is_whole for staged in self.staged.values()):
            for path in self.files.sizes:
                if path.startswith(TEXTS) and path not in self.texts.named:
                    advice = (
                        "No source names this text: name it in a text_file cell of sources.csv."
                    )
                    self.problems.add(path, advice)

    def _run_deferred_triggers(self):
        """Let rules that wait for the end of the transaction speak now, while they can be told."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except DatabaseError as error:
            self.problems.add("bundle", refusal(error))

    def _check_quotations(self):
        """Check anew the words of citations that are new or changed, or whose ends are."""
        for citations in batches(touched_citations(self.staged.values())):
            recheck(citations)


def reason_of(name):
    """Return the reason of the changes that a bundle makes, where nobody gave another."""
    return f"Loaded from {name}"


def refusal(error):
    """Return what a constraint or trigger says, and raise any other error."""
    diagnosis = error.__cause__.diag
    # A server that died gave no state.
    if (diagnosis.sqlstate or "")[:2] not in REFUSALS:
        raise error
    parts = [diagnosis.message_primary, diagnosis.message_detail]
    return f"The database refused: {' '.join(filter(None, parts))}"
