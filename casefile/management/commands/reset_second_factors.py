"""Take the second factors from an account whose owner has lost them all."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from casefile.signing_in import factors


class Command(BaseCommand):
    help = "Removes all second factors of an account: its next sign-in asks to make a new one."

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *, username, **options):
        user = get_user_model().objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account {username}.")
        factors.reset(user)
        self.stdout.write(f"{username} makes a new second factor at the next sign-in.")
