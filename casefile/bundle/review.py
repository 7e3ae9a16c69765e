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


def check_moves(staged, people, problems):
    """Report changes of status that no steps lead to, and changes that need another to make them.

    What becomes public, though it be retracted at once, needs a publisher; what is public already
    is changed by the corrector.
    """
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
    corrects = f"changed AND stored_status = '{Status.PUBLISHED}'"
    publishes = (
        f"(status = '{Status.PUBLISHED}' OR changed AND status = '{Status.RETRACTED}')"
        f" AND stored_status IS DISTINCT FROM status"
        f" AND stored_status IS DISTINCT FROM '{Status.PUBLISHED}'"
    )
    _require(staged, people.corrector, corrects, problems)
    _require(staged, people.publisher, publishes, problems)


def _require(staged, user, condition, problems):
    """Report the rows that only somebody who may publish can load, if the user isn't one."""
    meta = staged.table.model._meta
    permission = f"{meta.app_label}.publish_{meta.model_name}"
    if user is None:
        advice = (
            "This changes the public record: give --publish-as with the name of a user who may"
            " publish."
        )
    elif not user.has_perm(permission):
        advice = (
            f"{user.get_username()} may not publish {meta.verbose_name_plural}: give"
            f" --publish-as a user with the permission {permission}."
        )
    else:
        return
    report(
        staged,
        problems,
        f"SELECT line, status, %s FROM {staged.ready} WHERE {condition} ORDER BY line",
        [advice],
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
