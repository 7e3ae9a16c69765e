"""The declared reports: columns that others rely on, hostile cells, drafts, cost."""

import csv
import datetime as dt
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import CharField, TextField

from casefile.reports import TYPES, write_csv
from casefile.spreadsheets import FORMULA_STARTS
from jurisdictions.models import Award, Jurisdiction
from letters.models import Letter, Statement
from letters.reports import REPORTS
from tests.addresses import make_record
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CitationFactory,
    DesignationFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    JurisdictionFactory,
    LetterFactory,
    PolicyFactory,
    ProceedingFactory,
    ProductionFactory,
    ResponseFactory,
    RoundFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 10)
NAMES = [report.name for report in REPORTS]
BY_NAME = {report.name: report for report in REPORTS}
every_report = pytest.mark.parametrize("report", REPORTS, ids=NAMES)
every_public_report = pytest.mark.parametrize(
    "report", [report for report in REPORTS if not report.staff_only], ids=lambda r: r.name
)

# What others rely on: the first columns, in this order.
CONTRACT = {
    "letters": "key round jurisdiction date deadline effective_deadline state days_late exposure"
    " due_soon first_complete_response extensions enforcement",
    "jurisdictions": "slug name kind state letters next_deadline exposure award_amount",
    "grants": "key jurisdiction program fiscal_year amount amount_basis award_status money_status"
    " dispute_status",
    "quotations": "key source check",
}


def exported(report, *, published=True, day=DAY, **flavour):
    """Return the bytes of a report."""
    out = io.BytesIO()
    write_csv(report, report.rows(day, published=published), out, **flavour)
    return out.getvalue()


def rows(report, **asked):
    """Return a report's rows as dicts, by name or declaration."""
    report = BY_NAME.get(report, report)
    text = exported(report, **asked).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_reports_are_those_that_are_promised():
    promised = (
        "letters deadlines responses rounds jurisdictions grants award_events statements quotations"
        " proceedings sources coverage docket"
    )

    assert sorted(NAMES) == sorted(promised.split())
    assert [report.name for report in REPORTS if report.staff_only] == ["coverage"]


@pytest.mark.parametrize("name", CONTRACT)
def test_columns_that_others_rely_on_keep_their_names_and_order(name):
    promised = CONTRACT[name].split()

    assert BY_NAME[name].header()[: len(promised)] == promised


@every_report
def test_empty_report_has_its_header(report):
    assert exported(report).decode() == ",".join(report.header()) + "\n"


@every_report
def test_report_begins_with_the_stable_key_and_says_what_each_column_holds(report):
    assert report.header()[0] in ("key", "slug")
    assert len(set(report.header())) == len(report.columns)
    for column in report.columns:
        assert column.type in TYPES, column.name
        assert column.description.endswith("."), column.name
        assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)


@every_report
def test_report_holds_rows_of_the_record(report):
    make_record()

    found = rows(report, published=not report.staff_only)

    assert found
    assert [row["key" if "key" in row else "slug"] for row in found]


@every_report
def test_report_of_a_wider_record_takes_no_more_queries(
    report, django_assert_num_queries, django_assert_max_num_queries
):
    make_record()
    for _ in range(3):
        ResponseFactory(letter=ExtensionFactory().letter)
        AwardEventFactory()
        StatementFactory()
        RulingFactory()
    declared = report.rows(DAY, published=True)  # looks up content types, once per process

    with django_assert_num_queries(1):
        write_csv(report, declared, io.BytesIO())
    with django_assert_num_queries(1):
        report.page(declared, 3)


@every_report
def test_preview_shows_the_first_rows_of_the_file(report):
    make_record()
    wanted = list(csv.reader(io.StringIO(exported(report).decode(), newline="")))[1:4]

    shown = report.page(report.rows(DAY, published=True), 3)

    assert [["" if cell is None else str(cell) for cell in row] for row in shown] == wanted


# Hostile cells


def spoil(start):
    """Make a record in which each free text that a constraint allows is hostile."""
    make_record()
    AwardFactory(note="x", award_number="x")
    HoldFactory(status="draft", summary="x")
    EventFactory(summary="x")
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


def test_codes_with_leading_zeros_survive_as_they_are_and_in_the_excel_flavour():
    LetterFactory(jurisdiction=JurisdictionFactory(slug="la", state="CA", geoid="06037"))

    assert rows("jurisdictions")[0]["geoid"] == "06037"
    assert rows("jurisdictions", excel=True)[0]["geoid"] == "'06037"


def convert(path, tmp_path):
    """Return the rows of a CSV as LibreOffice reads it, and writes it again."""
    soffice = shutil.which("soffice")
    out = tmp_path / "converted"
    subprocess.run(
        [
            soffice,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            # Separator, quote, UTF-8, first line; then as LibreOffice itself writes it.
            "--infilter=CSV:44,34,76,1",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false",
            "--outdir",
            str(out),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(tmp_path)},
    )
    text = (out / path.name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (Debian's libreoffice-calc) isn't here"
)
@pytest.mark.parametrize("excel", [False, True])
def test_spreadsheet_shows_names_accents_and_line_breaks_and_runs_nothing(tmp_path, excel):
    jurisdiction = JurisdictionFactory(
        slug="dona-ana", name="Doña Ana", kind="county", state="NM", geoid="35013"
    )
    LetterFactory(
        key="a-letter",
        jurisdiction=jurisdiction,
        addressee='=HYPERLINK("https://evil.example","Click")',
        recipient_agency="Sheriff’s Office,\n“First” Division",
    )
    path = tmp_path / "letters.csv"
    path.write_bytes(exported(BY_NAME["letters"], excel=excel))

    (row,) = convert(path, tmp_path)

    assert row["jurisdiction_name"] == "Doña Ana"
    assert row["recipient_agency"] == "Sheriff’s Office,\n“First” Division"
    assert row["addressee"].endswith('=HYPERLINK("https://evil.example","Click")')
    assert row["geoid"].endswith("35013")
    assert row["days_late"] == "15"


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


@every_public_report
def test_draft_of_each_kind_is_in_no_report(report):
    letter = make_record()
    before = exported(report)

    drafts = make_drafts(letter)

    assert len(drafts) == 12
    assert exported(report) == before
    assert MARK.encode() not in before


@pytest.mark.parametrize(
    ("name", "drafts"),
    [
        ("letters", 1),
        ("responses", 1),
        ("statements", 1),
        ("proceedings", 1),
        ("docket", 12),  # the ruling is dated later, and the deadline of the letter is over
        ("award_events", 1),
    ],
)
def test_report_with_drafts_marks_them_in_a_column(name, drafts):
    make_drafts(make_record())

    found = rows(name, published=False)

    marked = [row["key"] for row in found if row["status"] == "draft"]
    assert len(marked) == drafts
    assert all(MARK in key for key in marked)
    assert {"published", "draft"} == {row["status"] for row in found}


def test_retracted_entry_is_in_no_report_not_even_with_drafts():
    letter = make_record()
    Letter.objects.filter(pk=letter.pk).update(status="retracted")

    for report in REPORTS:
        assert b"the-letter" not in exported(report, published=False), report.name


def test_what_a_public_row_refers_to_is_left_out_where_it_is_not_public():
    parent = JurisdictionFactory(slug="not-public", kind="state", name="State of Illinois")
    jurisdiction = LetterFactory(jurisdiction__parent=parent).jurisdiction
    StatementFactory(key="to-a-draft", in_reply_to_letter=LetterFactory(status="draft"))
    StatementFactory(key="to-a-round", in_reply_to_round=RoundFactory())
    StatementFactory(key="to-a-letter", in_reply_to_letter=LetterFactory(key="a-letter"))

    answers = {row["key"]: row["in_reply_to"] for row in rows("statements")}
    parents = {row["slug"]: row["parent"] for row in rows("jurisdictions")}

    assert answers == {"to-a-draft": "", "to-a-round": "", "to-a-letter": "a-letter"}
    assert parents[jurisdiction.slug] == ""


# What the columns say


def test_letters_report_says_where_each_letter_stands():
    letter = LetterFactory(
        key="a-letter",
        round__slug="a-round",
        jurisdiction__slug="chicago-il",
        date="2018-01-24",
        deadline="2018-02-23",
    )
    ExtensionFactory(letter=letter, new_deadline="2018-03-01")
    ResponseFactory(letter=letter, kind="complete", date="2018-03-05")
    EnforcementStepFactory(letter=letter, date="2018-03-02", kind="subpoena_threatened")

    (row,) = rows("letters")

    assert {name: row[name] for name in CONTRACT["letters"].split()} == {
        "key": "a-letter",
        "round": "a-round",
        "jurisdiction": "chicago-il",
        "date": "2018-01-24",
        "deadline": "2018-02-23",
        "effective_deadline": "2018-03-01",
        "state": "answered_late",
        "days_late": "4",
        "exposure": "untimely",
        "due_soon": "false",
        "first_complete_response": "2018-03-05",
        "extensions": "1",
        "enforcement": "subpoena_threatened",
    }
    assert rows("letters", day=dt.date(2018, 2, 22))[0]["due_soon"] == "true"
    assert rows("letters", day=dt.date(2018, 1, 23)) == []


def test_deadlines_report_says_by_what_a_deadline_was_moved():
    letter = LetterFactory(key="a-letter", deadline="2018-02-23")
    ExtensionFactory(letter=letter, key="first", date="2018-02-01", new_deadline="2018-03-01")
    ExtensionFactory(letter=letter, key="second", date="2018-02-20", new_deadline="2018-03-20")
    LetterFactory(deadline=None)

    (row,) = rows("deadlines")

    assert (row["moved_by"], row["moved_on"]) == ("second", "2018-02-20")
    assert (row["deadline"], row["effective_deadline"]) == ("2018-02-23", "2018-03-20")
    assert row["days_left"] == "10"


def test_jurisdictions_report_never_adds_amounts_on_two_bases():
    jurisdiction = JurisdictionFactory(slug="chicago-il")
    for year, amount, basis in [
        (2016, 100, "allocated"),
        (2017, 50, "allocated"),
        (2015, 7, "awarded"),
    ]:
        AwardFactory(jurisdiction=jurisdiction, fiscal_year=year, amount=amount, amount_basis=basis)

    (row,) = rows("jurisdictions")

    assert (row["award_amount"], row["award_amount_basis"]) == ("7.00", "awarded")
    assert (row["amount_allocated"], row["amount_reported"]) == ("150.00", "")


def test_grants_report_keeps_the_three_axes_apart():
    award = AwardFactory(key="an-award", amount=60_000)
    AwardEventFactory(award=award, axis="money", award_status="on_hold", date="2018-01-24")
    AwardEventFactory(award=award, axis="dispute", award_status="cleared", date="2018-02-24")

    (row,) = rows("grants")

    assert (row["award_status"], row["money_status"], row["dispute_status"]) == (
        "", "on_hold", "cleared"
    )  # fmt: skip
    assert row["amount"] == "60000.00"


def test_quotations_report_has_a_row_for_each_source_of_a_quotation():
    statement = StatementFactory(key="said", text="In time.", cited=False)
    for key, text in [
        ("exact", "He said: In time."),
        ("other", "He said: Too late."),
        ("none", ""),
    ]:
        CitationFactory(entry=statement, source=SourceFactory(key=key, text=text))
    StatementFactory(kind="paraphrase")

    found = {row["source"]: row["check"] for row in rows("quotations")}

    assert found["exact"] == "exact"
    assert found["other"] in ("absent", "altered")
    assert found["none"] == "unchecked"
    assert len(found) == 3


def test_sources_report_counts_public_citations_alone():
    source = CitationFactory(entry=LetterFactory()).source
    CitationFactory(entry=LetterFactory(status="draft"), source=source)

    found = {row["key"]: row["citations"] for row in rows("sources")}

    assert found[source.key] == "1"


def test_docket_report_is_in_order_of_dates():
    make_record()

    dates = [(row["date"], row["entry_kind"], row["key"]) for row in rows("docket")]

    assert dates == sorted(dates)


def test_productions_are_no_columns_of_a_report():
    ProductionFactory(note=MARK)

    assert not [report.name for report in REPORTS if MARK.encode() in exported(report)]


def test_as_of_day_decides_what_is_on_the_record():
    ResponseFactory(letter=LetterFactory(key="a-letter", date="2018-01-24"), date="2018-02-20")

    states = [
        [row["state"] for row in rows("letters", day=day)]
        for day in (dt.date(2018, 1, 23), dt.date(2018, 2, 1), dt.date(2018, 2, 20))
    ]

    assert states == [[], ["awaiting"], ["responded"]]


def test_model_field_that_no_column_names_is_in_no_report():
    make_record()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        Award.objects.update(program="Byrne JAG")
        Jurisdiction.objects.update(website=f"https://{MARK}.example")
        Statement.objects.update(submitted_at="2018-01-01T00:00Z")
        Letter.objects.update(note=MARK)
        cursor.execute("SET session_replication_role = DEFAULT")

    assert not [report.name for report in REPORTS if MARK.encode() in exported(report)]


def test_every_declaration_is_in_the_list():
    folder = Path(__file__).resolve().parents[2] / "letters" / "reports"
    declared = sum(file.read_text().count(" = Report(") for file in folder.glob("*.py"))

    assert declared == len(REPORTS)
