"""Rounds: campaigns of letters, and the numbered things that each asks for."""

import pgtrigger
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse

from casefile import constraints
from casefile.history import track


def item_of_the_answered_demand(kind, operation):
    """Return the trigger by which what a response produced is of the demand that it answers."""
    return pgtrigger.Trigger(
        name="item_of_the_answered_demand",
        when=pgtrigger.After,
        operation=operation,
        # A load writes letters, items and productions one after the other.
        timing=pgtrigger.Deferred,
        func=f"PERFORM letters_require_answered_item('{kind}', NEW.id); RETURN NULL;",
    )


@track
class Round(models.Model):
    """One campaign of letters: announced on a day, same demand, usually one deadline."""

    slug = models.SlugField(max_length=200, unique=True)
    title = models.CharField()
    announced_on = models.DateField()
    issuing_office = models.CharField(blank=True)
    signed_by = models.CharField(blank=True)
    legal_basis = models.CharField(blank=True)
    program = models.CharField(blank=True)
    fiscal_year = models.PositiveSmallIntegerField(null=True, blank=True)
    deadline = models.DateField(null=True, blank=True)
    consequence = models.TextField(blank=True, help_text="What the letters say would follow.")
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ["-announced_on", "slug"]
        constraints = [
            constraints.keeps_direction(
                "title", "issuing_office", "signed_by", "legal_basis", "program"
            ),
            CheckConstraint(
                name="letters_round_deadline_not_before_announced_on",
                condition=Q(deadline__isnull=True) | Q(deadline__gte=F("announced_on")),
                violation_error_message="Deadline can't be before the day of the announcement.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("round_detail", args=[self.slug])


@track
class DemandItem(models.Model):
    """One numbered thing that a round asks for."""

    part_of = "round"

    round = models.ForeignKey(Round, models.PROTECT, related_name="demand_items")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            UniqueConstraint(
                name="letters_demanditem_number_once",
                fields=["round", "number"],
                violation_error_message="This round already has a demand item with that number.",
            ),
            CheckConstraint(
                name="letters_demanditem_number_positive",
                condition=Q(number__gte=1),
                violation_error_message="Demand items are numbered from 1.",
            ),
        ]
        triggers = [item_of_the_answered_demand("item", pgtrigger.UpdateOf("round_id"))]

    def __str__(self):
        return f"{self.number}. {self.text}"
