"""The rows of the declared reports: hostile cells, drafts, cost."""

import csv
import io

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField

from casefile.reports import write_csv
from casefile.spreadsheets import FORMULA_STARTS
from jurisdictions.models import Award, Jurisdiction
from letters.models import Letter, Statement
from letters.reports import REPORTS
from tests.addresses import make_record
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    DesignationFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    LetterFactory,
    PolicyFactory,
    ProceedingFactory,
    ResponseFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
)
from tests.letters.exported import DAY, exported, rows
from tests.once import once_in_a_module

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]

every_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)


def make_wide_record():
    """Make rows of which each report has several; return the letter of the small record."""
    letter = make_record()
    for _ in range(3):
        ResponseFactory(letter=ExtensionFactory().letter)
        AwardEventFactory()
        StatementFactory()
        RulingFactory()
    AwardFactory(note="x", award_number="x")
    EventFactory(summary="x")
    return letter


record = once_in_a_module(make_wide_record)


@every_report
def test_report_holds_rows_of_the_record(report):
    found = rows(report, published=not report.staff_only)

    assert found
    assert [row["key" if "key" in row else "slug"] for row in found]


@every_report
def test_report_takes_one_query(report, django_assert_num_queries):
    declared = report.rows(DAY, published=True)  # looks up content types, once per process

    with django_assert_num_queries(1):
        write_csv(report, declared, io.BytesIO())
    with django_assert_num_queries(1):
        report.page(declared, 3)


@every_report
def test_preview_shows_the_first_rows_of_the_file(report):
    wanted = list(csv.reader(io.StringIO(exported(report).decode(), newline="")))[1:4]

    shown = report.page(report.rows(DAY, published=True), 3)

    assert [["" if cell is None else str(cell) for cell in row] for row in shown] == wanted


# Hostile cells


def spoil(start):
    """Make each free text of the record that a constraint allows hostile; return it."""
    HoldFactory(status="draft", summary="x")
    text = f"{start}cmd|' /C calc'!A0"
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for model in spoiled_models():
            table = model._meta.db_table
            for field in free_texts(model):
                cursor.execute(f'UPDATE {table} SET "{field.column}" = %s', [text])
        cursor.execute("SET session_replication_role = DEFAULT")
    return text


def spoiled_models():
    labels = ("casefile", "jurisdictions", "letters")
    derived = ("StateInterval", "Receipt", "Revision", "Correction", "SearchDocument")
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in labels
        and not model.__name__.endswith("History")
        and model.__name__ not in derived
        and not model._meta.proxy
    ]


def free_texts(model):
    """Return the fields that hold any text at all: no keys, choices, sums or addresses."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and not field.choices
        and not field.unique
        and field.name not in ("state", "geoid", "url", "archive_url", "website", "change_id")
        and not field.name.endswith(("sha256", "_check", "basis", "unit"))
    ]


@pytest.mark.parametrize(
    "start", [*FORMULA_STARTS, " =", "\ufeff+", "\u200b@", ";=", '"='], ids=ascii
)
def test_hostile_text_is_neutralised_in_each_text_column_of_each_report(start):
    text = spoil(start)
    spoiled = 0

    for report in REPORTS:
        published = not report.staff_only
        safe, raw = (rows(report, published=published, raw=raw) for raw in (False, True))
        for row, untouched in zip(safe, raw, strict=True):
            for column in report.columns:
                cell = row[column.name]
                if column.type == "text" and untouched[column.name].startswith(text):
                    assert cell == f"'{untouched[column.name]}", (report.name, column.name)
                    spoiled += 1
                else:
                    assert cell == untouched[column.name], (report.name, column.name)
                assert not cell.startswith(start) or column.type != "text"

    assert spoiled > 40


def test_docket_report_is_in_order_of_dates():
    dates = [(row["date"], row["entry_kind"], row["key"]) for row in rows("docket")]

    assert dates == sorted(dates)


def test_model_field_that_no_column_names_is_in_no_report():
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Award.objects.update(program="Byrne JAG")
        Jurisdiction.objects.update(website=f"https://{MARK}.example")
        Statement.objects.update(submitted_at="2018-01-01T00:00Z")
        Letter.objects.update(note=MARK)
        cursor.execute("SET session_replication_role = DEFAULT")

    assert not [report.name for report in REPORTS if MARK.encode() in exported(report)]


# Drafts


MARK = "only-staff-see-this"


def make_drafts(letter):
    """Make a draft of each kind, with a marked word in each of its texts, and what it rests on."""
    with_mark = {"status": "draft", "cited__source__title": MARK, "cited__passage": MARK}
    drafts = [
        LetterFactory(
            addressee=MARK, jurisdiction__name=MARK, round__title=MARK, key=f"l-{MARK}", **with_mark
        ),
        ResponseFactory(letter=letter, summary=MARK, key=f"r-{MARK}", kind="refusal", **with_mark),
        ExtensionFactory(letter=letter, note=MARK, key=f"x-{MARK}", **with_mark),
        HoldFactory(letter=letter, summary=MARK, key=f"h-{MARK}", **with_mark),
        EnforcementStepFactory(letter=letter, summary=MARK, key=f"e-{MARK}", **with_mark),
        StatementFactory(
            text=MARK, speaker__name=MARK, speaker__slug=MARK, key=f"s-{MARK}", **with_mark
        ),
        EventFactory(title=MARK, key=f"v-{MARK}", **with_mark),
        proceeding := ProceedingFactory(caption=MARK, key=f"p-{MARK}", **with_mark),
        RulingFactory(title=MARK, key=f"g-{MARK}", proceeding=proceeding, **with_mark),
        PolicyFactory(title=MARK, key=f"o-{MARK}", **with_mark),
        DesignationFactory(list_name=MARK, key=f"d-{MARK}", **with_mark),
        AwardEventFactory(note=MARK, key=f"a-{MARK}", award__cited=False, **with_mark),
    ]
    AwardFactory(note=MARK, cited=False)
    SourceFactory(title=MARK, key=MARK)
    return drafts


WITH_DRAFTS = {
    "letters": 1,
    "responses": 1,
    "statements": 1,
    "proceedings": 1,
    "docket": 12,  # the ruling is dated later, and the deadline of the letter is over
    "award_events": 1,
}


def test_draft_of_each_kind_is_in_no_report(record):
    public = [report for report in REPORTS if not report.staff_only]
    before = {report.name: exported(report) for report in public}

    drafts = make_drafts(record)

    assert len(drafts) == 12
    assert {report.name: exported(report) for report in public} == before
    assert [name for name, file in before.items() if MARK.encode() in file] == []


def test_reports_with_drafts_mark_them_in_a_column(record):
    make_drafts(record)

    found = {name: rows(name, published=False) for name in WITH_DRAFTS}

    marked = {
        name: [row["key"] for row in found[name] if row["status"] == "draft"] for name in found
    }
    assert {name: len(keys) for name, keys in marked.items()} == WITH_DRAFTS
    assert all(MARK in key for keys in marked.values() for key in keys)
    for name in found:
        assert {"published", "draft"} == {row["status"] for row in found[name]}, name


def test_retracted_entry_is_in_no_report_not_even_with_drafts(record):
    Letter.objects.filter(pk=record.pk).update(status="retracted")

    for report in REPORTS:
        assert b"the-letter" not in exported(report, published=False), report.name
