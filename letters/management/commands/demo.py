"""The site on localhost with the founding record, from nothing, in one command."""

import socket
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from letters.models import Round

FOUNDING_RECORD = Path(__file__).resolve().parents[2] / "founding_record"


class Command(BaseCommand):
    help = "Migrate, load the founding record into an empty database, make staff accounts, serve."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        if not settings.DEVELOPMENT:
            raise CommandError("demo is for a developer's machine: set CASEFILE_ENV=development.")
        self._require_free(port)
        call_command("migrate", verbosity=0)
        call_command("make_demo_accounts")
        # What was entered since the first demo stays: only an empty database is filled.
        if not Round.objects.exists():
            publisher = get_user_model().objects.filter(groups__name="Reviewers").first()
            call_command("load_record", str(FOUNDING_RECORD), publish_as=publisher.username)
        self.stdout.write(
            "At its first sign-in an account makes a second factor. With no authenticator app at"
            " hand, `.venv/bin/python manage.py demo_code NAME` prints the code."
        )
        call_command("runserver", f"localhost:{port}", use_reloader=False)

    def _require_free(self, port):
        """Say so before the long work if the port is taken."""
        with socket.socket() as probe:
            if probe.connect_ex(("localhost", port)) == 0:
                raise CommandError(
                    f"Port {port} is in use. Choose another one: make demo PORT={port + 1}"
                )
