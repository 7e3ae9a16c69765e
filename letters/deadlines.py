"""Deadlines by rule: a period in a letter, counted to a date.

The counting follows Fed. R. Civ. P. 6(a)(1): the day that starts the period is not counted, every
later one is (or every later business day), and a period that would end on a Saturday, Sunday or
federal holiday (5 U.S.C. 6103, observed days included) runs on to the next business day.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache

ONE_DAY = dt.timedelta(days=1)
LONGEST = 3650  # days of a period; each is looked at


@cache
def federal_holidays(year):
    """Return the federal holidays that fall or are observed in a year, as {date: name}."""
    import holidays  # when a deadline is counted: its calendars take long to load

    return dict(holidays.US(years=year, categories=["public"]).items())


def closed_because(day):
    """Return why federal offices are closed on a day: "Saturday", a holiday's name, or ""."""
    if day.weekday() >= 5:
        return day.strftime("%A")
    return federal_holidays(day.year).get(day, "")


@dataclass(frozen=True)
class Deadline:
    """A computed deadline, and how it came about."""

    start: dt.date
    days: int
    unit: str
    date: dt.date
    skipped: tuple[tuple[dt.date, str], ...]

    def explained(self):
        """Return one sentence for staff: what was counted from when, and what was skipped."""
        sentence = f"{self.days} {self.unit} days after {self.start:%Y-%m-%d}"
        if self.skipped:
            days = ", ".join(f"{day:%Y-%m-%d} ({reason})" for day, reason in self.skipped)
            sentence += f", not counting {days}"
        return f"{sentence}: {self.date:%Y-%m-%d}."


def count(start, days, unit):
    """Return the Deadline that lies a number of calendar or business days after a day.

    ``skipped`` holds the business days' closed days, or those that a calendar period rolled over.
    """
    day, skipped = start, []
    if unit == "calendar":
        day += days * ONE_DAY
    else:
        remaining = days
        while remaining:
            day += ONE_DAY
            if reason := closed_because(day):
                skipped.append((day, reason))
            else:
                remaining -= 1
    while reason := closed_because(day):
        skipped.append((day, reason))
        day += ONE_DAY
    return Deadline(start, days, unit, day, tuple(skipped))


def compute_deadline(letter_date, received_on, days, unit, basis):
    """Return the Deadline that a letter's period gives.

    None if the letter gives no period, or one from a receipt that isn't on record. Nor is there one
    for a period that is too long, or goes on after the last day of the calendar.
    """
    start = received_on if basis == "received" else letter_date
    if not (start and days and days <= LONGEST):
        return None
    try:
        return count(start, days, unit)
    except OverflowError:
        return None
