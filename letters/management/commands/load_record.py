"""Load a record bundle: all of it, or nothing and every problem."""

from pathlib import Path

import pghistory
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from casefile.bundle.loading import load, reason_of
from casefile.bundle.problems import BundleError
from letters.management.progress import Progress
from letters.record import RECORD


class Command(BaseCommand):
    help = "Load a record bundle, a directory or a zip. A bundle with any problem changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("path", help="a directory of CSV files, or a zip of them")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument(
            "--publish-as",
            metavar="USERNAME",
            help="who publishes what the bundle gives as published; without, it waits in review",
        )

        parser.add_argument(
            "--reason",
            metavar="TEXT",
            help="why published entries change, which readers see; without, it names the bundle",
        )

    def handle(self, *, path, dry_run, publish_as, reason, **options):
        publisher = self._user(publish_as) if publish_as else None
        context = {
            "command": "load_record",
            "user": publisher.pk if publisher else None,
            "reason": reason or reason_of(Path(path).resolve().name),
        }
        with pghistory.context(**context), Progress() as progress:
            try:
                outcome = load(
                    RECORD,
                    path,
                    publisher=publisher,
                    dry_run=dry_run,
                    advance=progress.advance,
                    start=progress.start,
                    tell=self.stdout.write if dry_run else None,
                )
            except BundleError as error:
                raise CommandError(str(error)) from error
        if outcome.problems:
            count = outcome.problem_count
            raise CommandError(
                "\n".join(outcome.problems)
                + f"\n{count:,} problem{'s' if count > 1 else ''}: nothing was loaded."
            )
        for file, (added, changed, left) in outcome.counts.items():
            self.stdout.write(f"{file}: {added:,} added, {changed:,} changed, {left:,} left")
        if dry_run:
            self.stdout.write("Nothing was written: this was a dry run.")

    def _user(self, username):
        try:
            return get_user_model().objects.get_by_natural_key(username)
        except get_user_model().DoesNotExist:
            raise CommandError(
                f"There is no user {username}. Give --publish-as the name of one who may publish."
            ) from None
