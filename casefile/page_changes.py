"""The history of a record's page: of the record, its links and its parts, such as citations."""

from dataclasses import replace

from casefile.changes import (
    LABELS,
    LIMIT,
    Change,
    FieldChange,
    changes_of,
    context_of,
    shown,
    users_of,
)
from casefile.moments import DELETED, parts_of
from casefile.versions import history_of


def page_changes_of(record):
    """Return the newest changes of a record, its links and its parts, newest first.

    Each that something followed has the ``version`` that restores what the page then was.
    """
    changes = [*changes_of(record), *_part_changes(record)]
    changes.sort(key=lambda change: change.at, reverse=True)
    own = list(record.history.order_by("-pgh_id").values_list("pgh_created_at", "pgh_id")[:LIMIT])
    return [_restorable(change, changes[0].at, own) for change in changes[:LIMIT]]


def _restorable(change, newest, own):
    if change.version or change.at == newest:
        return change
    version = next((version for at, version in own if at <= change.at), None)
    return replace(change, version=version, moment=change.at.isoformat()) if version else change


def _part_changes(record):
    found = []
    for part, lookup in parts_of(type(record)):
        events = history_of(part).objects.filter(**lookup(record.pk)).select_related("pgh_context")
        before = {}
        for event in reversed(events.order_by("-pgh_id")[:LIMIT]):
            was = before.get(event.pgh_obj_id)
            before[event.pgh_obj_id] = event
            # A deletion keeps what it deleted.
            old = event if event.pgh_label == DELETED else was
            new = None if event.pgh_label == DELETED else event
            difference = FieldChange(
                part._meta.verbose_name, _described(part, old), _described(part, new)
            )
            found.append((event, difference))
    users = users_of(event for event, _ in found)
    return [
        Change(
            at=event.pgh_created_at,
            label=LABELS["update"],
            user=users.get(context_of(event).get("user")),
            url=context_of(event).get("url", ""),
            reason=context_of(event).get("reason", ""),
            fields=[difference],
        )
        for event, difference in reversed(found)
        if difference.before != difference.after
    ]


def _described(part, row):
    """Return the content of a row of a part's history, in one line."""
    if row is None:
        return ""
    owner = part.part_of
    fields = [
        field
        for field in part._meta.concrete_fields
        if field.editable and not field.primary_key and not field.name.startswith(owner)
    ]
    texts = (str(shown(field, field.value_from_object(row))) for field in fields)
    return ", ".join(filter(None, texts))
