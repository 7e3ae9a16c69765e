"""The states of the US and their codes."""

import us

from jurisdictions.us_states import STATES, TERRITORIES


def test_states_dc_and_territories_have_the_codes_that_others_know():
    known = [*us.states.STATES, us.states.DC, *us.states.TERRITORIES]

    assert {tuple(state) for state in STATES} == {(one.abbr, one.fips, one.name) for one in known}
    assert len(STATES) == len(known)
    assert {one.abbr for one in us.states.TERRITORIES} == TERRITORIES


def test_states_are_in_the_order_of_their_names():
    assert sorted(STATES, key=lambda state: state.name) == STATES
