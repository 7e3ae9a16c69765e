"""Corrections as readers see them: of what is public, as of the day on which they were made.

What has no review of its own, such as a jurisdiction, is public as `letters.visibility` says. A
retracted entry is not public: its retraction is listed by key and kind alone, and what was
corrected in it before is not.
"""

import datetime as dt
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import make_aware
from django.utils.translation import gettext

from casefile.corrections import Correction
from casefile.differences import described
from casefile.entries import Entry, Status
from casefile.models import Source
from jurisdictions.models import Award, Jurisdiction
from letters.models import Official, Round
from letters.visibility import (
    CITED,
    is_one_of,
    public_jurisdictions,
    public_officials,
    public_rounds,
    public_sources,
)

ON_A_PAGE = 25
WITHOUT_REVIEW = {
    Jurisdiction: public_jurisdictions,
    Official: public_officials,
    Round: public_rounds,
    Source: public_sources,
}
EVERYTHING = {model: [Q()] for model in [*CITED, *WITHOUT_REVIEW]}


def public_corrections(day, scope=EVERYTHING):
    """Return the corrections that readers may see as of a day, newest first.

    ``scope`` says which entries they are of: see `letters.docket.scopes`.
    """
    public, retracted = Q(pk__in=[]), Q(pk__in=[])
    for model, conditions in scope.items():
        kind = Q(entry_type=ContentType.objects.get_for_model(model))
        for condition in conditions:
            if public_on := WITHOUT_REVIEW.get(model):
                # One by one: few of them were ever corrected.
                seen = public_on(day).filter(condition, pk=OuterRef("entry_id"))
                public |= kind & Exists(seen)
                continue
            seen = model.objects.public(day).filter(condition)
            public |= kind & _of(seen, condition)
            if issubclass(model, Entry):
                gone = model.objects.on_record(day).filter(condition, status=Status.RETRACTED)
                retracted |= kind & _of(gone, condition)
    known = Correction.objects.material().filter(changed_at__lt=end_of(day))
    return known.filter(
        Q(public, is_retraction=False) | Q(retracted, is_retraction=True)
    ).select_related("entry_type")


def _of(entries, condition):
    """Return the condition that a correction is of one of some entries.

    They are few where there is a condition on them; else each correction looks for its own.
    """
    return Q(entry_id__in=entries.values("pk")) if condition else is_one_of(entries, "entry_id")


def corrections_of(entries, day):
    """Return the newest corrections of public entries and records, described, with their ``entry``.

    An entry is an instance, or a row of the docket: what the page shows is asked for no further.
    """
    by_pk = defaultdict(dict)
    for entry in entries:
        by_pk[getattr(entry, "model", None) or type(entry)].setdefault(entry.pk, entry)
    types = ContentType.objects.get_for_models(*by_pk)
    asked = Q()
    for model, found in by_pk.items():
        asked |= Q(entry_type=types[model], entry_id__in=found)
    known = Correction.objects.material().filter(changed_at__lt=end_of(day), is_retraction=False)
    known = known.filter(asked) if asked else known.none()
    notices = described(known.select_related("entry_type")[:ON_A_PAGE])
    for notice in notices:
        correction = notice.correction
        notice.entry = by_pk[correction.entry_type.model_class()][correction.entry_id]
    return notices


def attach_entries(notices):
    """Give each described correction its ``entry``, in one query for each kind of entry."""
    by_type = {}
    for notice in notices:
        by_type.setdefault(notice.correction.entry_type, set()).add(notice.correction.entry_id)
    found = {}
    for entry_type, pks in by_type.items():
        model = entry_type.model_class()
        rows = model.objects.filter(pk__in=pks).select_related(*_named_by(model))
        rows = rows.defer("text") if model is Source else rows
        found |= {(entry_type.pk, row.pk): row for row in rows}
    for notice in notices:
        correction = notice.correction
        notice.entry = found[correction.entry_type_id, correction.entry_id]
        notice.kind = gettext(str(notice.entry._meta.verbose_name))
        notice.name = getattr(notice.entry, "key", None) or notice.entry.slug
        notice.address = _address(notice.entry)
    return notices


def _named_by(model):
    """Return the foreign keys that the name and the address of an entry are made with."""
    own = [
        field.name
        for field in model._meta.concrete_fields
        if field.many_to_one and not field.name.endswith("_by") and "reply" not in field.name
    ]
    parent = getattr(model, "belongs_to", None)
    if parent is None:
        return own
    above = model._meta.get_field(parent).related_model
    return [*own, *(f"{parent}__{name}" for name in _named_by(above))]


def _address(entry):
    """Return the public address at which an entry stands, "" if on no page of its own."""
    if hasattr(entry, "get_absolute_url"):
        return entry.get_absolute_url()
    parent = getattr(entry, entry.belongs_to) if getattr(entry, "belongs_to", None) else None
    if isinstance(parent, Award):
        parent = parent.jurisdiction
    page = parent or getattr(entry, "jurisdiction", None)
    return f"{page.get_absolute_url()}#{entry.key}" if page else ""


def end_of(day):
    """Return the moment at which a day ends, in the time zone of the record."""
    return make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))
