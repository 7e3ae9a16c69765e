"""Dates in a text, as exact as it gives them.

Where the text leaves the year out, the day on which it was published tells the likely one; without
that day such a date is found, but has no value.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from casefile.dates import DatePrecision
from casefile.folding import Span

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}

_MONTH = (
    rf"(?P<month>{'|'.join(map(str.title, _MONTHS))}|(?:{'|'.join(map(str.title, _SHORT))})\.?)"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# Words that make a date of a bare month or year: "may" and "march" are also verbs.
_CUE = (
    r"(?<!\w)(?:[Ii]n|[Ss]ince|[Ll]ast|[Tt]his|[Uu]ntil|[Bb]y|[Dd]uring|[Ee]arly|[Ll]ate|[Mm]id"
    r"|[Bb]efore|[Aa]fter|[Oo]f|[Ff]iscal year|FY)[\s-]"
)
# The most exact first. Each may say where the date begins, after a cue.
_PATTERNS = [
    re.compile(rf"(?<![\w-]){_YEAR}-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?![\w-])"),
    re.compile(rf"(?<![\w/])(?P<number>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01])/{_YEAR}(?![\w/])"),
    re.compile(rf"(?<!\w){_MONTH}\s+{_DAY},?\s+{_YEAR}(?!\w)"),
    re.compile(rf"(?<![\w.,]){_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}(?!\w)"),
    re.compile(rf"(?<!\w){_MONTH}\s+(?:of\s+)?{_YEAR}(?!\w)"),
    re.compile(rf"(?<!\w){_MONTH}\s+{_DAY}(?![\w:])"),
    re.compile(rf"{_CUE}(?P<at>{_MONTH})(?!\w)"),
    re.compile(rf"{_CUE}(?P<at>{_YEAR})(?![\w-])"),
    re.compile(rf"(?<!\w)(?P<weekday>{'|'.join(map(str.title, _WEEKDAYS))})(?!\w)"),
]  # fmt: skip


@dataclass(frozen=True)
class FoundDate:
    span: Span
    value: dt.date | None  # the first day of the month or year, if no day is given
    precision: DatePrecision
    assumed: bool = False  # the text leaves a part of it to the day on which it was published


def dates(text: str, published_on: dt.date | None = None) -> list[FoundDate]:
    """Return the dates of a text in order; where readings overlap, the most exact."""
    taken: list[FoundDate] = []
    covered = bytearray(len(text))
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span("at" if "at" in match.groupdict() else 0))
            if any(covered[span.start : span.end]):
                continue
            if found := _date(match.groupdict(), span, published_on):
                taken.append(found)
                covered[span.start : span.end] = b"\1" * (span.end - span.start)
    return sorted(taken, key=lambda found: found.span)


def _date(parts: dict, span: Span, published_on: dt.date | None) -> FoundDate | None:
    """Return what a match says, or None for a day that no calendar has."""
    if weekday := parts.get("weekday"):
        return FoundDate(span, _last(_WEEKDAYS[weekday.lower()], published_on), _EXACT, True)
    month = _month(parts)
    day = int(parts["day"]) if parts.get("day") else None
    precision = _EXACT if day else DatePrecision.MONTH if month else DatePrecision.YEAR
    try:
        if year := parts.get("year"):
            return FoundDate(span, dt.date(int(year), month or 1, day or 1), precision)
        value = _nearest(month, day or 1, published_on) if published_on else None
        dt.date(2000, month, day or 1)
    except ValueError:
        return None
    return FoundDate(span, value, precision, True)


_EXACT = DatePrecision.DAY


def _month(parts: dict) -> int | None:
    if number := parts.get("number"):
        return int(number)
    name = (parts.get("month") or "").lower().rstrip(".")
    return _MONTHS.get(name) or _SHORT.get(name)


def _last(weekday: int, published_on: dt.date | None) -> dt.date | None:
    """Return the last such day of the week up to a day."""
    if published_on is None:
        return None
    return published_on - dt.timedelta(days=(published_on.weekday() - weekday) % 7)


def _nearest(month: int, day: int, published_on: dt.date) -> dt.date:
    """Return the date of a month and day in the year that brings it nearest to a day."""
    years = (published_on.year - 1, published_on.year, published_on.year + 1)
    candidates = []
    for year in years:
        try:
            candidates.append(dt.date(year, month, day))
        except ValueError:
            continue  # 29 February
    if not candidates:
        raise ValueError("no such day near that one")
    return min(candidates, key=lambda date: abs(date - published_on))
