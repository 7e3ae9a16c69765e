"""Restore a backup into an empty database."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casefile.backups import BackupError
from casefile.backups.restoring import restore


class Command(BaseCommand):
    help = (
        "Restore what backup wrote into the empty database of DATABASE_URL, once the archive has"
        " been found whole; all or nothing."
    )
    # The database is empty: nothing of the site can be asked of it.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="what backup wrote")

    def handle(self, *, file, **options):
        try:
            restore(file, self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            "Now run migrate, which brings the schema to this release and gives APP_ROLE its"
            " rights, and verify_history."
        )
