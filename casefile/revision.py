"""The record's revision: a number that rises with every change that readers can see.

Triggers raise it inside the transaction that makes the change (see the migration record_revision in
letters, which knows every table), so whoever reads a revision and then the record in one snapshot
has both from the same moment. A draft never raises it.
"""

from django.db import models


class Revision(models.Model):
    """The one row that holds the number; the migration makes it, triggers keep it."""

    number = models.BigIntegerField(default=0)
    raised_at = models.DateTimeField(auto_now_add=True)
    raised_by = models.BigIntegerField(default=0, help_text="The transaction that raised it last.")

    def __str__(self):
        return f"Revision {self.number}"


def current_revision():
    """Return the Revision as this transaction sees it."""
    return Revision.objects.get()
