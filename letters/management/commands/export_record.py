"""Export the record as a bundle, for moving and keeping: drafts and private texts included."""

from django.core.management.base import BaseCommand, CommandError

from casefile.as_of import parse_day
from casefile.bundle.exporting import export
from casefile.bundle.problems import BundleError
from letters.management.progress import Progress
from letters.record import RECORD


class Command(BaseCommand):
    help = (
        "Write the whole record, drafts and private texts of sources included, to a new directory,"
        " or a zip if PATH ends in .zip. load_record reads it."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", help="a new directory, or a new file that ends in .zip")
        parser.add_argument(
            "--as-of", metavar="DAY", help="only what was on the record on that day (YYYY-MM-DD)"
        )

    def handle(self, *, path, as_of, **options):
        try:
            day = parse_day(as_of) if as_of is not None else None
            with Progress() as progress:
                export(RECORD, path, day=day, advance=progress.advance)
        except (BundleError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Wrote {path}.")
