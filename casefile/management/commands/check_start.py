"""Tell whether the site can start, before it does."""

from django.core.management.base import BaseCommand, CommandError

from casefile.starting import hindrances, lacks


class Command(BaseCommand):
    help = "Tell, as the user who serves the site, what keeps it from starting."
    # The site is down meanwhile, and the code was checked before it was released.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, help="where on the loopback it shall listen")

    def handle(self, *, port, **options):
        for sentence in lacks():
            self.stderr.write(sentence)
        if found := list(hindrances(port)):
            raise CommandError("\n".join(found))
