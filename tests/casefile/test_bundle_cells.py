"""Cells: what each type of column takes, and what it says of anything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.bundle import cells


@pytest.mark.parametrize("cell", ["2018-02-23", "2016-02-29", "0001-01-01", "9999-12-31"])
def test_day_takes_iso_dates(cell):
    assert cells.day(cell) == cell


@pytest.mark.parametrize(
    "cell",
    ["23.2.2018", "2018-2-23", "20180223", "2018-W08-5", " 2018-02-23", "2018-02-23T00", "x"],
)
def test_day_asks_for_the_one_way_of_writing(cell):
    with pytest.raises(cells.CellError, match="YYYY-MM-DD"):
        cells.day(cell)


@pytest.mark.parametrize("cell", ["2018-02-30", "2017-02-29", "2018-13-01", "0000-01-01"])
def test_day_must_be_in_the_calendar(cell):
    with pytest.raises(cells.CellError, match="no such day"):
        cells.day(cell)


@pytest.mark.parametrize(("cell", "number"), [("0", "0"), ("007", "7"), ("32767", "32767")])
def test_whole_number_takes_digits(cell, number):
    assert cells.whole_number(0, 32767)(cell) == number


@pytest.mark.parametrize("cell", ["-1", "32768", "1.0", "1e3", "٣", "1 000", "9" * 5000])
def test_whole_number_refuses_the_rest(cell):
    with pytest.raises(cells.CellError, match="from 0 to 32,767"):
        cells.whole_number(0, 32767)(cell)


@pytest.mark.parametrize("cell", ["0", "60912", "60912.5", "-1", "123456789012.99"])
def test_decimal_takes_plain_numbers(cell):
    assert cells.decimal(14, 2)(cell) == cell


@pytest.mark.parametrize("cell", ["$1", "1,000", "1.234", "1e9", "NaN", "1234567890123", ".5"])
def test_decimal_refuses_the_rest(cell):
    with pytest.raises(cells.CellError, match="at most 2 decimals"):
        cells.decimal(14, 2)(cell)


@pytest.mark.parametrize("cell", ["a b", "é", "a/b", "a\n", "a" * 11])
def test_slug_refuses_what_addresses_cannot_hold(cell):
    with pytest.raises(cells.CellError, match="at most 10"):
        cells.slug(10)(cell)


def test_one_of_names_the_choices():
    with pytest.raises(cells.CellError) as error:
        cells.one_of(["day", "month"])("week")

    assert str(error.value) == "Write one of: day, month."


LISTS = {
    "one": ["one"],
    "one; two": ["one", "two"],
    "one;  two": ["one", " two"],
    "a\\; b; c": ["a; b", "c"],
    "a\\\\; b": ["a\\", "b"],
    "C:\\temp": ["C:\\temp"],
}


@pytest.mark.parametrize(("cell", "items"), LISTS.items())
def test_list_is_separated_by_semicolon_and_space(cell, items):
    assert cells.split_list(cell) == items


@pytest.mark.parametrize("cell", ["a;b", "; a", "a; ", "a; ; b", ";"])
def test_list_refuses_other_separators_and_empty_items(cell):
    with pytest.raises(cells.CellError, match="Separate items"):
        cells.split_list(cell)


@given(st.lists(st.text(min_size=1), min_size=1))
def test_list_gives_back_any_items_that_were_escaped(items):
    cell = "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)

    assert cells.split_list(cell) == items


def test_set_names_each_item_once():
    with pytest.raises(cells.CellError, match="once"):
        cells.set_of(cells.slug(10))("a; b; a")
