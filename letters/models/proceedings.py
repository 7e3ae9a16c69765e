"""Lawsuits and the decisions in them."""

from django.db import models
from django.urls import reverse

from casefile import constraints, keys, web_addresses
from casefile.entries import Entry, anywhere
from casefile.history import track, track_links
from jurisdictions.models import Jurisdiction


@track
class Proceeding(Entry):
    """A lawsuit. Its date is the day on which it was filed."""

    entry_kind = "proceedings"

    caption = models.CharField()
    court = models.CharField()
    docket_number = models.CharField()
    jurisdictions = models.ManyToManyField(Jurisdiction, related_name="proceedings", blank=True)
    url = models.CharField("URL", blank=True, validators=web_addresses.validators)
    summary = models.TextField(blank=True)

    class Meta(Entry.Meta):
        indexes = [
            *Entry.Meta.indexes,
            anywhere("proceeding_texts", "caption", "court", "docket_number", "summary"),
        ]
        constraints = [
            *Entry.Meta.constraints,
            constraints.keeps_direction("caption", "court", "docket_number"),
            web_addresses.is_web_address(
                "url", name="letters_proceeding_url_is_web_address", words="URL"
            ),
        ]

    def __str__(self):
        return self.caption

    def get_absolute_url(self):
        return reverse("proceeding_detail", args=[self.key])

    def propose_key(self):
        return keys.propose(Proceeding, self.caption)


@track_links
class ProceedingJurisdiction(Proceeding.jurisdictions.through):
    class Meta:
        proxy = True


@track
class Ruling(Entry):
    """A decision in a proceeding."""

    entry_kind = "rulings"
    belongs_to = "proceeding"

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="rulings")
    title = models.CharField()
    outcome = models.CharField(blank=True)
    reporter_citation = models.CharField(blank=True)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            constraints.keeps_direction("title", "outcome", "reporter_citation"),
        ]

    def __str__(self):
        return self.title
