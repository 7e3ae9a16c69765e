"""The declared reports: columns that others rely on, and what they say."""

import csv
import datetime as dt
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from casefile.reports import TYPES
from letters.reports import REPORTS
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CitationFactory,
    EnforcementStepFactory,
    ExtensionFactory,
    JurisdictionFactory,
    LetterFactory,
    ProductionFactory,
    ResponseFactory,
    RoundFactory,
    SourceFactory,
    StatementFactory,
)
from tests.letters.exported import BY_NAME, exported, rows

pytestmark = pytest.mark.django_db

NAMES = [report.name for report in REPORTS]
MARK = "only-staff-see-this"
every_report = pytest.mark.parametrize("report", REPORTS, ids=NAMES)

# What others rely on: the first columns, in this order.
CONTRACT = {
    "letters": "key round jurisdiction date deadline effective_deadline state days_late exposure"
    " due_soon first_complete_response extensions enforcement",
    "jurisdictions": "slug name kind state letters next_deadline exposure award_amount",
    "grants": "key jurisdiction program fiscal_year amount amount_basis award_status money_status"
    " dispute_status",
    "quotations": "key source check",
}


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


def test_every_declaration_is_in_the_list():
    folder = Path(__file__).resolve().parents[2] / "letters" / "reports"
    declared = sum(file.read_text().count(" = Report(") for file in folder.glob("*.py"))

    assert declared == len(REPORTS)
