"""Review: draft -> in review -> published -> retracted, and who may take which step.

The database keeps the order of the steps, and that nobody publishes what they submitted.
"""

from django.contrib.auth import get_permission_codename
from django.utils import timezone

from casefile.entries import REVIEW_STEPS, Entry, Status
from casefile.models import Stance
from casefile.refusals import Refusal, refusals

# Each status is reached from one other alone.
ORIGIN = {after: before for before, after in REVIEW_STEPS}


class ReviewError(Exception):
    """A step can't be taken, and nothing was changed. The message says why, in a sentence."""


def submit(entry, user):
    """Hand a draft to the reviewers.

    Raises:
        ReviewError: as every step does, where it isn't the user's to take or the entry's next.
    """
    _require(user, "change", entry)
    _move(entry, Status.IN_REVIEW, submitted_by=user, submitted_at=timezone.now())


def send_back(entry, user):
    """Return an entry in review to those who enter."""
    _require(user, "change", entry)
    _move(entry, Status.DRAFT, submitted_by=None, submitted_at=None)


def publish(entry, user):
    """Put an entry in review on the public record."""
    _require(user, "publish", entry)
    if gaps := missing(entry):
        raise ReviewError(f"{entry} can't be published yet: it needs {', '.join(gaps)}.")
    _move(entry, Status.PUBLISHED, published_by=user, published_at=timezone.now())


def retract(entry, user):
    """Take a published entry off the public record. It is kept, with its history."""
    _require(user, "publish", entry)
    _move(entry, Status.RETRACTED)


def missing(entry):
    """Return what an entry lacks for publication, each as words that complete "it needs"."""
    if entry.citations.filter(stance=Stance.SUPPORTS).exists():
        return []
    return ["a citation that supports it"]


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


def _set(entry, changes):
    for name, value in changes.items():
        setattr(entry, name, value)
