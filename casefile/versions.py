"""Versions: what somebody saw of a record, told by the newest row of its history at that moment.

The versions of a page are ``{"letters.letter.12": 881, ...}``: the id of that history row for each
record on it, and for each of a record's many-to-many relations the newest row of its links.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db.models import Max
from pghistory.core import event_models

from casefile.changes import LABELS, context_of, users_of

SALT = "casefile.versions"


@dataclass(frozen=True)
class Write:
    """One write to a record that somebody else has open. The user is None for a program."""

    at: datetime
    user: object
    label: str
    kind: str


def versions_of(records):
    """Return the versions of some records as they now are, in a few queries per kind of record.

    Read them before what they stand for: then a write in between makes the page look stale, and
    never lets one pass unseen.
    """
    by_model = {}
    for record in records:
        by_model.setdefault(type(record), []).append(record.pk)
    versions = {}
    for model, pks in by_model.items():
        versions |= dict.fromkeys(key_of(model, pk) for pk in pks)
        versions |= _newest(history_of(model), "pgh_obj_id", model, pks)
        for relation in model._meta.many_to_many:
            through = relation.remote_field.through
            column = f"{relation.m2m_field_name()}_id"
            versions |= _newest(history_of(through), column, through, pks)
    return versions


def key_of(model, pk):
    """Return the name of a record, or of the links that a through model gives it, in versions."""
    return f"{model._meta.label_lower}.{pk}"


def history_of(model):
    """Return the model of the history of a tracked model or through table."""
    return next(
        event
        for event in event_models()
        if event.pgh_tracked_model._meta.concrete_model is model._meta.concrete_model
    )


def sign(versions):
    """Return versions as a text that a form can carry, and that nobody else can make."""
    return signing.dumps(versions, salt=SALT, compress=True)


def unsign(text):
    """Return the versions that ``sign`` wrote, or None if it did not write this."""
    try:
        return signing.loads(text or "", salt=SALT)
    except signing.BadSignature:
        return None


def as_it_was(record, version):
    """Return the history row that holds a record's values at a version, or None."""
    return history_of(type(record)).objects.filter(pgh_obj_id=record.pk, pgh_id=version).first()


def writes_between(before, after):
    """Return what was written from some versions of a page to others, newest first."""
    events = []
    changed = [key for key in {*before, *after} if before.get(key) != after.get(key)]
    for event_model in event_models():
        tracked = event_model.pgh_tracked_model
        prefix = f"{tracked._meta.concrete_model._meta.label_lower}."
        pks = {key: key.removeprefix(prefix) for key in changed if key.startswith(prefix)}
        if not pks or not hasattr(event_model, "pgh_obj"):
            continue
        for key, pk in pks.items():
            newer = event_model.objects.filter(pgh_obj_id=pk, pgh_id__gt=before.get(key) or 0)
            events += newer.select_related("pgh_context")
    users = users_of(events)
    return [
        Write(
            at=event.pgh_created_at,
            user=users.get(context_of(event).get("user")),
            label=LABELS[event.pgh_label],
            kind=event.pgh_tracked_model._meta.verbose_name,
        )
        for event in sorted(events, key=lambda event: event.pgh_created_at, reverse=True)
    ]


def _newest(history, column, model, pks):
    rows = history.objects.filter(**{f"{column}__in": pks}).order_by()
    newest = rows.values_list(column).annotate(Max("pgh_id"))
    return {key_of(model, pk): version for pk, version in newest}
