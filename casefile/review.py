"""Review: draft -> in review -> published -> retracted, and who may take which step.

The database keeps the order of the steps, and that nobody publishes what they submitted, or
confirms what they changed. A reason stands in the history beside all that was written with it.
"""

from contextlib import nullcontext

import pghistory
from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casefile.corrections import Correction
from casefile.dates import today
from casefile.entries import REVIEW_STEPS, Entry, Status
from casefile.models import Stance
from casefile.quotation_checks import QuotationCheck
from casefile.refusals import Refusal, refusals

# Each status is reached from one other alone.
ORIGIN = {after: before for before, after in REVIEW_STEPS}


DOUBTFUL = [QuotationCheck.ALTERED, QuotationCheck.ABSENT, QuotationCheck.UNCHECKED]
# What every entry lacks that is not entered yet.
NEEDED = [gettext_lazy("a citation that supports it")]


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


def publish(entry, user, seen=False):
    """Put an entry in review on the public record.

    What there is to doubt in it does not stand against that once the user has ``seen`` it; the
    history then keeps what it was.
    """
    _require(user, "publish", entry)
    gaps, found = missing(entry), doubts(entry)
    if gaps or (found and not seen):
        raise ReviewError(_not_yet(entry, gaps, found))
    with because(_("Seen before publication: %s") % " ".join(found) if found else ""):
        _move(entry, Status.PUBLISHED, published_by=user, published_at=timezone.now())


def _not_yet(entry, gaps, found):
    """Return all that stands between an entry and readers, in sentences."""
    sentences = []
    if gaps:
        needs = _("%(entry)s can't be published yet: it needs %(gaps)s.")
        sentences.append(needs % {"entry": entry, "gaps": ", ".join(map(str, gaps))})
    if found:
        look = _("%(entry)s has to be looked at first, and that ticked on its page: %(doubts)s")
        sentences.append(look % {"entry": entry, "doubts": " ".join(found)})
    return " ".join(sentences)


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
    return NEEDED


def doubts(entry):
    """Return what a reviewer has to look at before publication, each as a sentence."""
    found = []
    if entry.date > today():
        found.append(_("Its date is yet to come."))
    for name in entry.expected_dates:
        if getattr(entry, name) is None:
            label = entry._meta.get_field(name).verbose_name
            found.append(_("It has no date of this kind: %s.") % label)
    if entry.belongs_to:
        parent = getattr(entry, entry.belongs_to)
        if not getattr(parent, "is_published", True):
            found.append(f"Readers won't see it before this is published: {parent}.")
    for citation in entry.citations.select_related("source"):
        if not citation.pin:
            found.append(_("The citation of %s has no pin.") % citation.source)
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


def is_seen(record):
    """Return whether readers see a record: then they are told of its changes, with the reason.

    What has no review is seen once something published rests on it.
    """
    if isinstance(record, Entry):
        return record.is_published
    if record.pk is None:
        return False
    kind = ContentType.objects.get_for_model(record)
    with connection.cursor() as cursor:
        cursor.execute("SELECT casefile_is_public(%s, %s)", [kind.pk, record.pk])
        return bool(cursor.fetchone()[0])


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


def may_sign(user, model):
    """Return whether a user may say, of changes by others, that they are right or not material."""
    return may(user, "publish", model if issubclass(model, Entry) else Correction)


def _sign(entry, user, signature):
    """Sign the changes of a record that nobody has signed, but for those that the user made."""
    if not may_sign(user, type(entry)):
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
