"""What letters wait for at the desk, by all that was entered, drafts too."""

import datetime as dt

from django.db.models import Q

from casefile.admin.work import Work
from casefile.entries import Status
from letters.states import State

# How long a check for an answer holds good.
VERIFICATION_HOLDS = dt.timedelta(days=30)


def due_soon(letters, user, day):
    """Return the letters to which an answer is due within a week."""
    return letters.objects.standing(day, published=False).filter(due_soon=True)


def unverified(letters, user, day):
    """Return the overdue letters for which nobody checked lately whether an answer came."""
    overdue = letters.objects.standing(day, published=False).filter(state=State.OVERDUE)
    lately = Q(verified_through__gte=day - VERIFICATION_HOLDS)
    return overdue.filter(Q(verified_through=None) | ~lately)


def not_received(letters, user, day):
    """Return the letters of whose receipt the record knows nothing, where it still matters.

    It doesn't once DOJ has withdrawn the letter or closed the matter.
    """
    unknown = letters.objects.filter(received_on=None).exclude(status=Status.RETRACTED)
    return unknown.exclude(Q(withdrawn_on__lte=day) | Q(cleared_on__lte=day))


WORK_ON_LETTERS = [
    Work("answer", "Due within a week", 10, due_soon, is_mailed=True),
    Work("verification", "Overdue and not verified in 30 days", 20, unverified, is_mailed=True),
    Work("receipt", "Announced, receipt not on record", 70, not_received),
]
