"""Events: anything else with a date, such as a meeting that was called off."""

from django.db import models

from casefile import constraints, keys
from casefile.entries import Entry
from casefile.history import track, track_links
from jurisdictions.models import Jurisdiction
from letters.models.statements import Official


@track
class Event(Entry):
    """Anything else with a date."""

    entry_kind = "events"

    title = models.CharField()
    jurisdictions = models.ManyToManyField(Jurisdiction, related_name="events", blank=True)
    officials = models.ManyToManyField(Official, related_name="events", blank=True)
    summary = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [*Entry.Meta.constraints, constraints.keeps_direction("title")]

    def __str__(self):
        return self.title

    def propose_key(self):
        return keys.propose(Event, self.date, self.title)


@track_links
class EventJurisdiction(Event.jurisdictions.through):
    class Meta:
        proxy = True


@track_links
class EventOfficial(Event.officials.through):
    class Meta:
        proxy = True
