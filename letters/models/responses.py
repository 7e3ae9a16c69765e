"""Responses: what a jurisdiction sent back, and what it produced item by item."""

import pgtrigger
from django.db import models
from django.db.models import UniqueConstraint
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casefile import constraints
from casefile.entries import Entry
from casefile.history import track
from letters.models.letters import Letter
from letters.models.rounds import DemandItem, item_of_the_answered_demand


class ResponseKind(models.TextChoices):
    ACKNOWLEDGMENT = "acknowledgment", _("Acknowledgment")
    EXTENSION_REQUEST = "extension_request", _("Extension request")
    UNASSESSED = "unassessed", _("Answer, completeness not assessed")
    PARTIAL = "partial", _("Partial answer")
    COMPLETE = "complete", _("Complete answer")
    REFUSAL = "refusal", _("Refusal")


# What answers a letter, by the rule in ``letters/sql/state_rule.sql``. A test compares the two.
SUBSTANTIVE = [
    ResponseKind.UNASSESSED,
    ResponseKind.PARTIAL,
    ResponseKind.COMPLETE,
    ResponseKind.REFUSAL,
]


def whole_if_complete(response, operation, condition):
    """Return the trigger by which a complete answer has produced each item that it records."""
    return pgtrigger.Trigger(
        name="whole_if_complete",
        when=pgtrigger.After,
        operation=operation,
        condition=condition,
        # A response and its productions are written one after the other.
        timing=pgtrigger.Deferred,
        func=f"PERFORM letters_require_whole(NEW.{response}); RETURN NULL;",
    )


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
        constraints = [
            *Entry.Meta.constraints,
            constraints.one_of("kind", ResponseKind),
            constraints.keeps_direction("signed_by"),
        ]
        triggers = [
            *Entry.Meta.triggers,
            whole_if_complete(
                "id",
                pgtrigger.Insert | pgtrigger.UpdateOf("kind"),
                pgtrigger.Q(new__kind=ResponseKind.COMPLETE),
            ),
            item_of_the_answered_demand("response", pgtrigger.UpdateOf("letter_id")),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.dated}"


class Extent(models.TextChoices):
    PRODUCED = "produced", _("Produced")
    PARTIAL = "partial", _("Produced in part")
    WITHHELD = "withheld", _("Withheld")
    NONE = "none", _("Nothing produced")


@track
class Production(models.Model):
    """How far a response produced one demand item of the round."""

    part_of = "response"

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
        triggers = [
            whole_if_complete(
                "response_id",
                pgtrigger.Insert | pgtrigger.UpdateOf("response_id", "extent"),
                ~pgtrigger.Q(new__extent=Extent.PRODUCED),
            ),
            item_of_the_answered_demand(
                "production", pgtrigger.Insert | pgtrigger.UpdateOf("response_id", "item_id")
            ),
        ]

    def __str__(self):
        return gettext("Item %(number)s: %(extent)s") % {
            "number": self.item.number,
            "extent": self.get_extent_display(),
        }
