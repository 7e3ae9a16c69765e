"""Where awards stand on each of the three axes, with the events that brought them there."""

from collections import defaultdict
from dataclasses import dataclass

from jurisdictions.award_status import AwardStatus, Axis
from jurisdictions.models import AwardEvent


@dataclass(frozen=True)
class AxisStanding:
    """The status on one axis, None if none is on record, and its events, newest first."""

    name: str
    status: AwardStatus | None
    events: list[AwardEvent]


def attach_axes(awards, day):
    """Set ``axes`` of every award, which has its status as of a day. Return all their events."""
    events = list(AwardEvent.objects.public(day).filter(award__in=awards).order_by("-date", "-key"))
    found = defaultdict(list)
    for event in events:
        found[event.award_id, event.axis].append(event)
    for award in awards:
        award.axes = [
            AxisStanding(axis.label, getattr(award, f"{axis}_status"), found[award.pk, axis.value])
            for axis in Axis
        ]
    return events
