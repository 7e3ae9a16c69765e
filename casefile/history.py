"""History: every write to every record, kept by database triggers and never changed afterwards."""

import pghistory


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
    )(model)


def track_links(model):
    """Keep each insert and delete of a many-to-many table, given as a proxy of it."""
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.DeleteEvent(),
        model_name=f"{model.__name__}History",
        obj_field=None,
    )(model)
