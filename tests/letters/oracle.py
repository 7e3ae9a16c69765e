"""The state table in plain Python, one letter and one day at a time: slow, and easy to check.

Written from the table of the design alone. It shares nothing with the rule in the database, so
that a mistake in one of them shows as a difference.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

SUBSTANTIVE = ["unassessed", "partial", "complete", "refusal"]
# Of two responses on one day, the later in this list is the latest.
SAME_DAY = ["unassessed", "partial", "refusal"]
STEPS = ["subpoena_threatened", "subpoena_issued", "petition_filed", "funds_action", "closed"]


@dataclass
class PlainChild:
    """An extension (``until`` is the new deadline), hold, response or enforcement step."""

    table: str
    date: dt.date
    precision: str = "day"
    status: str = "published"
    kind: str = ""
    until: dt.date | None = None


@dataclass
class PlainLetter:
    date: dt.date
    precision: str = "day"
    status: str = "published"
    deadline: dt.date | None = None
    withdrawn_on: dt.date | None = None
    cleared_on: dt.date | None = None
    children: list[PlainChild] = field(default_factory=list)


class Answer(NamedTuple):
    state: str
    effective_deadline: dt.date | None
    days_late: int | None
    exposure: str
    due_soon: bool
    first_complete_response: dt.date | None
    extension_count: int
    enforcement: str


def standing(letter, day, published):
    """Return where a letter stands on a day, or None if it isn't on the record."""
    if letter.status == "retracted" or (published and letter.status != "published"):
        return None
    if letter.date > day:
        return None

    def on_record(table):
        """Return pairs of the day from which a child counts, and the child."""
        rows = []
        for child in letter.children:
            if child.table != table or child.status == "retracted":
                continue
            if published and child.status != "published":
                continue
            counts_from = child.date
            if child.precision in ("month", "year") and letter.date > child.date:
                counts_from = letter.date
            if counts_from <= day:
                rows.append((counts_from, child))
        return rows

    extensions = on_record("extension")
    deadline = letter.deadline
    if extensions:
        _, newest = sorted(extensions, key=lambda row: (row[0], row[1].until))[-1]
        deadline = newest.until

    responses = [row for row in on_record("response") if row[1].kind in SUBSTANTIVE]
    complete = sorted(date for date, child in responses if child.kind == "complete")
    answers = sorted(date for date, child in responses)
    latest = None
    if responses and not complete:
        newest = max(date for date, child in responses)
        kinds = [child.kind for date, child in responses if date == newest]
        latest = max(kinds, key=SAME_DAY.index)

    steps = on_record("enforcement")
    enforcement = ""
    if steps:
        newest = max(date for date, child in steps)
        kinds = [child.kind for date, child in steps if date == newest]
        enforcement = max(kinds, key=STEPS.index)

    held = any(child.until is None or child.until > day for counts_from, child in on_record("hold"))
    cleared = letter.cleared_on is not None and letter.cleared_on <= day
    closed = any(child.kind == "closed" for _, child in steps)
    passed = deadline is not None and day > deadline

    if letter.withdrawn_on is not None and letter.withdrawn_on <= day:
        state = "withdrawn"
    elif cleared or closed:
        state = "cleared"
    elif complete and (deadline is None or complete[0] <= deadline):
        state = "answered"
    elif complete:
        state = "answered_late"
    elif held:
        state = "on_hold"
    elif latest == "refusal":
        state = "refused"
    elif latest == "unassessed":
        state = "responded"
    elif latest == "partial":
        state = "incomplete" if passed else "partly_answered"
    elif deadline is None:
        state = "open"
    else:
        state = "overdue" if passed else "awaiting"

    days_late = None
    if state == "answered_late":
        days_late = (complete[0] - deadline).days
    elif state == "responded" and deadline is not None and answers[0] > deadline:
        days_late = (answers[0] - deadline).days
    elif state in ("overdue", "incomplete", "refused") and passed:
        days_late = (day - deadline).days

    exposure = []
    if state == "overdue":
        exposure.append("no response")
    if state in ("incomplete", "refused"):
        exposure.append("incomplete")
    late = bool(answers) and deadline is not None and answers[0] > deadline
    if state == "answered_late" or (state in ("responded", "incomplete", "refused") and late):
        exposure.append("untimely")

    return Answer(
        state=state,
        effective_deadline=deadline,
        days_late=days_late,
        exposure="; ".join(exposure),
        due_soon=state in ("awaiting", "partly_answered")
        and deadline is not None
        and deadline <= day + dt.timedelta(days=7),
        first_complete_response=complete[0] if complete else None,
        extension_count=len(extensions),
        enforcement=enforcement,
    )


def boundaries(letter):
    """Return every day on which something about the letter may change."""
    days = {letter.date, letter.deadline, letter.withdrawn_on, letter.cleared_on}
    for child in letter.children:
        days |= {child.date, child.until}
    return {day for day in days if day}
