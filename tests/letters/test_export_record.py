"""Exporting the record, and that what is exported loads back as it was."""

import json
import threading
import zipfile
from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import letters
from casefile.bundle import exporting
from casefile.entries import Status
from letters.models import Letter, Statement
from letters.record import RECORD
from tests.bundles import RECORD as FILES
from tests.bundles import read_directory, write_directory
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CitationFactory,
    DemandItemFactory,
    DesignationFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    PolicyFactory,
    ProceedingFactory,
    ProductionFactory,
    ResponseFactory,
    RoundFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

FOUNDING_RECORD = Path(letters.__file__).parent / "founding_record"


@pytest.fixture
def publisher():
    return UserFactory(username="rita", is_superuser=True)


@pytest.fixture
def export(tmp_path):
    """Export the record, and return {path: bytes} of it."""
    numbers = iter(range(1000))

    def export(**options):
        path = tmp_path / f"export-{next(numbers)}"
        call_command("export_record", str(path), stdout=StringIO(), **options)
        return read_directory(path)

    return export


@pytest.fixture
def load(tmp_path, publisher):
    numbers = iter(range(1000))

    def load(files):
        path = write_directory(tmp_path / f"bundle-{next(numbers)}", files)
        call_command("load_record", str(path), publish_as="rita", stdout=StringIO())

    return load


@contextmanager
def empty_database():
    """Undo whatever is written within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows(files, name):
    return files[f"{name}.csv"].decode().splitlines()


# Cells may hold anything but the control characters that loading refuses.
characters = st.characters(
    exclude_categories=["Cs"],
    exclude_characters=[chr(code) for code in [*range(0x20), 0x7F] if chr(code) not in "\n\t"],
)
awkward = st.sampled_from(
    [",", '"', '""', "\n", "\n\n", "\\", "; ", "\\;", "'", "=1+1", "\ufeff", "é"]
)
words = st.lists(awkward | st.text(characters, max_size=5), max_size=4).map("".join)
some_words = words.filter(bool)
texts = st.binary(max_size=20).map(lambda raw: raw.decode("latin-1").replace("\x00", "\r\n"))
days = st.dates(date(2016, 1, 1), date(2019, 12, 31))


@st.composite
def entries(draw):
    """Draw what every entry has: any status, and a date as exact as it is known."""
    day, precision = draw(days), draw(st.sampled_from(["day", "month", "year"]))
    if precision != "day":
        day = day.replace(day=1, month=1 if precision == "year" else day.month)
    return {
        "date": day,
        "date_precision": precision,
        "status": draw(st.sampled_from(Status.values)),
        "cited__passage": draw(words),
        "cited__pin": draw(words),
    }


def make_record(draw):
    """Store a record with rows of every kind."""
    state = JurisdictionFactory(kind="state", state="IL", geoid="17")
    county = JurisdictionFactory(kind="county", state="IL", parent=state, note=draw(words))
    # Its key sorts before its parent's, so that children precede parents in the file.
    city = JurisdictionFactory(
        slug="a-city",
        state="IL",
        parent=county,
        name=draw(some_words),
        aliases=draw(st.lists(some_words, max_size=3)),
    )
    places = [state, county, city]
    source = SourceFactory(text=draw(texts), title=draw(some_words), note=draw(words))
    officials = OfficialFactory.create_batch(2, name=draw(some_words))
    a_round = RoundFactory(title=draw(some_words), consequence=draw(words), deadline=None)
    DemandItemFactory(round=a_round, number=1, text=draw(some_words))
    letter = LetterFactory(
        round=a_round,
        jurisdiction=city,
        deadline=None,
        deadline_text=draw(words),
        note=draw(words),
        **draw(entries()),
    )
    timely = draw(entries())
    LetterFactory(
        round=a_round,
        jurisdiction=county,
        deadline=timely["date"] + timedelta(days=30),
        deadline_days=30,
        deadline_unit="business",
        deadline_basis="received",
        **timely,
    )
    response = ResponseFactory(letter=letter, summary=draw(words), **draw(entries()))
    ProductionFactory(response=response, note=draw(words), extent="withheld")
    ExtensionFactory(letter=letter, note=draw(words), **draw(entries()))
    HoldFactory(letter=letter, summary=draw(words), **draw(entries()))
    EnforcementStepFactory(letter=letter, summary=draw(words), **draw(entries()))
    award = AwardFactory(jurisdiction=city, amount=draw(st.decimals(0, 10**9, places=2)))
    AwardFactory(jurisdiction=state, amount=None, amount_basis="", cited=False)
    AwardEventFactory(award=award, note=draw(words), **draw(entries()))
    DesignationFactory(jurisdiction=city, list_name=draw(some_words), **draw(entries()))
    PolicyFactory(jurisdiction=state, title=draw(some_words), **draw(entries()))
    proceeding = ProceedingFactory(caption=draw(some_words), **draw(entries()))
    proceeding.jurisdictions.set(draw(st.sets(st.sampled_from(places))))
    RulingFactory(proceeding=proceeding, outcome=draw(words), **draw(entries()))
    event = EventFactory(title=draw(some_words), **draw(entries()))
    event.jurisdictions.set(draw(st.sets(st.sampled_from(places))))
    event.officials.set(draw(st.sets(st.sampled_from(officials))))
    for reply in [{"in_reply_to_round": a_round}, {"in_reply_to_letter": letter}, {}]:
        StatementFactory(
            speaker=officials[0], text=draw(some_words), altered_text=draw(words), **reply
        )
    for entry in (letter, award):
        CitationFactory(entry=entry, source=source, field="note", stance="contradicts")


@given(data=st.data())
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_record_exports_to_the_same_bytes_after_a_load_elsewhere(export, load, data):
    with empty_database():
        make_record(data.draw)
        first = export()

    with empty_database():
        load(first)
        second = export()

    assert second == first


@given(data=st.data())
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_a_record_as_of_any_day_loads(export, load, data):
    with empty_database():
        make_record(data.draw)
        day = data.draw(days)
        first = export(as_of=str(day))

    with empty_database():
        load(first)
        second = export()

    assert {path: first[path] for path in first if path != "datapackage.json"} == {
        path: second[path] for path in second if path != "datapackage.json"
    }


def test_founding_record_exports_to_the_same_bytes_after_a_load_elsewhere(export, load, publisher):
    with empty_database():
        call_command("load_record", str(FOUNDING_RECORD), publish_as="rita", stdout=StringIO())
        first = export()

    with empty_database():
        load(first)
        second = export()

    assert second == first
    assert len(rows(first, "letters")) == 1 + 55


def test_load_finds_nothing_to_change_in_what_was_exported(export, load, tmp_path):
    letter = LetterFactory(note="As a browser sends it:\r\ntwo lines", deadline_text="a\rb")
    first = export()

    load(first)

    letter.refresh_from_db()
    assert letter.note == "As a browser sends it:\r\ntwo lines"
    assert b"As a browser sends it:\ntwo lines" in first["letters.csv"]


def test_export_has_every_file_and_column_even_without_rows(export):
    files = export()

    assert {path: content.decode() for path, content in files.items() if path.endswith(".csv")} == {
        table.file: ",".join(column.name for column in table.columns) + "\n" for table in RECORD
    }


# The columns that others rely on, in their order.
COLUMNS = {
    "jurisdictions": "slug,name,aliases,kind,state,geoid,parent,website,note",
    "sources": "key,kind,title,publisher,author,published_on,url,archive_url,retrieved_on,"
    "text_file,note",
    "officials": "slug,name,note",
    "rounds": "slug,title,announced_on,issuing_office,signed_by,legal_basis,program,fiscal_year,"
    "deadline,consequence,summary",
    "demand_items": "round,number,text",
    "letters": "key,round,jurisdiction,date,date_precision,sent_on,received_on,deadline,"
    "deadline_text,deadline_days,deadline_unit,deadline_basis,recipient_agency,addressee,"
    "signed_by,reference,withdrawn_on,cleared_on,verified_through,note,status",
    "extensions": "key,letter,date,date_precision,new_deadline,note,status",
    "holds": "key,letter,date,date_precision,until,summary,status",
    "responses": "key,letter,date,date_precision,kind,signed_by,summary,status",
    "productions": "response,item,extent,note",
    "enforcement": "key,letter,date,date_precision,kind,summary,status",
    "awards": "key,jurisdiction,program,fiscal_year,amount,amount_basis,award_number,note",
    "award_events": "key,award,date,date_precision,axis,award_status,note,status",
    "designations": "key,list,jurisdiction,date,date_precision,removed_on,summary,status",
    "policies": "key,jurisdiction,title,kind,legal_citation,date,date_precision,repealed_on,"
    "summary,status",
    "proceedings": "key,caption,court,docket_number,date,date_precision,jurisdictions,url,summary,"
    "status",
    "rulings": "key,proceeding,date,date_precision,title,outcome,reporter_citation,status",
    "events": "key,date,date_precision,title,jurisdictions,officials,summary,status",
    "statements": "key,speaker,speaker_title,organisation,side,jurisdictions,date,date_precision,"
    "kind,text,altered_text,attribution,venue,in_reply_to,status",
    "citations": "entry_kind,entry,field,source,stance,pin,passage",
    "redirects": "kind,old,new",
}


def test_columns_stand_in_the_order_that_others_rely_on():
    names = {table.name: ",".join(column.name for column in table.columns) for table in RECORD}

    assert names == COLUMNS


def test_rows_stand_in_the_order_of_their_keys(export):
    for key in ("b", "a-b", "B", "a", "_"):
        OfficialFactory(slug=key, name="Jordan")

    lines = rows(export(), "officials")

    assert lines == [
        "slug,name,note",
        "B,Jordan,",
        "_,Jordan,",
        "a,Jordan,",
        "a-b,Jordan,",
        "b,Jordan,",
    ]


def test_cells_are_quoted_only_where_they_must_be(export):
    OfficialFactory(slug="a", name='Jordan "Jo", Official', note="Line one\nline two")
    OfficialFactory(slug="b", name="José; x", note=" ")

    assert export()["officials.csv"].decode() == (
        'slug,name,note\na,"Jordan ""Jo"", Official","Line one\nline two"\nb,José; x, \n'
    )


def test_drafts_and_private_texts_are_exported(export):
    LetterFactory(key="secret", status="draft")
    SourceFactory(key="memo", text="Private\r\n")

    files = export()

    assert any(line.startswith("secret,") for line in rows(files, "letters"))
    assert files["texts/memo.txt"] == b"Private\r\n"
    assert ",texts/memo.txt," in files["sources.csv"].decode()


def test_zip_has_the_same_files_and_always_the_same_bytes(export, tmp_path, load):
    load(FILES)
    paths = [tmp_path / "one.zip", tmp_path / "two.zip"]

    for path in paths:
        call_command("export_record", str(path), stdout=StringIO())

    assert paths[0].read_bytes() == paths[1].read_bytes()
    with zipfile.ZipFile(paths[0]) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == export()


def test_as_of_a_day_leaves_out_what_came_later(export):
    letter = LetterFactory(
        key="letter",
        date=date(2018, 1, 24),
        cleared_on=date(2018, 4, 12),
        deadline=date(2018, 2, 23),
    )
    CitationFactory(entry=letter, field="cleared_on", source__key="clearance")
    ResponseFactory(key="in-time", letter=letter, date=date(2018, 2, 1))
    ResponseFactory(
        key="later", letter=letter, date=date(2018, 2, 2), cited__source__key="late-source"
    )
    AwardFactory(key="fy2019", fiscal_year=2019)
    LetterFactory(
        key="next",
        date=date(2018, 4, 12),
        round__slug="april",
        round__announced_on=date(2018, 4, 12),
        round__deadline=None,
        deadline=None,
    )
    StatementFactory(
        key="early", date=date(2018, 1, 1), in_reply_to_letter=Letter.objects.get(key="next")
    )

    files = export(as_of="2018-02-01")

    text = b"".join(files.values()).decode()
    assert [line.split(",")[0] for line in rows(files, "letters")[1:]] == ["letter"]
    assert [line.split(",")[0] for line in rows(files, "responses")[1:]] == ["in-time"]
    assert "2018-02-23" in rows(files, "letters")[1]
    for later in ("2018-04-12", "clearance", "late-source", "fy2019", "april", "next"):
        assert later not in text
    assert rows(files, "statements")[1].startswith("early,")


def test_as_of_asks_for_a_day(tmp_path):
    with pytest.raises(CommandError, match="as_of is not a day"):
        call_command("export_record", str(tmp_path / "record"), as_of="tomorrow")

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["record", "record.zip"])
def test_nothing_is_overwritten(tmp_path, name):
    path = tmp_path / name
    if name == "record":
        write_directory(path, {"kept.txt": "kept"})
    else:
        path.write_text("kept")

    with pytest.raises(CommandError) as refusal:
        call_command("export_record", str(path))

    assert str(refusal.value) == f"{path} exists. Name a new path: nothing is ever overwritten."
    assert [found.name for found in tmp_path.iterdir()] == [name]


def test_folder_of_the_path_must_exist(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("export_record", str(tmp_path / "nowhere" / "record"))

    assert str(refusal.value) == f"There is no directory {tmp_path / 'nowhere'}. Make it first."


@pytest.mark.parametrize("name", ["record", "record.zip"])
def test_failed_export_leaves_nothing(tmp_path, name):
    OfficialFactory(name="Jordan\x1bOfficial")

    with pytest.raises(CommandError) as refusal:
        call_command("export_record", str(tmp_path / name))

    assert "officials.csv would hold a control character that can't be loaded again" in str(
        refusal.value
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["record", "record.zip"])
def test_export_is_readable_by_its_owner_alone(tmp_path, name):
    path = tmp_path / name

    call_command("export_record", str(path), stdout=StringIO())

    assert path.stat().st_mode & 0o077 == 0


def test_all_files_show_the_database_at_one_moment():
    levels = []

    def ask():
        with transaction.atomic():
            exporting.hold_still()
            with connection.cursor() as cursor:
                cursor.execute("SHOW transaction_isolation")
                levels.append(cursor.fetchone()[0])
        connection.close()

    # A connection of its own: the test's has its transaction already.
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert levels == ["repeatable read"]


def test_datapackage_describes_every_column(export):
    package = json.loads(export()["datapackage.json"])

    assert package["profile"] == "tabular-data-package"
    assert {
        resource["path"]: [field["name"] for field in resource["schema"]["fields"]]
        for resource in package["resources"]
    } == {table.file: [column.name for column in table.columns] for table in RECORD}
    letters_schema = next(r["schema"] for r in package["resources"] if r["name"] == "letters")
    assert letters_schema["primaryKey"] == ["key"]
    assert {
        "fields": "round",
        "reference": {"resource": "rounds", "fields": "slug"},
    } in letters_schema["foreignKeys"]


def test_datapackage_of_a_past_day_says_which(export):
    package = json.loads(export(as_of="2018-02-01")["datapackage.json"])

    assert package["title"] == "The record as of 2018-02-01"


def test_round_trip_keeps_what_a_statement_answers(export, load):
    with empty_database():
        StatementFactory(key="to-letter", in_reply_to_letter=LetterFactory(key="letter"))
        StatementFactory(key="to-round", in_reply_to_round=RoundFactory(slug="round"))
        files = export()

    load(files)

    assert Statement.objects.get(key="to-letter").in_reply_to_letter.key == "letter"
    assert Statement.objects.get(key="to-round").in_reply_to_round.slug == "round"
