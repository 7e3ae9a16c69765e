"""The states as tiles of one size, each near where it lies, with what is open there."""

from dataclasses import dataclass

from jurisdictions.us_states import STATES, TERRITORIES
from letters.states import State

# Two dots are an empty place. Territories are drawn where they are on the record.
GRID = """
AK .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. .. .. .. .. VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT ..
CA UT CO NE MO KY WV VA MD DE ..
GU AZ NM KS AR TN NC SC DC .. ..
MP .. .. OK LA MS AL GA .. .. ..
HI AS .. TX .. .. .. .. FL PR VI
"""
STEP = 64  # from one tile to the next
NAMES = {state.usps: state.name for state in STATES}
PLACES = {
    usps: (column * STEP, row * STEP)
    for row, line in enumerate(GRID.split("\n")[1:-1])
    for column, usps in enumerate(line.split())
    if usps != ".."
}


@dataclass(frozen=True)
class Tile:
    """A state of the US on the map: ``counts`` are its letters by state, the most pressing first.

    Without letters, ``state`` and ``number`` are None and 0.
    """

    usps: str
    x: int
    y: int
    counts: dict[State, int]

    @property
    def name(self):
        return NAMES[self.usps]

    @property
    def state(self):
        """Return the state of letters there that asks most for attention."""
        return next(iter(self.counts), None)

    @property
    def number(self):
        """Return how many letters are in that state."""
        return self.counts.get(self.state, 0)

    @property
    def letters(self):
        return sum(self.counts.values())


def tile_map(counts):
    """Return the tiles of the map in the order of their names, from {usps: {state: letters}}."""
    tiles = [
        Tile(usps, x, y, counts.get(usps, {}))
        for usps, (x, y) in PLACES.items()
        if usps in counts or usps not in TERRITORIES
    ]
    return sorted(tiles, key=lambda tile: tile.name)
