"""The admin pages of the case file, one file for each part of it."""

from letters.admin.enforcement import EnforcementStepAdmin
from letters.admin.events import EventAdmin
from letters.admin.letters import ExtensionAdmin, HoldAdmin, LetterAdmin
from letters.admin.proceedings import ProceedingAdmin, RulingAdmin
from letters.admin.responses import ProductionAdmin, ResponseAdmin
from letters.admin.rounds import DemandItemAdmin, RoundAdmin
from letters.admin.sources import IntakeAdmin
from letters.admin.statements import OfficialAdmin, StatementAdmin

__all__ = [
    "DemandItemAdmin",
    "EnforcementStepAdmin",
    "EventAdmin",
    "ExtensionAdmin",
    "HoldAdmin",
    "IntakeAdmin",
    "LetterAdmin",
    "OfficialAdmin",
    "ProceedingAdmin",
    "ProductionAdmin",
    "ResponseAdmin",
    "RoundAdmin",
    "RulingAdmin",
    "StatementAdmin",
]
