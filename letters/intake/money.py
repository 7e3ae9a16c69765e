"""Amounts of money in dollars, as American texts write them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from casefile.folding import Span

_SCALES = {
    "thousand": 10**3, "k": 10**3,
    "million": 10**6, "mn": 10**6, "m": 10**6,
    "billion": 10**9, "bn": 10**9, "b": 10**9,
    "trillion": 10**12,
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
# A letter before the sign is another currency's, or damage: only "US" is ours.
_MONEY = re.compile(
    rf"(?<!\w)(?:US)?\$\s?(?P<after>{_NUMBER})(?:[-\s]?(?P<scale>{'|'.join(_SCALES)})\b)?(?!\w)"
    rf"|(?<![\w.,$])(?P<before>{_NUMBER})(?:[-\s](?P<word>thousand|million|billion|trillion))?"
    r"[-\s]dollars?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Money:
    span: Span
    amount: Decimal  # US dollars


def money(text: str) -> list[Money]:
    """Return the dollar amounts of a text."""
    return [Money(Span(*match.span()), _amount(match)) for match in _MONEY.finditer(text)]


def _amount(match: re.Match) -> Decimal:
    number = Decimal((match["after"] or match["before"]).replace(",", ""))
    scale = match["scale"] or match["word"]
    return number * _SCALES[scale.lower()] if scale else number
