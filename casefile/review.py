"""Review: draft -> in review -> published -> retracted, and who may take which step.

The database keeps the order of the steps, and that nobody publishes what they submitted, or
confirms what they changed. A reason stands in the history beside all that was written with it.
"""

from contextlib import nullcontext

import pghistory
from django.contrib.auth import get_permission_codename
from django.db.models import Q
from django.utils import timezone

from casefile.corrections import Correction
from casefile.entries import REVIEW_STEPS, Entry, Status
from casefile.models import Stance
from casefile.quotations import QuotationCheck
from casefile.refusals import Refusal, refusals

# Each status is reached from one other alone.
ORIGIN = {after: before for before, after in REVIEW_STEPS}


DOUBTFUL = [QuotationCheck.ALTERED, QuotationCheck.ABSENT, QuotationCheck.UNCHECKED]


class ReviewError(Exception):
    """A step can't be taken, and nothing was changed. The message says why, in a sentence."""


def submit(entry, user):
    """Hand a draft to the reviewers.

    Raises:
        ReviewError: as every step does, where it isn't the user's to take or the entry's next.
    """
    _require(user, "change", entry)
    _move(entry, Status.IN_REVIEW, submitted_by=user, submitted_at=timezone.now())


def send_back(entry, user, remark=""):
    """Return an entry in review to those who enter, with a remark for them."""
    _require(user, "change", entry)
    with because(remark):
        _move(entry, Status.DRAFT, submitted_by=None, submitted_at=None)


def publish(entry, user):
    """Put an entry in review on the public record."""
    _require(user, "publish", entry)
    if gaps := missing(entry):
        raise ReviewError(f"{entry} can't be published yet: it needs {', '.join(gaps)}.")
    _move(entry, Status.PUBLISHED, published_by=user, published_at=timezone.now())


def retract(entry, user, reason):
    """Take a published entry off the public record. It is kept, with its history."""
    _require(user, "publish", entry)
    if not reason.strip():
        raise ReviewError(f"{entry} is retracted only with a reason: readers are told it.")
    with because(reason):
        _move(entry, Status.RETRACTED)


def confirm(entry, user):
    """Confirm, as a second reviewer, what others have changed in a published entry."""
    _sign(entry, user, "confirmed")


def mark_immaterial(entry, user):
    """Say that what others have changed makes no difference: readers are not told of it."""
    _sign(entry, user, "immaterial")


def because(reason):
    """Keep a reason in the history of all that is written in a block."""
    return pghistory.context(reason=reason.strip()) if reason.strip() else nullcontext()


def missing(entry):
    """Return what an entry lacks for publication, each as words that complete "it needs"."""
    if entry.citations.filter(stance=Stance.SUPPORTS).exists():
        return []
    return ["a citation that supports it"]


def doubts(entry):
    """Return what a reviewer should look at before publication, each as a sentence."""
    found = []
    if entry.belongs_to:
        parent = getattr(entry, entry.belongs_to)
        if not getattr(parent, "is_published", True):
            found.append(f"Readers won't see it before this is published: {parent}.")
    for citation in entry.citations.select_related("source"):
        if not citation.pin and not citation.passage:
            found.append(f"The citation of {citation.source} has neither pin nor passage.")
        for what, mark in [
            ("quotation", citation.quotation_mark),
            ("passage", citation.passage_mark),
        ]:
            if mark in DOUBTFUL:
                found.append(f"The {what} is {mark.label.lower()} in {citation.source}.")
    return found


def may(user, action, model):
    """Return whether a user has the permission for an action on a kind of record."""
    codename = get_permission_codename(action, model._meta)
    return user.has_perm(f"{model._meta.app_label}.{codename}")


def may_edit(user, record):
    """Return whether review leaves a record open to a user who may change its kind.

    What readers have seen is corrected only by those who may publish.
    """
    return not (isinstance(record, Entry) and record.is_on_record) or may(user, "publish", record)


def _require(user, action, entry):
    if not may(user, action, entry):
        raise ReviewError(
            f"{user} has no permission to {action} {entry._meta.verbose_name_plural}."
        )


def _move(entry, status, **signature):
    """Set the status and its signature, if the entry, as it now is, stands before that status."""
    changes = {"status": status, **signature}
    origin = ORIGIN[status]
    try:
        with refusals():
            current = type(entry).objects.select_for_update().get(pk=entry.pk)
            if current.status != origin:
                raise ReviewError(
                    f"{entry} is {current.get_status_display().lower()};"
                    f" only what is {origin.label.lower()} can become {status.label.lower()}."
                )
            _set(current, changes)
            current.save(update_fields=changes)
    except type(entry).DoesNotExist as error:
        raise ReviewError(f"{entry} has been deleted.") from error
    except Refusal as refusal:
        raise ReviewError(str(refusal)) from refusal
    _set(entry, changes)


def _sign(entry, user, signature):
    """Sign the changes of an entry that nobody has signed, but for those that the user made."""
    _require(user, "publish", entry)
    try:
        with refusals():
            waiting = Correction.objects.of(entry).unconfirmed().select_for_update()
            if not waiting:
                raise ReviewError(f"{entry} has no change that waits for a second reviewer.")
            others = waiting.filter(~Q(changed_by=user) | Q(changed_by=None))
            signed = {f"{signature}_by": user, f"{signature}_at": timezone.now()}
            # Where all are the user's own, the database says why it refuses.
            (others if others else waiting).update(**signed)
    except Refusal as refusal:
        raise ReviewError(str(refusal)) from refusal


def _set(entry, changes):
    for name, value in changes.items():
        setattr(entry, name, value)
