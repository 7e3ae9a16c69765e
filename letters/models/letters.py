"""Letters, and what DOJ or a court does to their deadlines."""

import pgtrigger
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casefile import constraints, keys
from casefile.entries import Entry, Status, anywhere, newest_first
from casefile.history import track
from jurisdictions.models import Jurisdiction
from letters.deadlines import LONGEST, compute_deadline
from letters.models.rounds import Round, item_of_the_answered_demand
from letters.querysets import LetterQuerySet


class DeadlineUnit(models.TextChoices):
    CALENDAR = "calendar", _("Calendar days")
    BUSINESS = "business", _("Business days")


class DeadlineBasis(models.TextChoices):
    DATED = "dated", _("The letter's date")
    RECEIVED = "received", _("The day it was received")


@track
class Letter(Entry):
    """One DOJ letter to one jurisdiction in a round. Its state is derived, never stored here."""

    entry_kind = "letters"
    expected_dates = ("deadline",)

    round = models.ForeignKey(Round, models.PROTECT, related_name="letters")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="letters")
    sent_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    deadline = models.DateField(
        null=True,
        blank=True,
        help_text="The first deadline, as the letter gives it. An extension never overwrites it.",
    )
    deadline_text = models.CharField(blank=True, help_text="The letter's own words.")
    deadline_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Where the letter gives a period instead of a date."
    )
    deadline_unit = models.CharField(choices=DeadlineUnit, blank=True)
    deadline_basis = models.CharField(choices=DeadlineBasis, blank=True)
    recipient_agency = models.CharField(blank=True)
    addressee = models.CharField(blank=True)
    signed_by = models.CharField(blank=True)
    reference = models.CharField(blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    cleared_on = models.DateField(
        null=True, blank=True, help_text="DOJ said that the jurisdiction complies, or closed it."
    )
    verified_through = models.DateField(
        null=True, blank=True, help_text="The last day for which staff checked for an answer."
    )
    note = models.TextField(blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta(Entry.Meta):
        indexes = [
            *Entry.Meta.indexes,
            newest_first("withdrawn_on", "letter_withdrawn_docket"),
            newest_first("cleared_on", "letter_cleared_docket"),
            # Whether a jurisdiction or round had a letter by a past day is one look-up.
            *(
                models.Index(
                    name=f"letter_of_{matter}",
                    fields=[matter, "date"],
                    condition=Q(status=Status.PUBLISHED),
                )
                for matter in ("jurisdiction", "round")
            ),
            anywhere("letter_texts", "recipient_agency", "addressee", "reference"),
        ]
        constraints = [
            *Entry.Meta.constraints,
            constraints.keeps_direction(
                "deadline_text", "recipient_agency", "addressee", "signed_by", "reference"
            ),
            UniqueConstraint(
                name="letters_letter_once_per_round_and_jurisdiction",
                fields=["round", "jurisdiction"],
                violation_error_message="This round already has a letter to that jurisdiction.",
            ),
            constraints.not_before("deadline", "date"),
            constraints.not_before("received_on", "sent_on"),
            constraints.not_before("withdrawn_on", "date"),
            constraints.not_before("cleared_on", "date"),
            CheckConstraint(
                name="letters_letter_deadline_period_is_whole",
                condition=Q(deadline_days__isnull=True, deadline_unit="", deadline_basis="")
                | Q(
                    deadline_days__range=(1, LONGEST),
                    deadline_unit__in=["calendar", "business"],
                    deadline_basis__in=["dated", "received"],
                ),
                violation_error_message="A deadline period needs all three: a number of days from"
                " 1 to 3650, a unit (calendar or business) and a basis (dated or received).",
            ),
        ]
        triggers = [
            *Entry.Meta.triggers,
            item_of_the_answered_demand("letter", pgtrigger.UpdateOf("round_id")),
        ]

    def __str__(self):
        return gettext("Letter to %(to)s, %(day)s") % {"to": self.jurisdiction, "day": self.dated}

    def save(self, *args, **kwargs):
        if self.deadline_days and self._deadline_follows_rule():
            self.deadline = self.deadline_by_rule and self.deadline_by_rule.date
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "deadline"}
        super().save(*args, **kwargs)

    @property
    def deadline_by_rule(self):
        """Return the Deadline that the letter's period gives, None if it gives none (yet)."""
        return compute_deadline(
            self.date,
            self.received_on,
            self.deadline_days,
            self.deadline_unit,
            self.deadline_basis,
        )

    def _deadline_follows_rule(self):
        """Return whether the deadline is the rule's: none was typed, or what stood was the rule's.

        A date that differs from the rule's is the letter's own, and wins.
        """
        if self.deadline is None:
            return True
        stored = Letter.objects.filter(pk=self.pk).first()
        return (
            stored is not None
            and stored.deadline == self.deadline
            and stored.deadline_by_rule is not None
            and stored.deadline_by_rule.date == stored.deadline
        )

    def get_absolute_url(self):
        return reverse("letter_detail", args=[self.key])

    def propose_key(self):
        return keys.propose(Letter, self.round.slug, self.jurisdiction.slug)


@track
class Extension(Entry):
    """DOJ moves a letter's deadline."""

    entry_kind = "extensions"
    belongs_to = "letter"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="extensions")
    new_deadline = models.DateField()
    note = models.TextField(blank=True)

    class Meta(Entry.Meta):
        pass

    def __str__(self):
        return gettext("Extension to %(new)s, granted %(day)s") % {
            "new": self.new_deadline,
            "day": self.dated,
        }


@track
class Hold(Entry):
    """A court order or agreement stops the clock from a day, until a day if that is known."""

    entry_kind = "holds"
    belongs_to = "letter"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="holds")
    until = models.DateField(
        null=True, blank=True, help_text="The first day on which the clock runs again."
    )
    summary = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [*Entry.Meta.constraints, constraints.not_before("until", "date")]

    def __str__(self):
        return gettext("Hold from %(day)s") % {"day": self.dated}
