"""What can have happened to an award, on three axes that are never merged."""

from django.db import models


class Axis(models.TextChoices):
    AWARD = "award", "Award"
    MONEY = "money", "Money"
    DISPUTE = "dispute", "Dispute"


class AwardStatus(models.TextChoices):
    ALLOCATED = "allocated", "Allocated"
    APPLIED = "applied", "Applied for"
    AWARDED = "awarded", "Awarded"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    CLOSED = "closed", "Closed"
    AVAILABLE = "available", "Available"
    ON_HOLD = "on_hold", "On hold"
    DRAWN_DOWN = "drawn_down", "Drawn down"
    DEOBLIGATED = "deobligated", "Deobligated"
    RETURNED = "returned", "Returned"
    CONDITIONS_IN_FORCE = "conditions_in_force", "Conditions in force"
    CONDITIONS_ENJOINED = "conditions_enjoined", "Conditions enjoined"
    CONDITIONS_NOT_ENFORCED = "conditions_not_enforced", "Conditions not enforced"
    CLEARED = "cleared", "Cleared"
    CLAWBACK_SOUGHT = "clawback_sought", "Clawback sought"


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
