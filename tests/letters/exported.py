"""Reports as files and as rows, by their names or declarations."""

import csv
import datetime as dt
import io

from casefile.reports import write_csv
from letters.reports import REPORTS

DAY = dt.date(2018, 3, 10)
BY_NAME = {report.name: report for report in REPORTS}


def exported(report, *, published=True, day=DAY, **flavour):
    """Return the bytes of a report."""
    out = io.BytesIO()
    write_csv(report, report.rows(day, published=published), out, **flavour)
    return out.getvalue()


def rows(report, **asked):
    """Return a report's rows as dicts, by name or declaration."""
    report = BY_NAME.get(report, report)
    text = exported(report, **asked).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))
