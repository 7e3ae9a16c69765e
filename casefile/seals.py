"""Seals: each day's history is bound into a chain of hashes, so that a later change shows.

Every event of the history is a link: SHA-256 of the link before it and of the event with its
context (who, from which request, why). A day's seal is the SHA-256 of its last link and the day.
Whoever changes the history afterwards, even with the rights of the database's owner, has to make
all later links and heads again; and the heads are printed on /reports/ and in every report's
sidecar, so those that others have kept no longer agree.
"""

import datetime as dt
from typing import NamedTuple
from uuid import uuid4

from django.db import connection, models, transaction
from django.db.models import UniqueConstraint
from django.utils import timezone

from casefile.history import tracked_models
from casefile.revision import Revision, current_revision

# What comes before the first link.
ORIGIN = "0" * 64


class Seal(models.Model):
    """The seal of all history through a day, in Washington's time. Never changed afterwards.

    ``columns`` are the history's tables and their columns at that time, {table: [column]}: what
    the links were made of, whatever columns are added later.
    """

    day = models.DateField(unique=True)
    head = models.CharField("SHA-256 of the chain")
    columns = models.JSONField()
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day}: {self.head}"


class SealedEvent(models.Model):
    """A link of the chain: which event of which history, and the hash up to it."""

    position = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, models.PROTECT, related_name="events")
    history = models.CharField("table")
    event = models.BigIntegerField()
    digest = models.BinaryField()

    class Meta:
        ordering = ["position"]
        constraints = [
            UniqueConstraint(name="casefile_event_sealed_once", fields=["history", "event"])
        ]

    def __str__(self):
        return f"{self.history} {self.event}"


class Finding(NamedTuple):
    """Something that is not as it was sealed: the seal's day, the table, the event and why."""

    day: dt.date
    table: str
    event: int | None
    what: str

    def __str__(self):
        event = f" event {self.event}" if self.event else ""
        return f"{self.day} {self.table}{event}: {self.what}"


def seal_history(day):
    """Seal all events through a day that are in no seal yet; return the Seal.

    A day that is sealed already gives its seal again. Waits for transactions that are writing.

    Raises:
        ValueError: a later day is sealed.
    """
    columns = {
        history._meta.db_table: [field.column for field in history._meta.concrete_fields]
        for _, history in tracked_models()
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # Nobody writes history while a day is sealed, and whoever had begun is done.
        cursor.execute(f"LOCK TABLE {Seal._meta.db_table} IN EXCLUSIVE MODE")
        cursor.execute(f"LOCK TABLE {', '.join(columns)} IN SHARE MODE")
        last = Seal.objects.first()
        if last and last.day >= day:
            if last.day == day:
                return last
            raise ValueError(f"The history is sealed through {last.day} already.")
        seal = Seal.objects.create(day=day, head="", columns=columns)
        end = SealedEvent.objects.order_by("-position").first()
        _in_utc(cursor)
        cursor.execute(
            f"""
            INSERT INTO casefile_sealedevent (position, seal_id, history, event, digest)
            SELECT
                %(end)s + row_number() OVER w, %(seal)s, history, event,
                casefile_chain(%(before)s, content) OVER w
            FROM ({_contents(columns, "unsealed")}) c
            WINDOW w AS (ORDER BY at, history, event ROWS UNBOUNDED PRECEDING)
            """,
            {
                "day": day,
                "end": end.position if end else 0,
                "seal": seal.pk,
                "before": bytes.fromhex(last.head if last else ORIGIN),
            },
        )
        seal.head = _head(cursor, seal, last)
        seal.save()
        # The head is on public pages: what was kept of them is made again.
        Revision.objects.filter(pk=current_revision().pk).update(token=uuid4())
    return seal


def verify_seal(seal, before=None):
    """Return the Findings about one Seal, whose events follow those of the Seal ``before`` it."""
    with transaction.atomic(), connection.cursor() as cursor:
        _in_utc(cursor)
        missing = _missing_columns(cursor, seal)
        if missing:
            return [
                Finding(seal.day, table, None, f"the sealed column {column} is gone")
                for table, column in missing
            ]
        cursor.execute(
            f"""
            SELECT history, event, CASE
                WHEN position <> previous + 1 THEN 'a link of the chain before it is gone'
                WHEN content IS NULL THEN 'deleted since it was sealed'
                ELSE 'changed since it was sealed'
            END
            FROM (
                SELECT s.*, c.content,
                    lag(position, 1, %(end)s) OVER w AS previous,
                    lag(digest, 1, %(before)s) OVER w AS before
                FROM casefile_sealedevent s
                LEFT JOIN ({_contents(seal.columns, "sealed")}) c USING (history, event)
                WHERE seal_id = %(seal)s
                WINDOW w AS (ORDER BY position)
            ) links
            WHERE position <> previous + 1
                OR digest IS DISTINCT FROM sha256(before || content)
            ORDER BY position
            """,
            {
                "seal": seal.pk,
                "end": _end(before),
                "before": bytes.fromhex(before.head if before else ORIGIN),
            },
        )
        findings = [Finding(seal.day, *row) for row in cursor.fetchall()]
        if seal.head != _head(cursor, seal, before):
            findings.append(Finding(seal.day, "casefile_seal", None, "the head is not the chain's"))
    return findings


def find_unsealed():
    """Return Findings of events that are dated within sealed days and are in no seal."""
    seal = Seal.objects.first()
    if seal is None:
        return []
    with transaction.atomic(), connection.cursor() as cursor:
        _in_utc(cursor)
        cursor.execute(
            f"SELECT at, history, event FROM ({_contents(seal.columns, 'unsealed')}) c"
            " ORDER BY at, history, event",
            {"day": seal.day},
        )
        return [
            Finding(timezone.localdate(at), table, event, "not there when its day was sealed")
            for at, table, event in cursor.fetchall()
        ]


def _contents(columns, which):
    """Return SQL for (table, event, at, content) of the sealed or unsealed events.

    Takes the parameter seal, or day. The content is the SHA-256 of the event and its context.
    """
    wanted = {
        "sealed": "JOIN casefile_sealedevent s ON s.history = '{table}' AND s.event = h.pgh_id"
        " AND s.seal_id = %(seal)s",
        "unsealed": "WHERE (h.pgh_created_at AT TIME ZONE 'America/New_York')::date <= %(day)s"
        " AND NOT EXISTS (SELECT FROM casefile_sealedevent s"
        " WHERE s.history = '{table}' AND s.event = h.pgh_id)",
    }[which]
    return " UNION ALL ".join(
        f"""
        SELECT '{table}' AS history, h.pgh_id AS event, h.pgh_created_at AS at,
            sha256(convert_to(
                '{table}' || to_jsonb(e)::text || coalesce(context.metadata::text, ''), 'UTF8'
            )) AS content
        FROM {table} h
        CROSS JOIN LATERAL (SELECT {", ".join(f'h."{column}"' for column in names)}) e
        LEFT JOIN pghistory_context context ON context.id = h.pgh_context_id
        {wanted.format(table=table)}
        """
        for table, names in columns.items()
    )


def _in_utc(cursor):
    # Times are written out in the session's zone, and hashed as written.
    cursor.execute("SET LOCAL timezone = 'UTC'")


def _end(seal):
    last = seal and SealedEvent.objects.filter(seal__day__lte=seal.day).order_by("position").last()
    return last.position if last else 0


def _head(cursor, seal, before):
    """Return what the head of a seal has to be: of its last link, or the seal's before it."""
    cursor.execute(
        """
        SELECT encode(sha256(coalesce(
            (SELECT digest FROM casefile_sealedevent
                WHERE seal_id = %s ORDER BY position DESC LIMIT 1),
            %s
        ) || convert_to(%s, 'UTF8')), 'hex')
        """,
        [seal.pk, bytes.fromhex(before.head if before else ORIGIN), seal.day.isoformat()],
    )
    return cursor.fetchone()[0]


def _missing_columns(cursor, seal):
    cursor.execute(
        """
        SELECT * FROM (
            SELECT key, jsonb_array_elements_text(value)
            FROM casefile_seal, jsonb_each(columns) WHERE id = %s
        ) sealed
        EXCEPT
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public'
        ORDER BY 1, 2
        """,
        [seal.pk],
    )
    return cursor.fetchall()
