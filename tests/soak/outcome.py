"""What a fault did over its rounds, and the table of all faults."""

from dataclasses import dataclass, field
from statistics import median

HEADINGS = ("fault", "rounds", "acknowledged", "lost", "half-done", "median s", "worst s")


@dataclass
class Outcome:
    """Figures of one fault.

    ``acknowledged`` are the writes of which somebody was told that they are done, ``lost`` those
    of them that aren't there afterwards; ``half_done`` are the findings of something that is there
    without what belongs to it. ``seconds`` has, for each round, the time from the fault until
    readers had a page again.
    """

    fault: str
    rounds: int = 0
    acknowledged: int = 0
    lost: int = 0
    half_done: int = 0
    seconds: list[float] = field(default_factory=list)

    def row(self):
        times = [f"{figure(self.seconds):.1f}" if self.seconds else "-" for figure in (median, max)]
        return (self.fault, self.rounds, self.acknowledged, self.lost, self.half_done, *times)

    def assert_harmless(self):
        assert self.rounds
        assert (self.lost, self.half_done) == (0, 0), self


def table(outcomes):
    """Return the table of outcomes as text."""
    rows = [HEADINGS, *(tuple(map(str, outcome.row())) for outcome in outcomes)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        name, *figures = [
            cell.rjust(width) if n else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join([name, *figures]))
    return "\n".join(lines)
