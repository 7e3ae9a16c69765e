"""Compare the kept states of all letters, and the sums of them, with what the rule says now."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casefile.revision import raise_revision
from letters.models import Letter
from letters.state_rule import keep_states, letters_kept_wrongly
from letters.state_tallies import keep_tallies, tallied_wrongly


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
        # Of letters that are kept wrongly, the sums tell nothing new.
        sums = [] if wrong else tallied_wrongly()
        if not wrong and not sums:
            self.stdout.write(f"Kept as the rule says: {Letter.objects.count():,} letters.")
            return
        what = f"{len(wrong):,} letters" if wrong else f"the letters of {len(sums):,} sums"
        names = Letter.objects.filter(pk__in=wrong).values_list("key", flat=True)
        names = "\n".join([*names, *(f"{subject} {value}" for subject, value in sums)])
        if not repair:
            raise CommandError(
                f"Kept otherwise than the rule says, {what}:\n{names}\n"
                "Run this again with --repair to correct them."
            )
        keep_states(wrong)
        keep_tallies()
        raise_revision()
        self.stdout.write(f"Corrected, {what}:\n{names}")
