"""Compare what is kept for the search with what the record says now."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from letters.models import SearchDocument
from letters.search.upkeep import documents_kept_wrongly, keep_documents


class Command(BaseCommand):
    help = (
        "Work out afresh what readers can search for, and compare it with what is kept."
        " A difference is named and ends the command with status 1."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--repair", action="store_true", help="Keep what the record says, where they differ."
        )

    @transaction.atomic
    def handle(self, *, repair, **options):
        wrong = documents_kept_wrongly()
        if not wrong:
            self.stdout.write(
                f"Kept as the record says: {SearchDocument.objects.count():,} documents."
            )
            return
        names = "\n".join(f"{kind}: {', '.join(map(str, ids))}" for kind, ids in wrong.items())
        if not repair:
            raise CommandError(
                f"Kept otherwise than the record says, ids by kind:\n{names}\n"
                "Run this again with --repair to correct them."
            )
        for kind, ids in wrong.items():
            keep_documents(kind, ids)
        self.stdout.write(f"Corrected, ids by kind:\n{names}")
