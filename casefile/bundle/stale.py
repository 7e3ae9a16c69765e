"""Stale rows: what somebody has written since another agreed to a preview of a load.

The version of a table is the newest row of its history, and of its links'; read while nobody else
may write. What is newer was written since.
"""

from django.db.models import Max

from casefile.bundle.checks import report
from casefile.bundle.columns import quoted
from casefile.versions import history_of

ADVICE = "This was changed since the preview: look at it again, and load it then."


def version_of(table):
    """Return the version of a table: the newest rows of its histories, by their tables."""
    return {
        history._meta.db_table: history.objects.aggregate(newest=Max("pgh_id"))["newest"] or 0
        for history, _ in _histories(table)
    }


def check_unchanged(staged, seen, problems):
    """Report the stored rows that a load would change and that are newer than a version."""
    for history, column in _histories(staged.table):
        relation = quoted(history._meta.db_table)
        report(
            staged,
            problems,
            f"SELECT line, NULL, %s FROM {staged.ready} s WHERE changed AND EXISTS"
            f" (SELECT FROM {relation} h WHERE h.{quoted(column)} = s.id AND h.pgh_id > %s)"
            " ORDER BY line",
            [ADVICE, (seen or {}).get(history._meta.db_table, 0)],
        )


def _histories(table):
    """Yield the histories of a table's rows and of their links, each with its column of row ids."""
    yield history_of(table.model), "pgh_obj_id"
    for relation in table.model._meta.many_to_many:
        yield history_of(relation.remote_field.through), f"{relation.m2m_field_name()}_id"
