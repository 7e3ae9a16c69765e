"""A source's text read once: all that is found in it, and what speaks for a passage."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from casefile.folding import Span
from letters.intake.dates import FoundDate, dates
from letters.intake.money import Money, money
from letters.intake.names import Known, Named, named, people
from letters.intake.quoted import Quotation
from letters.intake.sentences import Sentences
from letters.intake.speakers import Proposal, propose


@dataclass(frozen=True)
class Reading:
    """What was found in a text, each as a span of it."""

    text: Sentences
    dates: list[FoundDate]
    money: list[Money]
    jurisdictions: list[Named]
    people: list[Named]

    @property
    def quotations(self) -> list[Quotation]:
        return self.text.quotations

    def speaker_of(self, passage: Span) -> Proposal:
        return propose(self.text, passage, self.people)

    def evidence_of(self, proposal: Proposal) -> str:
        """Return the words that a proposal rests on."""
        return proposal.evidence.of(self.text.text) if proposal.evidence else ""


def read(
    text: str,
    *,
    jurisdictions: Iterable[Known] = (),
    officials: Iterable[Known] = (),
    published_on: dt.date | None = None,
) -> Reading:
    """Read a text. Dates that leave out the year are taken as near as can be to its publication."""
    who = people(text, officials)
    of_people = {place for one in who if not one.by_surname for place in range(*one.span)}
    where = [one for one in named(text, jurisdictions) if one.span.start not in of_people]
    return Reading(Sentences(text), dates(text, published_on), money(text), where, who)
