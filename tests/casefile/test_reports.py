"""What a report's declaration comes to: header, cells, order, and CSV that others can read."""

import csv
import datetime as dt
import hashlib
import io

import pandas
import pytest
from django.db import DatabaseError, connection
from django.db.models import F

from casefile.models import Citation, Source
from casefile.report_writing import snapshot
from casefile.reports import Column, Listing, Report, write_csv
from casefile.spreadsheets import BEFORE_FORMULA, FORMULA_STARTS
from letters.models import Letter
from tests.factories import CitationFactory, LetterFactory, SourceFactory

pytestmark = pytest.mark.django_db

TEXTS = Report(
    "texts",
    "Texts",
    "The titles of sources.",
    columns=(
        Column("key", "text", "Key."),
        Column("title", "text", "Title."),
        Column("published_on", "date", "Day."),
        Column("size", "integer", "A number.", F("pk") * -1),
        Column("cited", "text", "Pins.", Listing(Citation.objects.all, of="source", value="pin")),
    ),
    rows=lambda day, published: Source.objects.all(),
    order=("key",),
)

SIGNS = "=+-@＝＋－＠"  # noqa: RUF001
BLANKS = " \u00a0\ufeff\u200b"
HOSTILE = (
    [*FORMULA_STARTS]
    + [f"{blank}{sign}" for blank in BLANKS for sign in "=+-@"]
    + [";=", '"=', "\u200c=", "\u200d+", "\u2060@", "'=", "''-", " \u00a0="]
)
HARMLESS = [
    "Doña Ana",
    "a=b",
    "a-b",
    " an indent",
    "'tis",
    '"Quoted"',
    "; and",
    "1-2",
    "06037",
    "0",
]


def written(report=TEXTS, rows=None, **flavour):
    """Return the bytes of a report, and what was Written of them."""
    out = io.BytesIO()
    rows = report.rows(None, published=True) if rows is None else rows
    return out, write_csv(report, rows, out, **flavour)


def cells(column, **flavour):
    """Return a column of the report as Python's csv reads it."""
    out, _ = written(**flavour)
    text = out.getvalue().decode("utf-8-sig")
    return [row[column] for row in csv.DictReader(io.StringIO(text, newline=""))]


def test_report_of_no_rows_has_its_header():
    out, what = written()

    assert out.getvalue() == b"key,title,published_on,size,cited\n"
    assert what.rows == 0


def test_what_was_written_is_counted_and_summed():
    SourceFactory(title="Two\nlines")
    SourceFactory(title="One, with a comma")

    out, what = written()

    assert what.rows == 2
    assert what.bytes == len(out.getvalue())
    assert what.sha256 == hashlib.sha256(out.getvalue()).hexdigest()


@pytest.mark.parametrize("start", HOSTILE, ids=ascii)
def test_text_that_could_be_a_formula_gets_an_apostrophe_and_no_more(start):
    text = f"{start}1+2"
    SourceFactory(title=text)

    assert cells("title") == [f"'{text}"]
    assert cells("title", raw=True) == [text]


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text):
    SourceFactory(title=text)

    assert cells("title") == [text]
    assert cells("title", raw=True) == [text]


def test_24_starts_of_hostile_cells_are_covered():
    assert set("=+-@\t\r\n＝＋－＠") == set(FORMULA_STARTS)  # noqa: RUF001
    assert set(' \u00a0\ufeff\u200b;"') <= set(BEFORE_FORMULA)


def test_apostrophe_taken_away_gives_the_text_back():
    texts = [f"{start}x" for start in HOSTILE] + HARMLESS
    for number, text in enumerate(texts):
        SourceFactory(key=f"k{number:03}", title=text)

    safe = cells("title")

    could_run = tuple(HOSTILE)
    restored = [
        cell[1:] if cell[0] == "'" and cell[1:].startswith(could_run) else cell for cell in safe
    ]
    assert restored == texts


def test_numbers_and_dates_are_never_touched():
    source = SourceFactory(published_on="2018-01-24", title="")

    assert cells("size") == [str(-source.pk)]
    assert cells("published_on") == ["2018-01-24"]
    assert cells("title") == [""]


def test_excel_flavour_begins_with_a_mark_and_keeps_what_looks_like_a_number():
    texts = ["06037", "1-2991", "3/4", "12E5", "17031", "1:18-cv-05", "8 U.S.C. 1373", "-1"]
    for number, text in enumerate(texts):
        SourceFactory(key=f"k{number}", title=text)

    out, _ = written(excel=True)

    assert out.getvalue().startswith(b"\xef\xbb\xbfkey,")
    assert cells("title", excel=True) == [
        "'06037", "'1-2991", "'3/4", "'12E5", "'17031", "1:18-cv-05", "8 U.S.C. 1373", "'-1"
    ]  # fmt: skip


def test_accents_quotes_commas_and_line_breaks_survive_csv_and_pandas():
    texts = ["Doña Ana", 'He said "no"', "a, b", "Two\nlines", "Two\r\nlines", "x" * 100_000, "\\."]
    for number, text in enumerate(texts):
        SourceFactory(key=f"k{number}", title=text)
    out, _ = written()

    # A C parser that reads line breaks as they stand, as spreadsheets do.
    frame = pandas.read_csv(
        io.BytesIO(out.getvalue()), keep_default_na=False, lineterminator="\n", dtype=str
    )

    assert cells("title") == texts
    assert list(frame["title"]) == texts


def test_rows_stand_in_the_order_of_characters_on_every_server():
    for key in ("b-1", "B-1", "a_1", "a-1", "A1"):
        SourceFactory(key=key)

    assert cells("key") == ["A1", "B-1", "a-1", "a_1", "b-1"]


def test_listing_gives_each_value_once_in_order_and_nothing_where_there_is_none():
    source = SourceFactory(key="cited")
    SourceFactory(key="not-cited")
    letter = LetterFactory(cited=False)
    for field, pin in [("", "p. 2"), ("date", "p. 2"), ("deadline", "p. 10")]:
        CitationFactory(entry=letter, source=source, field=field, pin=pin)

    assert cells("cited") == ["p. 10; p. 2", ""]


def test_preview_is_the_first_rows_of_the_file():
    source = SourceFactory(key="k9", title="=1+1", published_on="2018-01-24")
    CitationFactory(entry=LetterFactory(cited=False), source=source, pin="p. 1")
    for number in range(9):
        SourceFactory(key=f"k{number}", title="A title")
    rows = Source.objects.all()
    wanted = [list(row.values()) for row in csv.DictReader(io.StringIO(csv_text()))]

    shown = TEXTS.page(rows, 3)

    assert [[text(cell) for cell in row] for row in shown] == wanted[:3]
    assert [[text(cell) for cell in row] for row in TEXTS.page(rows, 10)] == wanted


def csv_text():
    return written()[0].getvalue().decode()


def text(cell):
    return "" if cell is None else str(cell)


def test_rows_of_several_querysets_stand_in_one_order():
    report = Report(
        "keys",
        "Keys",
        "Keys of two kinds.",
        columns=(Column("key", "text", "Key."), Column("day", "date", "Day.")),
        rows=lambda day, published: [
            Letter.objects.annotate(day=F("date")),
            Source.objects.filter(published_on__isnull=False).annotate(day=F("published_on")),
        ],
        order=("day", "key"),
    )
    SourceFactory(key="second", published_on="2018-01-23")
    LetterFactory(key="third", date="2018-01-24")
    SourceFactory(key="first", published_on="2018-01-22")

    out, _ = written(report)

    assert [line[:5] for line in out.getvalue().decode().split()] == [
        "key,d", "first", "secon", "third"
    ]  # fmt: skip
    assert [row[0] for row in report.page(report.rows(None, published=True), 2)] == [
        "first",
        "second",
    ]


def test_page_computes_the_cells_of_its_own_rows_alone():
    SourceFactory(key="a")
    SourceFactory(key="b")
    last = SourceFactory(key="c")
    report = Report(
        "distances",
        "Distances",
        "One by zero for the last row.",
        columns=(Column("key", "text", "Key."), Column("n", "number", "", 1 / (F("pk") - last.pk))),
        rows=lambda day, published: [
            Source.objects.exclude(key="c"),
            Source.objects.filter(key="c"),
        ],
        order=("key",),
    )
    rows = report.rows(None, published=True)

    pages = report.page(rows, 1), report.page(rows, 1, after=["a"])

    assert [[key for key, _ in page] for page in pages] == [["a"], ["b"]]
    with pytest.raises(DatabaseError):
        report.page(rows, 1, after=["b"])


def test_error_of_the_database_is_raised():
    report = Report(
        "broken",
        "Broken",
        "Divides by zero.",
        columns=(Column("key", "text", "Key."), Column("n", "number", "", 1 / (F("pk") - F("pk")))),
        rows=lambda day, published: Source.objects.all(),
        order=("key",),
    )
    SourceFactory()

    with pytest.raises(DatabaseError):
        written(report)


def test_report_takes_one_query_however_many_rows(django_assert_num_queries):
    SourceFactory.create_batch(3)

    with django_assert_num_queries(1):
        written()


def test_no_day_or_number_depends_on_the_sessions_settings():
    SourceFactory(published_on=dt.date(2018, 1, 24))

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL datestyle = 'German, DMY'")
        with snapshot():
            assert cells("published_on") == ["2018-01-24"]


@pytest.mark.parametrize(("timeout", "workers"), [(None, "2"), ("5s", "0")])
def test_processes_help_a_report_and_no_page(timeout, workers):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")  # as the site's connections
        with snapshot(timeout):
            cursor.execute("SHOW max_parallel_workers_per_gather")
            assert cursor.fetchone() == (workers,)
