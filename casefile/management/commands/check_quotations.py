"""Compare every quotation and passage with its source again."""

import pghistory
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import Count, Prefetch, prefetch_related_objects
from tqdm import tqdm

from casefile.models import Citation, Source
from casefile.quotation_checks import QuotationCheck
from casefile.rechecking import recheck, to_check


class Command(BaseCommand):
    help = (
        "Compare every quotation and passage with its source again, keep what is found, and list"
        " what changed. Saving does this by itself; this is for what was written past the site,"
        " and for peace of mind. Exit code: 0; with --check, 1 if anything that is stored is not"
        " what would be found."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="write nothing; exit with 1 if anything differs"
        )

    def handle(self, *, check, **options):
        citations = Citation.objects.all()
        bar = tqdm(
            total=to_check(citations).count(),
            file=self.stderr,
            disable=not self.stderr.isatty(),
            unit=" citations",
        )
        with pghistory.context(command="check_quotations"), transaction.atomic(), bar:
            changes = recheck(citations, advance=bar.update)
            self._print_counts(citations)
            transaction.set_rollback(check)
        self._print_changes(changes)
        if check and changes:
            raise SystemExit(1)

    def _print_counts(self, citations):
        passages, quotations = (
            dict(citations.order_by().values_list(field).annotate(Count("pk")))
            for field in ("passage_check", "quotation_check")
        )
        self.stdout.write(f"{'':12}{'passages':>12}{'quotations':>12}")
        for outcome in QuotationCheck.values:
            self.stdout.write(
                f"{outcome:12}{passages.get(outcome, 0):12,}{quotations.get(outcome, 0):12,}"
            )

    def _print_changes(self, changes):
        prefetch_related_objects(
            [change.citation for change in changes],
            "entry",
            Prefetch("source", Source.objects.defer("text")),
        )
        for citation, field, before, after in changes:
            self.stdout.write(
                f"{citation.entry.entry_kind} {citation.entry.key}, {citation.source.key}:"
                f" {field} {before or 'empty'} -> {after or 'empty'}"
            )
        self.stdout.write(f"{len(changes):,} changed.")
