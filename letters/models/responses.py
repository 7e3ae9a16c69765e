"""Responses: what a jurisdiction sent back, and what it produced item by item."""

from django.db import models
from django.db.models import UniqueConstraint

from casefile import constraints
from casefile.entries import Entry
from casefile.history import track
from letters.models.letters import Letter
from letters.models.rounds import DemandItem


class ResponseKind(models.TextChoices):
    ACKNOWLEDGMENT = "acknowledgment", "Acknowledgment"
    EXTENSION_REQUEST = "extension_request", "Extension request"
    UNASSESSED = "unassessed", "Answer, completeness not assessed"
    PARTIAL = "partial", "Partial answer"
    COMPLETE = "complete", "Complete answer"
    REFUSAL = "refusal", "Refusal"


@track
class Response(Entry):
    """What a jurisdiction sent back. A public statement is not a response.

    Partial, complete and refusal are judgements: their citation names who judged.
    """

    entry_kind = "responses"
    belongs_to = "letter"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="responses")
    kind = models.CharField(choices=ResponseKind)
    signed_by = models.CharField(blank=True)
    summary = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [*Entry.Meta.constraints, constraints.one_of("kind", ResponseKind)]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.dated}"


class Extent(models.TextChoices):
    PRODUCED = "produced", "Produced"
    PARTIAL = "partial", "Produced in part"
    WITHHELD = "withheld", "Withheld"
    NONE = "none", "Nothing produced"


@track
class Production(models.Model):
    """How far a response produced one demand item of the round."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="productions")
    item = models.ForeignKey(DemandItem, models.PROTECT, related_name="productions")
    extent = models.CharField(choices=Extent)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["response", "item__number"]
        constraints = [
            constraints.one_of("extent", Extent),
            UniqueConstraint(
                name="letters_production_item_once",
                fields=["response", "item"],
                violation_error_message="This response already has that demand item.",
            ),
        ]

    def __str__(self):
        return f"Item {self.item.number}: {self.get_extent_display()}"
