"""A report as a CSV file, for scripts: the same bytes that the site sends."""

import os
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.http import QueryDict
from tqdm import tqdm
from tqdm.utils import CallbackIOWrapper

from casefile.as_of import parse_day
from casefile.dates import today
from casefile.receipts import Receipt
from casefile.workshops import workshop
from letters.reports import REPORTS
from letters.reports.asking import NotUnderstoodError, ask


class Command(BaseCommand):
    help = (
        "Write a report as CSV. Exit code 0: the file is whole; 1: nothing was written, and the"
        " message says why."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="A report's name, see --list.")
        parser.add_argument("--list", action="store_true", help="List the reports.")
        parser.add_argument("--as-of", metavar="D", help="The day, YYYY-MM-DD; today if not given.")
        parser.add_argument("--known-on", metavar="T", help="A past moment, ISO 8601 with zone.")
        parser.add_argument(
            "--filter",
            action="append",
            default=[],
            metavar="NAME=VALUE",
            help="A filter of the report's page, such as state=overdue. May be repeated.",
        )
        parser.add_argument("--output", metavar="F", help="The file; standard output if not given.")
        parser.add_argument("--all", action="store_true", help="Drafts too, marked in a column.")
        parser.add_argument("--raw", action="store_true", help="Texts untouched, for machines.")
        parser.add_argument("--excel", action="store_true", help="Begin with a byte order mark.")

    def handle(self, *, name, output, **options):
        if options["list"]:
            for report in REPORTS:
                self.stdout.write(f"{report.name:15} {report.description}")
            return
        asked = self._ask(name, options)
        if output:
            sidecar = self._write_file(asked, Path(output))
        else:
            sidecar = self._write(asked, sys.stdout.buffer, name)
        Receipt.record(sidecar)
        self.stderr.write(
            f"{sidecar['rows']} rows, {sidecar['bytes']} bytes, SHA-256 {sidecar['sha256']},"
            f" as of {sidecar['as_of']}, revision {sidecar['revision']}. {sidecar['inclusion']}"
        )

    def _ask(self, name, options):
        report = next((report for report in REPORTS if report.name == name), None)
        if report is None:
            names = ", ".join(report.name for report in REPORTS)
            raise CommandError(f"There is no report {name!r}. Reports: {names}.")
        data = QueryDict(mutable=True)
        for pair in options["filter"]:
            key, equals, value = pair.partition("=")
            if not equals:
                raise CommandError(f"--filter {pair} must be NAME=VALUE, such as state=overdue.")
            data.appendlist(key, value)
        data["known_on"] = options["known_on"] or ""
        for flag, option in (("drafts", "all"), ("raw", "raw"), ("excel", "excel")):
            data[flag] = "1" if options[option] else ""
        try:
            day = parse_day(options["as_of"]) if options["as_of"] else today()
            return ask(report, data, day)
        except ValueError as error:
            raise CommandError(str(error)) from error

    def _write(self, asked, out, title):
        try:
            sidecar, _ = asked.write(self._progress(out, title))
        except NotUnderstoodError as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database broke off, and the report with it: {error}"
            ) from error
        return sidecar

    def _write_file(self, asked, path):
        """Write beside the path; the name is given once the file is whole."""
        try:
            with workshop(path) as folder:
                part = folder / path.name
                with part.open("wb") as out:
                    sidecar = self._write(asked, out, path.name)
                    out.flush()
                    os.fsync(out.fileno())
                part.chmod(0o644)
                part.replace(path)
        except OSError as error:
            raise CommandError(f"{path} can't be written: {error.strerror}.") from error
        return sidecar

    def _progress(self, out, title):
        """Return the file, or on a terminal the file with a bar that tells how much was written."""
        if not sys.stderr.isatty():
            return out
        return CallbackIOWrapper(
            tqdm(unit="B", unit_scale=True, desc=title, file=sys.stderr, leave=False).update,
            out,
            "write",
        )
