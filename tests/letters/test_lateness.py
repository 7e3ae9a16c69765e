"""Letters by days late: pages found by indexes are those of all letters, sorted."""

import datetime as dt

import pytest

from letters.filters import LetterFilter
from letters.lateness import MostLateFirst, sorted_by_days_late
from letters.models import Letter
from letters.states import CAME, LATER_EACH_DAY, State
from tests.letters.records import DAYS, FIRST_DAY, Chance, store

pytestmark = pytest.mark.django_db

NUMBER = 120
SOME_DAYS = [FIRST_DAY + dt.timedelta(days=n) for n in (0, 40, 70, DAYS, 500)]


@pytest.fixture
def letters():
    chance = Chance(11)
    store([chance.letter() for _ in range(NUMBER)])


def by_days_late(letters):
    """Sort letters in plain Python: what isn't late comes last."""
    return sorted(letters, key=lambda letter: (-(letter.days_late or 0), letter.pk))


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("day", SOME_DAYS)
def test_pages_of_the_most_late_letters_are_parts_of_all_in_order(day):
    standing = Letter.objects.standing(day)
    expected = by_days_late(standing)

    for size in (1, 7, 50):
        for start in range(0, NUMBER, size):
            found = MostLateFirst(standing, day)[start : start + size]
            assert found == expected[start : start + size]
            assert found == list(sorted_by_days_late(standing)[start : start + size])


@pytest.mark.usefixtures("letters")
@pytest.mark.parametrize("state", State)
def test_letters_in_a_state_come_in_order_of_days_late(state):
    late = 0
    for day in SOME_DAYS:
        letters = Letter.objects.standing(day).filter(state=state)
        found = [letter.days_late for letter in sorted_by_days_late(letters, state)]
        assert found == [letter.days_late for letter in by_days_late(letters)]
        late += any(found)

    assert bool(late) == (state in (*CAME, *LATER_EACH_DAY))


@pytest.mark.usefixtures("letters")
def test_list_without_filters_is_read_page_by_page():
    day = SOME_DAYS[-1]
    rows = Letter.objects.standing(day)
    whole = LetterFilter({"sort": "days_late"}, rows, day)
    of_state = LetterFilter({"sort": "days_late", "state": "overdue"}, rows, day)
    for_staff = LetterFilter({"sort": "days_late"}, rows, day, published=False)

    assert isinstance(whole.listed, MostLateFirst)
    assert whole.listed[0:50] == list(whole.qs[:50])
    assert list(of_state.listed) == list(of_state.qs)
    assert list(for_staff.listed) == list(for_staff.qs)
