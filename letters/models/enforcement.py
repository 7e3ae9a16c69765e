"""Enforcement: the steps that DOJ takes about a letter."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casefile import constraints
from casefile.entries import Entry
from casefile.history import track
from letters.models.letters import Letter


class EnforcementKind(models.TextChoices):
    SUBPOENA_THREATENED = "subpoena_threatened", _("Subpoena threatened")
    SUBPOENA_ISSUED = "subpoena_issued", _("Subpoena issued")
    PETITION_FILED = "petition_filed", _("Court petition filed")
    FUNDS_ACTION = "funds_action", _("Action on funds")
    CLOSED = "closed", _("Closed")


@track
class EnforcementStep(Entry):
    """A step of DOJ about a letter. The kinds stand in the order in which they go further."""

    entry_kind = "enforcement"
    belongs_to = "letter"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="enforcement_steps")
    kind = models.CharField(choices=EnforcementKind)
    summary = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [*Entry.Meta.constraints, constraints.one_of("kind", EnforcementKind)]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.dated}"
