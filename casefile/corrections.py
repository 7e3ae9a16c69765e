"""Corrections: what was changed in a record after readers had seen it. Triggers alone make them.

See the migrations `corrections` and `corrections_of_parts` in letters, which know every table. A
change counts where the record was public before and after it; what is private or belongs to review
never does.
"""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from casefile import constraints
from casefile.history import track


class CorrectionQuerySet(models.QuerySet):
    def of(self, record):
        return self.filter(entry_type=ContentType.objects.get_for_model(record), entry_id=record.pk)

    def unconfirmed(self):
        """Keep the changes that wait for a second reviewer. A merge changes no entry's facts."""
        return self.material().filter(
            is_retraction=False, is_merge=False, confirmed_by__isnull=True
        )

    def material(self):
        return self.filter(immaterial_by__isnull=True)


@track
class Correction(models.Model):
    """One change of a published entry, or its retraction, with who made it and why.

    The ``entry`` may also be a record without review that something published rests on: a
    jurisdiction, an official, a round or a source.

    ``changes`` are ``{column: [before, after]}``, and of parts ``{"citation 12": [...]}``, so too
    ``production`` and ``demanditem``: each side an object of the part's columns, or None. A
    link is ``{"jurisdictions 12": [None, 12]}`` where it was added. ``change_id`` tells one change,
    a form or a transaction, from all others. The user is None for a program.
    """

    entry_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    entry_id = models.BigIntegerField()
    entry = GenericForeignKey("entry_type", "entry_id")
    change_id = models.CharField(editable=False)
    is_retraction = models.BooleanField(default=False)
    is_merge = models.BooleanField(
        default=False, help_text="Two records of the same thing became one, or two again."
    )
    changes = models.JSONField(default=dict)
    reason = models.CharField(blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    changed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    confirmed_at = models.DateTimeField(null=True)
    immaterial_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        null=True,
        help_text="Who found that the change makes no difference to readers.",
    )
    immaterial_at = models.DateTimeField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        # Publish: to sign the changes of what has no review, and so no permission of its own.
        default_permissions = ["view", "publish"]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="correction_newest_first"),
        ]
        constraints = [
            constraints.keeps_direction("reason"),
            UniqueConstraint(
                name="casefile_correction_once_per_change",
                fields=["entry_type", "entry_id", "change_id", "is_retraction"],
                violation_error_message="This change is noted already.",
            ),
            CheckConstraint(
                name="casefile_correction_confirmer_is_not_changer",
                condition=Q(confirmed_by__isnull=True)
                | Q(changed_by__isnull=True)
                | ~Q(confirmed_by=F("changed_by")),
                violation_error_message="Who changed a published entry can't confirm the change:"
                " a second person has to.",
            ),
            CheckConstraint(
                name="casefile_correction_immaterial_by_another",
                condition=Q(immaterial_by__isnull=True)
                | Q(changed_by__isnull=True)
                | ~Q(immaterial_by=F("changed_by")),
                violation_error_message="Who changed a published entry can't say that the change"
                " makes no difference: a second person has to.",
            ),
            CheckConstraint(
                name="casefile_correction_signatures_are_dated",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message="A confirmation must say who confirmed and when.",
            ),
            CheckConstraint(
                name="casefile_correction_immaterial_is_dated",
                condition=Q(immaterial_by__isnull=True, immaterial_at__isnull=True)
                | Q(immaterial_by__isnull=False, immaterial_at__isnull=False),
                violation_error_message="Who finds a change not material is named, with the time.",
            ),
        ]

    def __str__(self):
        return f"{'Retraction' if self.is_retraction else 'Correction'} of {self.entry}"

    @property
    def is_confirmed(self):
        return self.confirmed_by_id is not None
