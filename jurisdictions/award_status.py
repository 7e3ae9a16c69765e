"""What can have happened to an award, on three axes that are never merged."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Axis(models.TextChoices):
    AWARD = "award", _("Award")
    MONEY = "money", _("Money")
    DISPUTE = "dispute", _("Dispute")


class AwardStatus(models.TextChoices):
    ALLOCATED = "allocated", _("Allocated")
    APPLIED = "applied", _("Applied for")
    AWARDED = "awarded", _("Awarded")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    CLOSED = "closed", _("Closed")
    AVAILABLE = "available", _("Available")
    ON_HOLD = "on_hold", _("On hold")
    DRAWN_DOWN = "drawn_down", _("Drawn down")
    DEOBLIGATED = "deobligated", _("Deobligated")
    RETURNED = "returned", _("Returned")
    CONDITIONS_IN_FORCE = "conditions_in_force", _("Conditions in force")
    CONDITIONS_ENJOINED = "conditions_enjoined", _("Conditions enjoined")
    CONDITIONS_NOT_ENFORCED = "conditions_not_enforced", _("Conditions not enforced")
    CLEARED = "cleared", _("Cleared")
    CLAWBACK_SOUGHT = "clawback_sought", _("Clawback sought")


AWARD_STATUSES = {
    "award": ["allocated", "applied", "awarded", "accepted", "declined", "closed"],
    "money": ["available", "on_hold", "drawn_down", "deobligated", "returned"],
    "dispute": [
        "conditions_in_force",
        "conditions_enjoined",
        "conditions_not_enforced",
        "cleared",
        "clawback_sought",
    ],
}


class AwardStatusField(models.CharField):
    """Read database values as AwardStatus, so that a page can say ``award.money_status.label``."""

    def from_db_value(self, value, expression, connection):
        return AwardStatus(value) if value else None
