"""What someone asks of a report, understood in one place: for pages, downloads and the command."""

import difflib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from casefile.known_on import record_as_known_on
from casefile.report_files import kept_file
from casefile.report_writing import Question, snapshot, write_report
from casefile.reports import SEPARATOR, Report
from casefile.revision import current_revision, revision_known_on
from jurisdictions.models import AwardChange, AwardInterval, AwardTally
from letters.filters import SeveralChoicesFilter
from letters.models import JurisdictionInterval, StateChange, StateInterval, StateTally
from letters.state_tallies import NOTE_ROUNDS

FLAGS = ("excel", "raw", "drafts")
# A list page's address also holds these; its report takes them or passes over them.
BESIDE_FILTERS = {"as_of", "known_on", "page", "sort", *FLAGS}
KEEP_STATES = """
    SELECT letters_keep_states(array_agg(id)) FROM letters_letter;
    CREATE INDEX ON letters_stateinterval (jurisdiction_id);
"""
# They are kept together with the states of letters.
KEEP_JURISDICTIONS = "CREATE INDEX ON letters_jurisdictioninterval USING gist (during)"
KEEP_AWARDS = """
    SELECT jurisdictions_keep_awards(array_agg(id)) FROM jurisdictions_award;
    CREATE INDEX ON jurisdictions_awardinterval (award_id);
"""
NOTHING = "SELECT"  # what is noted stands there until it is added to the sums
KEEP_AWARD_SUMS = """
    CREATE UNIQUE INDEX ON jurisdictions_awardtally (subject, value, basis, period, begins);
    SELECT jurisdictions_keep_award_sums();
"""


class NotUnderstoodError(ValueError):
    """What was asked makes no sense: the message says what, and what would be right."""


@dataclass(frozen=True)
class Asked:
    """A question that was understood, and how to answer it."""

    question: Question
    day: date
    data: QueryDict
    known_on: datetime | None

    def filters(self):
        """Return the bound filter set, None if the report has none."""
        filterset = self.question.report.filterset
        return filterset and filterset(self.data, self.all_rows(), self.day, self.published)

    def all_rows(self):
        return self.question.report.rows(self.day, published=self.published)

    @property
    def published(self):
        """Return whether the answer holds published entries only."""
        return not self.question.drafts

    def rows(self):
        """Return the filtered queryset, or the several whose rows together answer.

        Raises:
            NotUnderstoodError: a filter has a value that isn't on the record as of the day.
        """
        filters = self._understood()
        return filters.qs if filters else self.all_rows()

    def rows_and_length(self):
        """Return the same, and how many they are if kept sums tell it, else None."""
        filters = self._understood()
        return (filters.qs, filters.known_length()) if filters else (self.all_rows(), None)

    def _understood(self):
        """Return the filters, which are valid."""
        filters = self.filters()
        if filters and not filters.is_valid():
            raise NotUnderstoodError(
                " ".join(
                    f"{name}: {' '.join(map(str, errors))}"
                    for name, errors in filters.errors.items()
                )
            )
        return filters

    def total(self):
        """Return how many rows there are without filters."""
        rows = self.all_rows()
        return sum(part.order_by().count() for part in (rows if isinstance(rows, list) else [rows]))

    def record(self):
        """Return the context in which rows are read: today's record, or a past one."""
        return snapshot() if self.known_on is None else record_as_known(self.known_on)

    def file(self):
        """Return the kept file of the answer. Drafts are never kept: write them."""
        question = self.question.description() | {"columns": self.question.report.header()}
        revision = current_revision()
        if self.known_on is not None:
            # What was known then is what the record was at a revision: one file for both.
            revision = revision_known_on(self.known_on)
        return kept_file(self.question.file_name, question, revision, self.write)

    def write(self, out):
        """Write the answer to a binary file; return its sidecar and the revision it shows."""
        return write_report(self.question, self.rows, self.total, out, self.record)


@contextmanager
def record_as_known(moment):
    """Run a block that finds the record, states and all, as known at a moment."""
    derived = [
        (StateInterval, KEEP_STATES),
        (JurisdictionInterval, KEEP_JURISDICTIONS),
        (StateTally, NOTHING),
        (StateChange, NOTE_ROUNDS),
        (AwardInterval, KEEP_AWARDS),
        (AwardChange, NOTHING),
        (AwardTally, KEEP_AWARD_SUMS),
    ]
    with record_as_known_on(moment, derived) as revision:
        yield revision


def ask(report: Report, data: QueryDict, day: date, beside=BESIDE_FILTERS) -> Asked:
    """Return what was asked of a report as of a day. Filters are looked at when rows are read.

    ``beside`` names what may be asked beside the report's own filters.

    Raises:
        NotUnderstoodError: a sentence for each thing that makes no sense.
    """
    offered = filters_of(report)
    names = offered.keys()
    problems = []
    for name in data:
        if name not in names | beside:
            problems.append(_unknown(name, names | beside))
        elif len(data.getlist(name)) > 1 and not isinstance(
            offered.get(name), SeveralChoicesFilter
        ):
            problems.append(_("%(name)s is given more than once.") % {"name": name})
    for flag in FLAGS:
        if data.get(flag, "") not in ("", "0", "1"):
            problems.append(_("%(name)s must be 1 or 0.") % {"name": flag})
    known_on = None
    try:
        known_on = _moment(data.get("known_on", ""))
    except ValueError as error:
        problems.append(str(error))
    if problems:
        raise NotUnderstoodError(" ".join(problems))
    flags = {flag: data.get(flag) == "1" for flag in FLAGS}
    flags["drafts"] |= report.staff_only
    values = {name: sorted(filter(None, data.getlist(name))) for name in sorted(names)}
    filters = tuple((name, SEPARATOR.join(given)) for name, given in values.items() if given)
    return Asked(Question(report, str(day), filters, **flags), day, data, known_on)


def filters_of(report):
    """Return the filters of a report by name: those that decide which rows it holds."""
    filters = report.filterset.base_filters if report.filterset else {}
    return {name: one for name, one in filters.items() if name not in BESIDE_FILTERS}


def _unknown(name, known):
    nearest = difflib.get_close_matches(name, known, 1)
    if nearest:
        advice = _("Did you mean %(name)s?") % {"name": nearest[0]}
    else:
        advice = _("Known: %(names)s.") % {"names": ", ".join(sorted(known))}
    problem = _("This report has no filter named %(name)s.") % {"name": name[:40]}
    return f"{problem} {advice}"


def _moment(text):
    """Return the moment that known_on names, None if it is empty."""
    if not text:
        return None
    advice = _("Type a past moment with its zone, such as 2026-11-24T15:00:00Z.")
    try:
        # A + in an address arrives as a blank.
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ValueError(" ".join([_("known_on is not a moment."), advice]))
    if moment > timezone.now():
        raise ValueError(" ".join([_("known_on lies in the future."), advice]))
    return moment
