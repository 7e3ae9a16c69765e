"""What someone asks of a report, understood in one place: for pages, downloads and the command."""

import difflib
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from casefile import report_files
from casefile.known_on import record_as_known_on
from casefile.report_files import Question
from casefile.reports import Report
from letters.models import StateInterval

FLAGS = ("excel", "raw", "drafts")
# A list page's address also holds these; its report takes them or passes over them.
BESIDE_FILTERS = {"as_of", "known_on", "page", "sort", *FLAGS}
REBUILT_FROM_HISTORY = ("letters", "deadlines", "jurisdictions", "grants")
KEEP_STATES = "SELECT letters_keep_states(array_agg(id)) FROM letters_letter"


@dataclass(frozen=True)
class Asked:
    """A question that was understood, and how to answer it."""

    question: Question
    day: date
    data: QueryDict
    known_on: datetime | None

    @property
    def filters(self):
        """Return the bound filter set, None if the report has none."""
        filterset = self.question.report.filterset
        published = not self.question.drafts
        return filterset and filterset(self.data, self.all_rows(), self.day, published)

    def all_rows(self):
        return self.question.report.rows(self.day, published=not self.question.drafts)

    def rows(self):
        """Return the filtered queryset, or the several whose rows together answer."""
        filters = self.filters
        return filters.qs if filters else self.all_rows()

    def total(self):
        """Return how many rows there are without filters."""
        rows = self.all_rows()
        return sum(part.order_by().count() for part in (rows if isinstance(rows, list) else [rows]))

    def record(self):
        """Return the context in which rows are read: today's record, or a past one."""
        if self.known_on is None:
            return report_files.snapshot()
        return record_as_known_on(self.known_on, [(StateInterval, KEEP_STATES)])

    def file(self):
        """Return the ReportFile of the answer."""
        return report_files.report_file(self.question, self.rows, self.total, self.record)

    def write(self, out):
        """Write the answer to a binary file and return its sidecar."""
        return report_files.write_report(self.question, self.rows, self.total, out, self.record)


def ask(report: Report, data: QueryDict, day: date) -> Asked:
    """Return what was asked of a report as of a day.

    Raises:
        ValueError: one sentence for each thing that makes no sense, and what would be right.
    """
    filters = report.filterset and report.filterset(data, report.rows(day, published=True), day)
    known = set(filters.filters if filters else ()) | BESIDE_FILTERS
    problems = [_unknown(name, known) for name in data if name not in known]
    flags = {}
    for flag in FLAGS:
        value = data.get(flag, "")
        if value not in ("", "0", "1"):
            problems.append(f"{flag} must be 1 or 0.")
        flags[flag] = value == "1"
    flags["drafts"] |= report.staff_only
    known_on = None
    try:
        known_on = _moment(report, data.get("known_on", ""))
    except ValueError as error:
        problems.append(str(error))
    if filters and not filters.is_valid():
        problems += [
            f"{name}: {' '.join(map(str, errors))}" for name, errors in filters.errors.items()
        ]
    if problems:
        raise ValueError(" ".join(problems))
    question = Question(
        report,
        as_of=str(day),
        filters=tuple(
            sorted(
                (name, value)
                for name in known - BESIDE_FILTERS
                for value in data.getlist(name)
                if value
            )
        ),
        known_on=known_on.isoformat() if known_on else "",
        **flags,
    )
    return Asked(question, day, data, known_on)


def _unknown(name, known):
    nearest = difflib.get_close_matches(name, known, 1)
    advice = f"Did you mean {nearest[0]}?" if nearest else f"Known: {', '.join(sorted(known))}."
    return f"This report has no filter named {name[:40]}. {advice}"


def _moment(report, text):
    """Return the moment that known_on names, None if it is empty."""
    if not text:
        return None
    if report.name not in REBUILT_FROM_HISTORY:
        raise ValueError(f"known_on works for {', '.join(REBUILT_FROM_HISTORY)}.")
    advice = "Type a past moment with its zone, such as 2026-11-24T15:00:00Z."
    try:
        # A + in an address arrives as a blank.
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(f"known_on is not a moment. {advice}")
    if moment > timezone.now():
        raise ValueError(f"known_on lies in the future. {advice}")
    return moment
