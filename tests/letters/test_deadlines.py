import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.deadlines import closed_because, compute_deadline, count, federal_holidays
from tests.factories import LetterFactory

DAY = dt.timedelta(days=1)
days_of_the_record = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))

CASES = {
    "thirty days that end on a working day": ("2018-01-24", 30, "calendar", "2018-02-23"),
    "thirty days that end on a Saturday": ("2018-04-12", 30, "calendar", "2018-05-14"),
    "a day before Christmas": ("2017-12-24", 1, "calendar", "2017-12-26"),
    "New Year's Day observed in the old year": ("2021-12-30", 1, "calendar", "2022-01-03"),
    "Juneteenth, a holiday since 2021": ("2023-06-18", 1, "calendar", "2023-06-20"),
    "19 June before it was a holiday": ("2018-06-18", 1, "calendar", "2018-06-19"),
    "five business days over a weekend": ("2018-01-24", 5, "business", "2018-01-31"),
    "business days over Presidents' Day": ("2018-02-16", 1, "business", "2018-02-20"),
    "business days from a Sunday": ("2018-01-21", 1, "business", "2018-01-22"),
    "a leap day": ("2024-02-28", 1, "calendar", "2024-02-29"),
}


@pytest.mark.parametrize(("start", "days", "unit", "end"), CASES.values(), ids=CASES)
def test_count_ends_on(start, days, unit, end):
    deadline = count(dt.date.fromisoformat(start), days, unit)

    assert deadline.date == dt.date.fromisoformat(end)


@given(days_of_the_record, st.integers(1, 400))
def test_calendar_deadline_is_the_first_open_day_on_or_after_the_last_day(start, days):
    deadline = count(start, days, "calendar").date

    last_day = start + days * DAY
    assert deadline >= last_day
    assert closed_because(deadline) == ""
    assert all(closed_because(last_day + n * DAY) for n in range((deadline - last_day).days))


@given(days_of_the_record, st.integers(1, 200))
def test_business_deadline_has_that_many_open_days_behind_it(start, days):
    deadline = count(start, days, "business").date

    counted = [start + n * DAY for n in range(1, (deadline - start).days + 1)]
    assert sum(1 for day in counted if not closed_because(day)) == days
    assert closed_because(deadline) == ""


@given(days_of_the_record, st.integers(1, 60), st.integers(1, 60))
def test_business_periods_compose(start, first, second):
    at_once = count(start, first + second, "business").date

    in_two_steps = count(count(start, first, "business").date, second, "business").date

    assert in_two_steps == at_once


def test_holidays_of_a_year_do_not_depend_on_the_years_asked_before():
    before = federal_holidays(1998)
    for year in (2030, 1975, 1999, 1997):
        federal_holidays(year)
    federal_holidays.cache_clear()

    assert federal_holidays(1998) == before


def test_deadline_explains_what_it_skipped():
    assert count(dt.date(2018, 4, 12), 30, "calendar").explained() == (
        "30 calendar days after 2018-04-12, not counting 2018-05-12 (Saturday),"
        " 2018-05-13 (Sunday): 2018-05-14."
    )


def test_no_deadline_from_a_receipt_that_is_not_on_record():
    assert compute_deadline(dt.date(2018, 1, 24), None, 30, "calendar", "received") is None


@pytest.mark.parametrize("unit", ["calendar", "business"])
def test_no_deadline_from_a_period_that_nobody_could_count(unit):
    day = dt.date(2018, 1, 24)

    assert compute_deadline(day, None, 3650, unit, "dated").date > dt.date(2028, 1, 20)
    for days in (3651, 10**8, 10**4000):
        assert compute_deadline(day, None, days, unit, "dated") is None
    assert compute_deadline(dt.date(9999, 12, 1), None, 60, unit, "dated") is None


@pytest.fixture
def letter(db):
    return LetterFactory(
        deadline=None, deadline_days=30, deadline_unit="calendar", deadline_basis="received"
    )


def test_letter_deadline_is_computed_once_the_receipt_is_known(letter):
    assert letter.deadline is None

    letter.received_on = dt.date(2018, 1, 26)
    letter.save()

    assert letter.deadline == dt.date(2018, 2, 26)  # the 25th was a Sunday


def test_letter_deadline_moves_with_its_basis(letter):
    letter.received_on = dt.date(2018, 1, 26)
    letter.save()

    letter.received_on = dt.date(2018, 1, 30)
    letter.save(update_fields=["received_on"])

    letter.refresh_from_db()
    assert letter.deadline == dt.date(2018, 3, 1)


def test_letter_deadline_that_differs_from_the_rule_is_the_letters_own_and_wins(letter):
    letter.received_on = dt.date(2018, 1, 26)
    letter.deadline = dt.date(2018, 2, 23)
    letter.save()

    letter.received_on = dt.date(2018, 1, 30)
    letter.save()

    assert letter.deadline == dt.date(2018, 2, 23)
    assert letter.deadline_by_rule.date == dt.date(2018, 3, 1)
