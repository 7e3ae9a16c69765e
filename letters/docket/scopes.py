"""Scopes of the docket: which entries belong to a jurisdiction, a letter, a round and so on.

A scope says for each kind of entry which of them it holds, as a list of conditions of which no
two hold the same entry: each condition is a part of the UNION of its own, and finds by one index.
Kinds that a scope does not name are not in it.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q

from casefile.arrays import IsAnyOf, found_first
from casefile.models import Citation
from jurisdictions.models import AwardEvent, Designation, Policy
from letters.docket.branches import BRANCHES
from letters.models import (
    EnforcementStep,
    Event,
    Extension,
    Hold,
    Letter,
    Proceeding,
    Response,
    Ruling,
    Statement,
)

OF_LETTERS = [Extension, Hold, Response, EnforcementStep]
MODELS = list(dict.fromkeys(branch.model for branch in BRANCHES))

EVERYTHING = {model: [Q()] for model in MODELS}


def of_jurisdiction(jurisdiction, day):
    """Return the scope of all that concerns a jurisdiction."""
    replies = _replies(Letter.objects.public(day).filter(jurisdiction=jurisdiction))
    return {
        Letter: [Q(jurisdiction=jurisdiction)],
        **{model: [Q(letter__jurisdiction=jurisdiction)] for model in OF_LETTERS},
        Designation: [Q(jurisdiction=jurisdiction)],
        Policy: [Q(jurisdiction=jurisdiction)],
        AwardEvent: [Q(award__jurisdiction=jurisdiction)],
        Proceeding: [Q(jurisdictions=jurisdiction)],
        Ruling: [Q(proceeding__jurisdictions=jurisdiction)],
        Event: [Q(jurisdictions=jurisdiction)],
        Statement: [Q(jurisdictions=jurisdiction), replies & ~Q(jurisdictions=jurisdiction)],
    }


def of_round(round, day):
    """Return the scope of a round: its letters and what became of them, and what was said of it."""
    letters = found_first(Letter.objects.public(day).filter(round=round))
    return {
        Letter: [Q(IsAnyOf(F("pk"), letters))],
        **{model: [Q(IsAnyOf(F("letter"), letters))] for model in OF_LETTERS},
        Statement: [
            Q(in_reply_to_round=round),
            Q(IsAnyOf(F("in_reply_to_letter"), letters)),
        ],
    }


def what_followed(round, day):
    """Return the scope of what came after a round: steps of DOJ, replies, lawsuits.

    The record ties no lawsuit to a round. These are about a recipient, and filed on the day of the
    announcement or later.
    """
    recipients = Letter.objects.public(day).filter(round=round).values("jurisdiction")
    links = Proceeding.jurisdictions.through.objects.filter(jurisdiction__in=recipients)
    lawsuits = Q(pk__in=links.values("proceeding"), date__gte=round.announced_on)
    return {
        Proceeding: [lawsuits],
        **{model: of_round(round, day)[model] for model in (EnforcementStep, Statement)},
    }


def of_letter(letter):
    """Return the scope of one public letter."""
    return {
        Letter: [Q(pk=letter.pk)],
        **{model: [Q(letter=letter)] for model in OF_LETTERS},
        Statement: [Q(in_reply_to_letter=letter)],
    }


def answers_to(letters):
    """Return the scope of what came back to some public letters, and of their extensions."""
    return {Response: [Q(letter__in=letters)], Extension: [Q(letter__in=letters)]}


def of_official(official):
    """Return the scope of what a person said, and of events with them."""
    return {Statement: [Q(speaker=official)], Event: [Q(officials=official)]}


def of_source(source):
    """Return the scope of all that rests on a source."""
    types = ContentType.objects.get_for_models(*MODELS)
    return {
        model: [
            Q(
                pk__in=Citation.objects.filter(source=source, entry_type=types[model]).values(
                    "entry_id"
                )
            )
        ]
        for model in MODELS
    }


def _replies(letters):
    return Q(in_reply_to_letter__in=letters)
