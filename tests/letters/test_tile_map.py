"""The map of tiles."""

from jurisdictions.us_states import STATES
from letters.states import State
from letters.tile_map import PLACES, STEP, tile_map

ALL = {state.usps for state in STATES}


def test_every_state_territory_and_dc_has_a_place_of_its_own():
    assert PLACES.keys() == ALL
    assert len(set(PLACES.values())) == len(ALL)
    assert PLACES["WA"] == (0, 2 * STEP)
    assert PLACES["ME"] == (10 * STEP, 0)


def test_map_without_letters_shows_states_and_dc_alone():
    tiles = tile_map({})

    assert len(tiles) == 51
    assert {tile.number for tile in tiles} == {0}
    assert not any(tile.state for tile in tiles)


def test_tile_counts_the_most_pressing_state_and_all_letters():
    counts = {"PR": {State.OVERDUE: 2, State.RESPONDED: 5}}

    (tile,) = [tile for tile in tile_map(counts) if tile.usps == "PR"]

    assert (tile.name, tile.state, tile.number, tile.letters) == (
        "Puerto Rico",
        State.OVERDUE,
        2,
        7,
    )
