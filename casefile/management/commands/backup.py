"""Back up the database and the uploaded files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casefile.backups import BackupError
from casefile.backups.backing_up import back_up


class Command(BaseCommand):
    help = (
        "Write the whole database and the uploaded files to the new archive FILE, and check it by"
        " restoring it into a scratch database. Run it as the database's owner."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="a new file, such as .zip")

    def handle(self, *, file, **options):
        try:
            missing = back_up(file, self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from error
        for name in missing:
            self.stderr.write(f"The record names the file {name}, which is not in MEDIA_ROOT.")
        self.stdout.write(f"Wrote {file}, {file.stat().st_size:,} bytes.")
