"""Mail staff what is due. To be run once a day; run again, it sends what was not sent yet."""

from smtplib import SMTPException

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from casefile.dates import today
from letters.digest import send_digest


class Command(BaseCommand):
    help = (
        "Mails each active member of staff who has an address what is due today, at most once a"
        " day. Mails go to the console unless EMAIL_URL names a server."
    )

    def handle(self, **options):
        staff = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
        sent, errors = 0, []
        for user in staff.order_by("username"):
            try:
                sent += send_digest(user, today())
            except (OSError, SMTPException) as error:
                # The others get theirs nevertheless.
                errors.append(f"{user} was not sent the digest: {error}")
        self.stdout.write(f"Digests sent: {sent}.")
        if errors:
            raise CommandError("\n".join(errors))
