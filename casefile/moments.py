"""What a record was at a past moment, with its links and its parts, read from the history."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from pghistory.core import event_models

from casefile.versions import history_of

DELETED = "delete"
LIMIT = 200


def parts_of(model):
    """Yield what is written on the page of a model's records as their parts, as pairs.

    They are a model and what returns the lookup of the rows of a record, given its id.
    """
    for history in event_models():
        part = history.pgh_tracked_model
        if not hasattr(part, "part_of"):
            continue
        owner = part._meta.get_field(part.part_of)
        if not isinstance(owner, GenericForeignKey):
            if owner.related_model is model:
                yield part, lambda pk, name=owner.attname: {name: pk}
        elif any(relation.related_model is part for relation in model._meta.private_fields):
            kind = ContentType.objects.get_for_model(model).pk
            yield part, lambda pk, kind=kind: {"entry_type_id": kind, "entry_id": pk}


def parts_at(model, pk, moment, *, before=False):
    """Return {part's model: {id: row of its history}} of a record at a moment, or just before."""
    return {
        part: {
            row.pgh_obj_id: row
            for row in _newest(history_of(part), "pgh_obj_id", lookup(pk), moment, before)
        }
        for part, lookup in parts_of(model)
    }


def links_at(model, pk, moment, *, before=False):
    """Return {relation: [ids]} of a record's many-to-many relations at a moment, or just before."""
    links = {}
    for relation in model._meta.many_to_many:
        history = history_of(relation.remote_field.through)
        mine, theirs = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
        rows = _newest(history, theirs, {mine: pk}, moment, before)
        links[relation.name] = [getattr(row, theirs) for row in rows]
    return links


def deleted(model):
    """Return the newest rows in which the history keeps what was deleted, and is still gone."""
    rows = history_of(model).objects.filter(pgh_label=DELETED)
    gone = rows.exclude(pgh_obj_id__in=model._base_manager.values("pk"))
    newest = {}
    for row in gone.select_related("pgh_context").order_by("-pgh_id")[:LIMIT]:
        newest.setdefault(row.pgh_obj_id, row)
    return list(newest.values())


def _newest(history, identity, lookup, moment, before):
    """Return the newest row of each of some things up to a moment, but of those deleted by then."""
    when = "pgh_created_at__lt" if before else "pgh_created_at__lte"
    rows = history.objects.filter(**lookup, **{when: moment})
    newest = rows.order_by(identity, "-pgh_id").distinct(identity)
    return [row for row in newest if row.pgh_label != DELETED]
