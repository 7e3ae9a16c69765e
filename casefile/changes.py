"""What was changed about a record, by whom and when, read from its history."""

import datetime as dt
from dataclasses import dataclass, field

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import localtime
from django.utils.translation import gettext
from pghistory.core import event_models

from casefile.entries import Status
from casefile.merges import Merge, is_mergeable

LIMIT = 200
LABELS = {"insert": "Added", "update": "Changed", "delete": "Deleted"}


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: object
    after: object


@dataclass(frozen=True)
class Change:
    """One write to a record. The user is None, and the url empty, for what no request did.

    ``version`` names what the record then was; it is None for links and where that still stands.
    ``moment`` is given where links or parts were otherwise than when that version came.
    """

    at: dt.datetime
    label: str
    user: object
    url: str
    reason: str
    version: int | None = None
    moment: str = ""
    fields: list[FieldChange] = field(default_factory=list)


def changes_of(record):
    """Return the newest changes of a record and of its many-to-many links, newest first."""
    events = [*_newest(record.history.all(), LIMIT + 1)]
    changes = [
        (event, LABELS[event.pgh_label], _difference(before, event))
        for event, before in zip(events, [*events[1:], None], strict=True)
    ][:LIMIT]
    earlier = set(events[1:])
    for relation in record._meta.many_to_many:
        changes += _link_changes(record, relation)
    if is_mergeable(type(record)):
        changes += _merges_into(record)
    users = users_of(event for event, _, _ in changes)
    changes.sort(key=lambda change: change[0].pgh_created_at, reverse=True)
    return [
        Change(
            at=event.pgh_created_at,
            label=label,
            user=users.get(context_of(event).get("user")),
            url=context_of(event).get("url", ""),
            reason=context_of(event).get("reason", ""),
            version=event.pk if event in earlier else None,
            fields=fields,
        )
        for event, label, fields in changes
    ]


def _newest(events, limit):
    return events.select_related("pgh_context").order_by("-pgh_id")[:limit]


def _difference(before, event):
    """Return the fields that an event changed; all that are filled in, if it is the first."""
    tracked = [f for f in event._meta.concrete_fields if not f.name.startswith("pgh_")]
    pairs = [
        (f, before and f.value_from_object(before), f.value_from_object(event)) for f in tracked
    ]
    return [
        FieldChange(f.verbose_name, shown(f, old), shown(f, new))
        for f, old, new in pairs
        if old != new and f.name != "id" and not (before is None and new in ("", None))
    ]


def shown(model_field, value):
    """Return a value as people read it: a choice by its label, a record by its name."""
    if value is None:
        return ""
    if model_field.remote_field:
        return model_field.related_model.objects.filter(pk=value).first() or f"no longer: {value}"
    if isinstance(value, dt.datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return "; ".join(value)
    return dict(model_field.flatchoices).get(value, value)


def _link_changes(record, relation):
    """Return the changes of a many-to-many relation of a record."""
    through = relation.remote_field.through
    history = next(
        model for model in event_models() if model.pgh_tracked_model._meta.concrete_model is through
    )
    mine, theirs = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    events = [*_newest(history.objects.filter(**{mine: record.pk}), LIMIT)]
    linked = relation.related_model.objects.in_bulk(getattr(e, f"{theirs}_id") for e in events)
    changes = []
    for event in events:
        pk = getattr(event, f"{theirs}_id")
        name = linked.get(pk, pk)
        added = event.pgh_label == "insert"
        change = FieldChange(relation.verbose_name, "" if added else name, name if added else "")
        changes.append((event, LABELS["update"], [change]))
    return changes


def _merges_into(record):
    """Return the merges of other records into a record, and that they were undone."""
    [history] = [model for model in event_models() if model.pgh_tracked_model is Merge]
    kind = ContentType.objects.get_for_model(record)
    merges = history.objects.filter(kind=kind, survivor_id=record.pk)
    label = gettext("merged record")
    return [
        (event, LABELS["update"], [FieldChange(label, "", f"{event.merged_name or event.old_key}")])
        if event.pgh_label != "delete"
        else (event, LABELS["update"], [FieldChange(label, event.merged_name, "")])
        for event in _newest(merges, LIMIT)
    ]


def last_remark(entry):
    """Return what a reviewer remarked who sent an entry back, until it is submitted again."""
    if entry.status != Status.DRAFT:
        return ""
    sent_back = entry.history.filter(status=Status.IN_REVIEW).order_by("-pgh_id").first()
    if sent_back is None:
        return ""
    draft = entry.history.filter(status=Status.DRAFT, pgh_id__gt=sent_back.pgh_id)
    back = draft.select_related("pgh_context").order_by("pgh_id").first()
    return context_of(back).get("reason", "") if back else ""


def context_of(event):
    """Return what was noted of the request that made an event: its user's id, its url."""
    return event.pgh_context.metadata if event.pgh_context else {}


def users_of(events):
    """Return the users who made some events, by id."""
    ids = {context_of(event).get("user") for event in events} - {None}
    return get_user_model().objects.in_bulk(ids)
