"""The digest: a mail that tells a member of staff what is due, once a day."""

from django.conf import settings
from django.contrib import admin
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from casefile.admin.work import queue
from casefile.dates import describe
from casefile.desk import register_pages
from letters.admin.work import due_soon
from letters.models import Digest, Letter

MOST_LETTERS = 50  # named one by one in a mail


def send_digest(user, day):
    """Mail a user what is due on a day, if anything is and no mail of that day was sent before.

    Return whether a mail was sent. What can't be sent isn't remembered as sent, and another try
    may follow. Raises what the mail backend raises: OSError, smtplib.SMTPException among them.
    """
    register_pages()
    due = [group for group in queue(admin.site, user, day) if group[0].work.is_mailed]
    if not due:
        return False
    with transaction.atomic():
        # Of two runs at once, the second waits here for the first.
        _, is_first = Digest.objects.get_or_create(user=user, day=day)
        if is_first:
            send_mail(
                f"Casefile: what is due on {describe(day)}",
                render_to_string("letters/digest.txt", _context(user, day, due)),
                settings.DEFAULT_FROM_EMAIL,
                [user.email],
            )
    return is_first


def _context(user, day, due):
    letters = due_soon(Letter, user, day).select_related("jurisdiction").by_deadline()
    return {
        "day": day,
        "due": due,
        "letters": letters[:MOST_LETTERS],
        "site": settings.SITE_URL,
        "user": user,
    }
