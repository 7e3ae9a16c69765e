"""History: every write to every record, kept by database triggers and never changed afterwards."""

import pghistory
import pghistory.models
import pgtrigger
from django.apps import apps

# An event is written when it happens, and never on a day whose events are sealed
# (see casefile.seals): nobody can add to the past.
IN_ITS_TIME = pgtrigger.Trigger(
    name="in_its_time",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert,
    referencing=pgtrigger.Referencing(new="new_values"),
    func="""
        IF EXISTS (SELECT FROM new_values WHERE pgh_created_at <> now()) THEN
            RAISE EXCEPTION 'History is written when it happens, not for another time.';
        END IF;
        IF EXISTS (
            SELECT FROM casefile_seal
            WHERE day >= (now() AT TIME ZONE 'America/New_York')::date
        ) THEN
            RAISE EXCEPTION 'The history of this day is sealed. Begin the transaction again.';
        END IF;
        RETURN NULL;
    """,
)


def track(model):
    """Keep each insert, update and delete of a model's rows in ``<Model>History``.

    The rows of an object's history are ``object.history``. Deletes are not among
    django-pghistory's defaults; without them a deleted row would vanish.
    """
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}History",
        obj_field=pghistory.ObjForeignKey(related_name="history", related_query_name="history"),
        meta={"triggers": [IN_ITS_TIME]},
    )(model)


def track_links(model):
    """Keep each insert and delete of a many-to-many table, given as a proxy of it."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}History",
        obj_field=None,
        meta={"triggers": [IN_ITS_TIME]},
    )(model)


def tracked_models():
    """Return (model, history model) of each table whose history is kept, links included."""
    return [
        (model.pgh_tracked_model, model)
        for model in apps.get_models()
        if issubclass(model, pghistory.models.Event) and hasattr(model, "pgh_tracked_model")
    ]
