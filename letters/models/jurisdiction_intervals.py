"""What is kept of where jurisdictions stand: for any day, what their letters add up to."""

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from jurisdictions.models import Jurisdiction


class JurisdictionInterval(models.Model):
    """A stretch of days on which all that the letters to a jurisdiction add up to stays the same.

    Made by the rule in ``letters/sql/jurisdiction_rule.sql`` whenever the letters' own intervals
    change; nobody else writes it. A jurisdiction's intervals begin with its first letter, leave no
    gap and have no end.
    """

    jurisdiction = models.ForeignKey(
        Jurisdiction,
        models.DO_NOTHING,
        related_name="intervals",
        db_index=False,
        db_constraint=False,
    )
    published = models.BooleanField(help_text="Part of what readers see.")
    entered = models.BooleanField(help_text="Part of what staff see: drafts count.")
    during = DateRangeField()
    letter_count = models.PositiveIntegerField()
    states = models.CharField(help_text='What asks most for attention first, joined by "; ".')
    exposure = models.CharField(help_text='The failures of any of its letters, joined by "; ".')
    next_deadline = models.DateField(null=True)

    class Meta:
        indexes = [
            # The intervals of one day are found together, and lie together: a list reads them all.
            GistIndex(name="jurisdictions_on_day", fields=["during"]),
            # For the rule, and for pages of few jurisdictions, which ask by the condition. No list
            # is tempted to look through all days of one jurisdiction after the other.
            models.Index(
                name="days_of_jurisdiction",
                fields=["jurisdiction"],
                condition=Q(letter_count__gt=0),
            ),
        ]

    def __str__(self):
        return f"{self.letter_count} letters, {self.during.lower} to {self.during.upper or 'now'}"
