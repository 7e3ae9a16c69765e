"""Receipts: which reports went out, so that a file can be checked against what was sent."""

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint


class Receipt(models.Model):
    """One report as it was sent: to whom, what was asked, and the hash of what they got.

    A public report that many readers get from one file has one receipt without a user.
    """

    sha256 = models.CharField("SHA-256", db_index=True)
    report = models.CharField()
    question = models.JSONField()
    revision = models.BigIntegerField()
    rows = models.BigIntegerField()
    bytes = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            UniqueConstraint(
                name="casefile_receipt_once_without_user",
                fields=["sha256", "question"],
                condition=Q(user__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.report}, {self.made_at:%Y-%m-%d %H:%M}"

    @classmethod
    def record(cls, sidecar, user=None):
        """Keep the receipt of a report from its sidecar; once, where no user is named."""
        asked = ("as_of", "known_on", "filters", "excel", "raw", "drafts", "inclusion", "revision")
        fields = {name: sidecar[name] for name in ("sha256", "report", "revision", "rows", "bytes")}
        question = {name: sidecar[name] for name in asked if name in sidecar}
        receipt = cls(**fields, question=question, user=user)
        # Many who download at once meet at the constraint, and one of them keeps the receipt.
        cls.objects.bulk_create([receipt], ignore_conflicts=user is None)
