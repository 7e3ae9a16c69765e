"""Compare the kept states of all letters with what the rule says of them now."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casefile.revision import raise_revision
from letters.models import Letter
from letters.state_rule import keep_states, letters_kept_wrongly


class Command(BaseCommand):
    help = (
        "Work out afresh where each letter stands on each day, and compare it with what is kept."
        " A difference is named and ends the command with status 1."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--repair", action="store_true", help="Keep what the rule says, where they differ."
        )

    @transaction.atomic
    def handle(self, *, repair, **options):
        wrong = letters_kept_wrongly()
        if not wrong:
            self.stdout.write(f"Kept as the rule says: {Letter.objects.count():,} letters.")
            return
        names = "\n".join(Letter.objects.filter(pk__in=wrong).values_list("key", flat=True))
        if not repair:
            raise CommandError(
                f"Kept otherwise than the rule says, {len(wrong):,} letters:\n{names}\n"
                "Run this again with --repair to correct them."
            )
        keep_states(wrong)
        raise_revision()
        self.stdout.write(f"Corrected, {len(wrong):,} letters:\n{names}")
