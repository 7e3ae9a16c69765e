"""Stand in for an authenticator app, to try the desk with no telephone at hand."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from letters.management.commands.make_demo_accounts import ACCOUNTS


class Command(BaseCommand):
    help = (
        "Prints the code that an authenticator app of a demo account shows now, for 30 seconds: for"
        " the app that is being added, or for the one that was."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", choices=ACCOUNTS)

    def handle(self, *, username, **options):
        if not settings.DEVELOPMENT:
            raise CommandError("demo_code is for a developer's machine.")
        device = TOTPDevice.objects.filter(user__username=username).order_by("-pk").first()
        if device is None:
            raise CommandError(f"Sign in as {username} first: the page offers a second factor.")
        self.stdout.write(f"{totp(device.bin_key):06}")
