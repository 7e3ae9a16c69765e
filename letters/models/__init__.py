"""The models of the case file, one file for each part of it."""

from letters.models.digests import Digest
from letters.models.enforcement import EnforcementStep
from letters.models.events import Event
from letters.models.jurisdiction_intervals import JurisdictionInterval
from letters.models.letters import Extension, Hold, Letter
from letters.models.proceedings import Proceeding, Ruling
from letters.models.responses import Production, Response
from letters.models.rounds import DemandItem, Round
from letters.models.search import SearchDocument
from letters.models.state_intervals import StateInterval
from letters.models.state_tallies import StateChange, StateTally
from letters.models.statements import Official, Statement

__all__ = [
    "DemandItem",
    "Digest",
    "EnforcementStep",
    "Event",
    "Extension",
    "Hold",
    "JurisdictionInterval",
    "Letter",
    "Official",
    "Proceeding",
    "Production",
    "Response",
    "Round",
    "Ruling",
    "SearchDocument",
    "StateChange",
    "StateInterval",
    "StateTally",
    "Statement",
]
