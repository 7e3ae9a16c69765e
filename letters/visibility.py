"""What of the record that is no entry itself readers may see.

Rounds, jurisdictions, officials and sources have no review of their own: each is public as of a
day once something public rests on it, so that one made for a draft never shows.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from casefile.models import Citation, Source
from jurisdictions.models import Award, AwardEvent, Designation, Jurisdiction, Policy
from letters.models import (
    EnforcementStep,
    Event,
    Extension,
    Hold,
    JurisdictionInterval,
    Letter,
    Official,
    Proceeding,
    Response,
    Round,
    Ruling,
    Statement,
)

CITED = [
    Award,
    AwardEvent,
    Designation,
    EnforcementStep,
    Event,
    Extension,
    Hold,
    Letter,
    Policy,
    Proceeding,
    Response,
    Ruling,
    Statement,
]


def public_rounds(day):
    """Return the rounds that have a public letter."""
    return Round.objects.filter(_has(Letter, "round", day))


def public_jurisdictions(day):
    """Return the jurisdictions that a public entry or award is about."""
    return Jurisdiction.objects.filter(
        _has_letters(day)
        | _has(Award, "jurisdiction", day)
        | _has(Designation, "jurisdiction", day)
        | _has(Policy, "jurisdiction", day)
        | _has(Proceeding, "jurisdictions", day)
        | _has(Statement, "jurisdictions", day)
        | _has(Event, "jurisdictions", day)
    )


def public_officials(day):
    """Return the officials who made a public statement or took part in a public event."""
    return Official.objects.filter(_has(Statement, "speaker", day) | _has(Event, "officials", day))


def public_citations(day):
    """Return the citations of public entries and awards."""
    cites_something_public = Q()
    for model in CITED:
        kind = Q(entry_type=ContentType.objects.get_for_model(model))
        cites_something_public |= kind & is_one_of(model.objects.public(day), "entry_id")
    return Citation.objects.filter(cites_something_public)


def public_sources(day):
    """Return the sources that a public entry or award cites."""
    return Source.objects.filter(Exists(public_citations(day).filter(source=OuterRef("pk"))))


def is_one_of(rows, name):
    """Return the condition that a field is the id of one of some rows: a look-up each time.

    The planner can't make a list of all the rows of it, which may be a million.
    """
    return Q(IsNull(Subquery(rows.filter(pk=OuterRef(name)).order_by().values("pk")[:1]), False))


def _has_letters(day):
    """Return the condition that a jurisdiction has a public letter: it stands somewhere.

    All who do so on a day are found at once, where those of other days don't count.
    """
    on_day = JurisdictionInterval.objects.filter(published=True, during__contains=day)
    return Q(pk__in=on_day.values("jurisdiction"))


def _has(model, relation, day):
    """Return the condition that a public record of a kind names the row in question."""
    return Exists(model.objects.public(day).filter(**{relation: OuterRef("pk")}))
