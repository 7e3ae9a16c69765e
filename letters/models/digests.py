"""Digests: which mail of a day was sent to whom, so that none is sent twice."""

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint


class Digest(models.Model):
    """A day's mail to a member of staff. No part of the record, and so without history."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                name="letters_digest_once_a_day",
                fields=["user", "day"],
                violation_error_message="This day's digest was sent to that user.",
            ),
        ]

    def __str__(self):
        return f"Digest of {self.day} to {self.user}"
