"""Receipts: which reports went out, so that a file can be checked against what was sent."""

from django.conf import settings
from django.db import models


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

    def __str__(self):
        return f"{self.report}, {self.made_at:%Y-%m-%d %H:%M}"

    @classmethod
    def record(cls, sidecar, user=None):
        """Keep the receipt of a report from its sidecar; once, where no user is named."""
        asked = ("as_of", "known_on", "filters", "excel", "raw", "drafts", "inclusion")
        fields = {name: sidecar[name] for name in ("sha256", "report", "revision", "rows", "bytes")}
        question = {name: sidecar[name] for name in asked}
        if user is None:
            cls.objects.get_or_create(**fields, user=None, defaults={"question": question})
        else:
            cls.objects.create(**fields, question=question, user=user)
