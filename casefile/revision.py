"""The record's revisions: each transaction that changes what readers can see makes one.

Triggers make them inside that transaction (see the migration record_revision in letters, which
knows every table), so whoever reads the revision and then the record in one snapshot has both from
the same moment. What only staff can see never makes one.
"""

from django.db import models
from django.db.models import BooleanField, F, Q, UniqueConstraint
from django.db.models.expressions import RawSQL

# Whether a revision is this transaction's own. Where nothing was written yet, it has no number.
IS_OURS = RawSQL(
    "coalesce(transaction = pg_current_xact_id_if_assigned()::text::bigint, false)",
    [],
    output_field=BooleanField(),
)


class Revision(models.Model):
    """One revision of the record. Triggers alone write them.

    ``number`` and ``raised_at`` are final from the commit on: both rise in the order in which
    readers come to see the changes. ``began_at`` is what the history says of every change that
    the transaction made.
    """

    number = models.BigIntegerField(db_index=True)
    transaction = models.BigIntegerField()
    began_at = models.DateTimeField(db_index=True)
    raised_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number", F("raised_at").desc(nulls_first=True)]
        constraints = [
            UniqueConstraint(
                name="casefile_revision_numbers_differ",
                fields=["number"],
                condition=Q(raised_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"Revision {self.number}"

    @property
    def identity(self):
        """Return what tells this revision from all others, those of a restored record included."""
        return f"{self.number}/{self.raised_at.isoformat()}" if self.raised_at else "0"


def current_revision():
    """Return the newest Revision that this transaction sees; number 0 of an empty record.

    ``is_ours`` says that this very transaction makes it, and may change the record further: what
    is read now belongs to no revision yet.
    """
    newest = Revision.objects.annotate(is_ours=IS_OURS).first()
    return newest or _nothing()


def revision_known_on(moment):
    """Return the Revision that readers saw at a past moment."""
    known = Revision.objects.filter(raised_at__lte=moment).annotate(is_ours=IS_OURS)
    return known.first() or _nothing()


def _nothing():
    revision = Revision(number=0)
    revision.is_ours = False
    return revision
