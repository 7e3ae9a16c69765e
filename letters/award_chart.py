"""The awards of a jurisdiction as a drawing: a bar for each, by fiscal year, with its status.

Amounts are drawn side by side on one scale and never added up; the three axes of an award's status
are lines of their own. Widths are percentages, so that the texts keep their size on any screen;
heights are pixels.
"""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import gettext

TALLEST = 20  # awards drawn: the newest
WIDEST = 100
LINE = 20  # the height of a line of text
BAR = 14
GAP = 14  # between two rows
BASELINE = 15  # of a text, from the top of its line


@dataclass(frozen=True)
class Line:
    """A line of text, and how far below the top its baseline is."""

    text: str
    y: int


@dataclass(frozen=True)
class Row:
    """An award, or a fiscal year without one between others. ``basis`` is a code, "" for none."""

    heading: Line
    basis: str = ""
    width: str = ""  # percent, for SVG; "" where no amount is on record
    bar_y: int = 0
    statuses: list[Line] = field(default_factory=list)

    @property
    def words(self):
        """Return the row as a sentence."""
        return "; ".join(line.text for line in [self.heading, *self.statuses]) + "."


@dataclass(frozen=True)
class AwardChart:
    rows: list[Row]
    height: int
    bases: list[tuple[str, str]]  # those of the amounts drawn: codes and names
    is_cut: bool

    @property
    def words(self):
        """Return the drawing as sentences."""
        return " ".join(row.words for row in self.rows)


def award_chart(awards):
    """Return the drawing of some awards, which have their ``axes``, newest fiscal year first."""
    drawn = awards[:TALLEST]
    largest = max((award.amount or 0 for award in drawn), default=0) or 1
    rows, y, year = [], 0, None
    for award in drawn:
        for missing in range((year or award.fiscal_year) - 1, award.fiscal_year, -1):
            text = gettext("FY%(year)s: no award on record") % {"year": missing}
            rows.append(Row(Line(text, y + BASELINE)))
            y += LINE + GAP
        year = award.fiscal_year
        row, y = _row(award, largest, y)
        rows.append(row)
        y += GAP
    bases = {award.amount_basis: award.get_amount_basis_display() for award in drawn}
    return AwardChart(
        rows,
        height=y,
        bases=[(basis, name) for basis, name in bases.items() if basis],
        is_cut=len(awards) > len(drawn),
    )


def _row(award, largest, y):
    """Return the row of an award from a height on, and the height at which it ends."""
    heading = Line(f"{award.program} FY{award.fiscal_year}: {_amount(award)}", y + BASELINE)
    y += LINE
    width, bar_y = "", y
    if award.amount is not None:
        width = f"{WIDEST * award.amount / largest:.2f}"
        y += BAR
    statuses = []
    for axis in award.axes:
        if axis.status:
            statuses.append(Line(f"{axis.name}: {axis.status.label}", y + BASELINE))
            y += LINE
    if not statuses:
        statuses.append(Line(gettext("No status on record"), y + BASELINE))
        y += LINE
    return Row(heading, award.amount_basis, width, bar_y, statuses), y


def _amount(award):
    if award.amount is None:
        return gettext("amount not on record")
    whole = award.amount == award.amount.to_integral_value()
    amount = number_format(award.amount, decimal_pos=0 if whole else 2, force_grouping=True)
    return f"${amount} {award.get_amount_basis_display().lower()}"
