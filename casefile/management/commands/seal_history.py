"""Seal the history of each past day, so that no later change of it goes unnoticed."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casefile.seals import seal_history


class Command(BaseCommand):
    help = (
        "Seal the history through yesterday, Washington's time, and print the head of the chain."
        " Run it once a day, as the database's owner."
    )

    def handle(self, **options):
        try:
            seal = seal_history(timezone.localdate() - dt.timedelta(days=1))
        except ValueError as error:
            raise CommandError(error) from error
        self.stdout.write(f"Sealed through {seal.day}. Head of the chain: {seal.head}")
