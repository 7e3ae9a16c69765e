"""Every write to every record leaves its event, by whatever path, and events never change."""

import io

import pghistory
import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, models, transaction
from django.urls import reverse
from factory.django import DjangoModelFactory
from pghistory.core import event_models

from casefile.entries import Entry, Status
from casefile.models import Citation
from jurisdictions.models import Jurisdiction
from letters.models import Event, Proceeding, Statement
from letters.models.events import EventJurisdiction, EventOfficial
from letters.models.proceedings import ProceedingJurisdiction
from letters.models.statements import StatementJurisdiction
from tests import factories
from tests.factories import JurisdictionFactory, OfficialFactory, PolicyFactory, UserFactory

pytestmark = pytest.mark.django_db

FACTORIES = {
    made._meta.model: made
    for made in vars(factories).values()
    if isinstance(made, type) and issubclass(made, DjangoModelFactory) and not made._meta.abstract
}
TRACKED = [
    model
    for model in {history.pgh_tracked_model for history in event_models()}
    if not model._meta.proxy
]
LINKS = {
    (Event, "jurisdictions"): EventJurisdiction,
    (Event, "officials"): EventOfficial,
    (Proceeding, "jurisdictions"): ProceedingJurisdiction,
    (Statement, "jurisdictions"): StatementJurisdiction,
}

every_tracked = pytest.mark.parametrize(
    "model", sorted(TRACKED, key=lambda model: model.__name__), ids=lambda model: model.__name__
)


def make(model):
    """Return a new record that may be deleted again."""
    if model is Citation:
        return FACTORIES[model](entry=PolicyFactory(status=Status.DRAFT, cited=False))
    draft = {"status": Status.DRAFT} if issubclass(model, Entry) else {}
    return FACTORIES[model](**draft, **({"cited": False} if hasattr(model, "entry_kind") else {}))


def free_text(model):
    """Return the name of a text field of a model that takes any text."""
    return next(
        field.name
        for field in reversed(model._meta.concrete_fields)
        if isinstance(field, (models.TextField, models.CharField))
        and field.editable
        and not field.choices
        and not isinstance(field, models.SlugField)
        and "url" not in field.name
    )


def labels(model):
    """Return what the history of all records of a kind says, in order."""
    events = model.history.rel.related_model.objects.order_by("pgh_id")
    return list(events.values_list("pgh_label", flat=True))


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def copied_out(table):
    text = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as rows:
        for chunk in rows:
            text.write(chunk)
    return text.getvalue()


def copy_in(table, text):
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN") as rows:
        rows.write(text)


def test_every_record_is_tracked():
    assert set(TRACKED) == set(FACTORIES) - {get_user_model()}


@every_tracked
def test_every_path_of_writing_leaves_an_event(model):
    field, table = free_text(model), model._meta.db_table
    record = make(model)
    same = {f.attname: getattr(record, f.attname) for f in model._meta.concrete_fields}

    def change():
        setattr(record, field, "by save")
        record.save()

    def bulk_update():
        setattr(record, field, "by bulk_update")
        model.objects.bulk_update([record], [field])

    text = None
    paths = {
        "save": change,
        "update": lambda: model.objects.update(**{field: "by update"}),
        "bulk_update": bulk_update,
        "raw update": lambda: execute(f"UPDATE {table} SET {field} = 'by SQL'"),
        "queryset delete": lambda: model.objects.filter(pk=record.pk).delete(),
        "bulk_create": lambda: model.objects.bulk_create([model(**same)]),
        "delete": lambda: model.objects.get(pk=record.pk).delete(),
        "raw insert": lambda: copy_in(table, text),
        "raw delete": lambda: execute(f"DELETE FROM {table} WHERE id = %s", record.pk),
    }
    left = {}
    for path, write in paths.items():
        if path == "delete":
            text = copied_out(table)
        before = len(labels(model))
        write()
        left[path] = labels(model)[before:]

    assert labels(model)[0] == "insert"
    assert left == {
        "save": ["update"],
        "update": ["update"],
        "bulk_update": ["update"],
        "raw update": ["update"],
        "queryset delete": ["delete"],
        "bulk_create": ["insert"],
        "delete": ["delete"],
        "raw insert": ["insert"],
        "raw delete": ["delete"],
    }


def test_one_write_of_many_rows_leaves_an_event_for_each():
    JurisdictionFactory.create_batch(3)

    Jurisdiction.objects.update(note="checked")

    assert labels(Jurisdiction) == ["insert"] * 3 + ["update"] * 3


def test_write_that_changes_nothing_leaves_no_event():
    JurisdictionFactory(note="same")

    Jurisdiction.objects.update(note="same")

    assert labels(Jurisdiction) == ["insert"]


@pytest.mark.parametrize(("relation", "links"), LINKS.items(), ids=str)
def test_every_link_leaves_an_event(relation, links):
    model, name = relation
    record = make(model)
    make_linked = OfficialFactory if name == "officials" else JurisdictionFactory
    first, second, third = make_linked(), make_linked(), make_linked()
    history = next(history for history in event_models() if history.pgh_tracked_model is links)

    related = getattr(record, name)
    related.add(first)
    related.add(second)
    related.remove(first)
    related.set([third])
    related.clear()

    events = history.objects.order_by("pgh_id").values_list("pgh_label", name.removesuffix("s"))
    assert list(events) == [
        ("insert", first.pk),
        ("insert", second.pk),
        ("delete", first.pk),
        ("delete", second.pk),
        ("insert", third.pk),
        ("delete", third.pk),
    ]


def test_every_link_table_is_tracked():
    links = {
        (model, relation.name) for model in TRACKED for relation in model._meta.local_many_to_many
    }

    assert links == set(LINKS)


def test_event_keeps_the_whole_row():
    record = JurisdictionFactory(name="Before", note="kept")
    Jurisdiction.objects.update(name="After")

    events = record.history.order_by("pgh_id").values_list("name", "note")

    assert list(events) == [("Before", "kept"), ("After", "kept")]


@pytest.mark.parametrize("history", event_models(), ids=lambda history: history.__name__)
@pytest.mark.parametrize("write", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
def test_events_cannot_be_changed_or_deleted(history, write):
    tracked = history.pgh_tracked_model
    record = make(tracked) if tracked in FACTORIES else None
    if record is None:
        (model, name), _ = next(item for item in LINKS.items() if item[1] is tracked)
        getattr(make(model), name).add(
            OfficialFactory() if name == "officials" else JurisdictionFactory()
        )

    with pytest.raises(DatabaseError, match="Cannot update or delete rows"), transaction.atomic():
        execute(write.format(history._meta.db_table))


def test_event_knows_the_user_and_the_address_of_the_request(client):
    administrator = UserFactory(group="Administrators")
    client.force_login(administrator)
    address = reverse("admin:letters_official_add")

    client.post(address, {"name": "Libby Schaaf", "slug": "libby-schaaf"})

    history = OfficialFactory._meta.model.history.rel.related_model
    assert history.objects.get().pgh_context.metadata == {
        "user": administrator.pk,
        "url": address,
    }


def test_events_of_one_context_share_it():
    with pghistory.context(reason="tidying up"):
        JurisdictionFactory()
        JurisdictionFactory()

    history = Jurisdiction.history.rel.related_model
    contexts = {event.pgh_context for event in history.objects.select_related("pgh_context")}
    assert [context.metadata for context in contexts] == [{"reason": "tidying up"}]
