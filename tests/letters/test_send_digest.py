"""The daily mail: who gets it, what it says, and that nobody gets it twice."""

import datetime as dt
import io
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from casefile.entries import Status
from letters.models import Digest
from tests.factories import LetterFactory, UserFactory

pytestmark = pytest.mark.django_db

# A week before the deadline of the factory's letters, 23 February 2018.
NOON = dt.datetime(2018, 2, 16, 17, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class RefusingBackend(EmailBackend):
    """A mail server that knows nobody called nobody."""

    def send_messages(self, email_messages):
        for message in email_messages:
            if message.to == ["nobody@casefile.example"]:
                raise SMTPRecipientsRefused({"nobody@casefile.example": (550, b"No such user")})
        return super().send_messages(email_messages)


def staff(name, group="Editors", **fields):
    return UserFactory(username=name, email=f"{name}@casefile.example", group=group, **fields)


def send():
    """Send the digest; return what the command says and whom mails went to."""
    mail.outbox.clear()
    out = io.StringIO()
    call_command("send_digest", stdout=out)
    return out.getvalue().strip(), [message.to[0] for message in mail.outbox]


def test_digest_says_what_is_due_and_where(settings):
    settings.SITE_URL = "https://casefile.example"
    staff("ed")
    LetterFactory(jurisdiction__name="City of Albany", jurisdiction__state="NY")

    said, _ = send()

    [message] = mail.outbox
    assert said == "Digests sent: 1."
    assert message.subject == "Casefile: what is due on 16 February 2018"
    assert (
        message.body
        == """\
What is due at the desk on 16 February 2018, ed:

Due within a week
  1 letter: https://casefile.example/admin/letters/letter/?waits_for=answer

Answers due next
  23 February 2018: City of Albany, NY

The whole queue: https://casefile.example/admin/
"""
    )


def test_digest_is_sent_once_a_day(clock):
    staff("ed")
    LetterFactory()

    first, second = send(), send()
    clock.move_to(NOON + dt.timedelta(days=1))
    next_day = send()

    assert first == next_day == ("Digests sent: 1.", ["ed@casefile.example"])
    assert second == ("Digests sent: 0.", [])


def test_day_ends_in_washington(clock):
    staff("ed")
    LetterFactory()
    send()

    clock.move_to(dt.datetime(2018, 2, 17, 4, 59, tzinfo=dt.UTC))

    assert send() == ("Digests sent: 0.", [])


def test_nothing_due_is_no_mail_and_may_be_one_later_that_day():
    staff("ed")

    assert send()[1] == []

    LetterFactory()

    assert send()[1] == ["ed@casefile.example"]


def test_each_is_told_what_is_theirs():
    reviewer = staff("rita", group="Reviewers")
    staff("ruth", group="Reviewers")
    staff("ed")
    LetterFactory(status=Status.IN_REVIEW, submitted_by=reviewer, deadline=None)

    assert send()[1] == ["ruth@casefile.example"]
    assert "In review, for you to publish" in mail.outbox[0].body


def test_drafts_and_missing_pins_alone_are_no_mail():
    staff("ed")
    LetterFactory(status=Status.DRAFT, deadline=None)

    assert send()[1] == []


def test_only_active_staff_with_an_address_get_it():
    staff("gone", is_active=False)
    staff("reader", is_staff=False)
    UserFactory(group="Editors")
    LetterFactory()

    assert send() == ("Digests sent: 0.", [])


def test_refused_mail_is_told_stops_nobody_else_and_is_tried_again(settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    staff("nobody")
    staff("somebody")
    LetterFactory()

    with pytest.raises(CommandError, match=r"^nobody was not sent the digest: .*No such user"):
        send()

    assert [message.to for message in mail.outbox] == [["somebody@casefile.example"]]
    assert Digest.objects.get().user.username == "somebody"

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert send()[1] == ["nobody@casefile.example"]


def test_database_keeps_one_digest_a_day():
    user = staff("ed")
    Digest.objects.create(user=user, day="2018-02-16")

    with pytest.raises(IntegrityError, match="letters_digest_once_a_day"):
        Digest.objects.create(user=user, day="2018-02-16")
