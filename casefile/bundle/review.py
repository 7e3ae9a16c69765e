"""Review: by which steps the status of stored entries moves to what a bundle gives."""

from collections import deque

from django.db import connection

from casefile.bundle.checks import report
from casefile.entries import REVIEW_STEPS, Status


def _ways():
    """Return {(from, to): the statuses on the way, ``to`` included} for each possible move."""
    found = {}
    for start in Status.values:
        waiting = deque([(start, ())])
        while waiting:
            status, way = waiting.popleft()
            for before, after in REVIEW_STEPS:
                if before == status and after != start and (start, after) not in found:
                    found[start, after] = (*way, after)
                    waiting.append((after, found[start, after]))
    return found


WAYS = _ways()


def check_moves(staged, publisher, problems):
    """Report changes of status that no steps lead to, and those that need a publisher."""
    possible = ", ".join(f"('{start}', '{end}')" for start, end in WAYS)
    report(
        staged,
        problems,
        "SELECT line, status, format('The stored entry is %%s and can''t become %%s.',"
        f" replace(stored_status, '_', ' '), replace(status, '_', ' ')) FROM {staged.ready}"
        f" WHERE stored_status <> status AND (stored_status, status) NOT IN ({possible})"
        " ORDER BY line",
        column="status",
    )
    touches_published = (
        f"(changed AND (stored_status = '{Status.PUBLISHED}'"
        f" OR status = '{Status.RETRACTED}' AND stored_status <> status)"
        f" OR status = '{Status.PUBLISHED}' AND stored_status IS DISTINCT FROM status)"
    )
    if publisher is None:
        report(
            staged,
            problems,
            "SELECT line, status, 'This changes the public record: give --publish-as with the name"
            f" of a user who may publish.' FROM {staged.ready} WHERE {touches_published}"
            " ORDER BY line",
            column="status",
        )
        return
    meta = staged.table.model._meta
    permission = f"{meta.app_label}.publish_{meta.model_name}"
    if not publisher.has_perm(permission):
        report(
            staged,
            problems,
            f"SELECT line, status, %s FROM {staged.ready} WHERE {touches_published} ORDER BY line",
            [
                f"{publisher.get_username()} may not publish {meta.verbose_name_plural}: give"
                f" --publish-as a user with the permission {permission}."
            ],
            column="status",
        )


def take_steps(staged, publisher):
    """Move stored entries to where the last step to their new status begins."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT stored_status, status FROM {staged.ready}"
            " WHERE changed AND stored_status <> status"
        )
        for start, end in cursor.fetchall():
            for status in WAYS[start, end][:-1]:
                signature, parameters = "", [status, start, end]
                if status == Status.PUBLISHED:
                    signature = ", published_by_id = %s, published_at = now()"
                    parameters.insert(1, publisher.pk)
                cursor.execute(
                    f"UPDATE {staged.table.relation} t SET status = %s{signature}"
                    f" FROM {staged.ready} s"
                    " WHERE t.id = s.id AND s.stored_status = %s AND s.status = %s",
                    parameters,
                )
