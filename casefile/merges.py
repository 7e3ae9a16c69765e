"""Merges: which record stands for another one that was entered for the same thing.

The merged record is gone; the history keeps what it was. Its key stays taken, and the addresses
that it had lead to the survivor. `casefile.merging` makes merges and undoes them.
"""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy as _

from casefile import constraints
from casefile.history import track

PERMISSION = "merge"  # of the kinds of records that can be merged, among their default permissions


def is_mergeable(model):
    return PERMISSION in model._meta.default_permissions


def key_field(model):
    """Return the name of the field that stands in a record's address."""
    return next(f.name for f in model._meta.concrete_fields if isinstance(f, models.SlugField))


class MergeQuerySet(models.QuerySet):
    def of(self, model):
        """Keep the merges of one kind of record."""
        return self.filter(kind=ContentType.objects.get_for_model(model))

    def into(self, record):
        """Keep the merges of others into a record."""
        return self.of(type(record)).filter(survivor_id=record.pk)


@track
class Merge(models.Model):
    """One record that was merged into another, as long as that isn't undone.

    A merge that came with a bundle is an address alone: who, when, why and how are empty.
    ``undo`` is what it takes to undo it, see `casefile.merging`.
    """

    kind = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    old_key = models.SlugField(max_length=200)
    survivor_id = models.BigIntegerField()
    survivor = GenericForeignKey("kind", "survivor_id")
    merged_id = models.BigIntegerField(null=True)
    merged_name = models.CharField(blank=True)
    reason = models.CharField(blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    merged_at = models.DateTimeField(null=True)
    undo = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "old_key"]
        default_permissions = []
        indexes = [models.Index(fields=["kind", "survivor_id"])]
        constraints = [
            constraints.keeps_direction("merged_name", "reason"),
            UniqueConstraint(
                name="casefile_merge_once",
                fields=["kind", "old_key"],
                violation_error_message=_("That record was merged into another one already."),
            ),
        ]

    def __str__(self):
        return self.merged_name or self.old_key
