"""Compare where all letters, jurisdictions and awards are kept to stand with what the rules say."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from casefile.revision import raise_revision
from jurisdictions.award_rule import awards_kept_wrongly, keep_awards
from jurisdictions.award_tallies import awards_tallied_wrongly, keep_award_tallies
from jurisdictions.models import Award, Jurisdiction
from letters.jurisdiction_rule import jurisdictions_kept_wrongly, keep_jurisdictions
from letters.models import Letter
from letters.state_rule import keep_states, letters_kept_wrongly
from letters.state_tallies import keep_tallies, tallied_wrongly


class Command(BaseCommand):
    help = (
        "Work out afresh where each letter, jurisdiction and award stands on each day, and compare"
        " it with what is kept. A difference is named and ends the command with status 1."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--repair", action="store_true", help="Keep what the rules say, where they differ."
        )

    @transaction.atomic
    def handle(self, *, repair, **options):
        wrong = letters_kept_wrongly()
        awards = awards_kept_wrongly()
        # Of letters and awards that are kept wrongly, what they add up to tells nothing new.
        places = [] if wrong else jurisdictions_kept_wrongly()
        sums = [] if wrong else tallied_wrongly()
        award_sums = [] if awards else awards_tallied_wrongly()
        if not (wrong or places or sums or awards or award_sums):
            letters, all_awards = Letter.objects.count(), Award.objects.count()
            self.stdout.write(f"Kept as the rules say: {letters:,} letters, {all_awards:,} awards.")
            return
        found = {
            f"{len(wrong):,} letters": wrong,
            f"{len(places):,} jurisdictions": places,
            f"the letters of {len(sums):,} sums": sums,
            f"{len(awards):,} awards": awards,
            f"the awards of {len(award_sums):,} sums": award_sums,
        }
        what = ", ".join(text for text, ids in found.items() if ids)
        names = [
            *Letter.objects.filter(pk__in=wrong).values_list("key", flat=True),
            *Jurisdiction.objects.filter(pk__in=places).values_list("slug", flat=True),
            *(f"{subject} {value}" for subject, value in sums),
            *Award.objects.filter(pk__in=awards).values_list("key", flat=True),
            *(f"{subject} {value}" for subject, value in award_sums),
        ]
        names = "\n".join(names)
        if not repair:
            raise CommandError(
                f"Kept otherwise than the rules say, {what}:\n{names}\n"
                "Run this again with --repair to correct them."
            )
        keep_awards(awards)
        keep_states(wrong)
        keep_jurisdictions(jurisdictions_kept_wrongly())
        keep_tallies()
        keep_award_tallies()
        raise_revision()
        self.stdout.write(f"Corrected, {what}:\n{names}")
