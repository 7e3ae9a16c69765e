"""Rows: any CSV text read in a stream, each fault told with the line where its row begins."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.bundle.problems import Problems
from casefile.bundle.rows import LINE_LIMIT, Lines, Unreadable, read_rows


def read(content):
    """Return the rows of bytes, and the problems."""
    problems = Problems()
    lines = Lines(io.BytesIO(content), "letters.csv", problems)
    rows = []
    try:
        rows.extend(read_rows(lines))
    except Unreadable:
        rows.append("unreadable")
    return rows, list(problems.lines([]))


cells = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")
    | st.sampled_from('\n\t",'),
    max_size=8,
)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1))
def test_rows_of_any_sound_file_are_read_as_they_were_written(table):
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(table)

    rows, problems = read(written.getvalue().encode())

    assert problems == []
    assert [row for _, row, _ in rows] == table


def test_row_is_numbered_by_the_line_where_it_begins():
    rows, _ = read(b'a,b\n"1\n2\n3",x\nlast,y\n')

    assert [(line, row) for line, row, _ in rows] == [
        (1, ["a", "b"]),
        (2, ["1\n2\n3", "x"]),
        (5, ["last", "y"]),
    ]


def test_last_line_needs_no_line_feed():
    rows, problems = read(b"a,b\n1,2")

    assert (len(rows), problems) == (2, [])


def test_fault_within_a_quoted_cell_marks_its_row():
    rows, problems = read(b'a,b\n"1\nx\x01y",2\n3,4\n')

    assert [(line, is_sound) for line, _, is_sound in rows] == [(1, True), (2, False), (4, True)]
    assert problems[0].startswith("letters.csv, row 3, value")


def test_line_ends_are_told_once():
    rows, problems = read(b"a,b\r\n1,2\r\n3,4\r\n")

    assert [row for _, row, _ in rows] == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert len(problems) == 1


def test_reading_goes_on_after_a_broken_row():
    rows, problems = read(b'a,b\n"1"x,2\n3\n\n4,5\n')

    assert [row for _, row, _ in rows] == [["a", "b"], ["4", "5"]]
    assert [problem.split(":")[0] for problem in problems] == [
        "letters.csv, row 2",
        "letters.csv, row 3",
        "letters.csv, row 4",
    ]


def test_endless_line_is_not_read_to_its_end():
    class Endless(io.RawIOBase):
        asked = 0

        def readline(self, size=-1):
            assert size > 0
            self.asked += size
            return b"x" * size

    stream = Endless()
    lines = Lines(stream, "letters.csv", Problems())

    with pytest.raises(Unreadable):
        list(read_rows(lines))

    assert stream.asked == LINE_LIMIT + 1
