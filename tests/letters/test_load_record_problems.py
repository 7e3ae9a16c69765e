"""Broken bundles: each is refused with every problem named, and leaves no trace."""
# ruff: noqa: E501 (sentences stand here as they are said, to be found by a search)

import os
import stat
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casefile.bundle import texts
from tests.bundles import RECORD, changed, tables, write_directory, write_zip
from tests.factories import JurisdictionFactory, LetterFactory, ResponseFactory, UserFactory
from tests.once import once_in_a_module

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stored")]

TEN_MEGABYTES = "x" * (10 * 1024 * 1024)


def make_stored():
    """Make a record that is stored already, which a broken bundle must leave as it is."""
    UserFactory(username="rita", is_superuser=True)
    ResponseFactory()


stored = once_in_a_module(make_stored)


def problems_of(path):
    """Load what must be refused. Return the lines of the error, and check that nothing changed."""
    before = tables()

    with pytest.raises(CommandError) as refusal:
        call_command("load_record", str(path), publish_as="rita", stdout=StringIO())

    assert tables() == before
    return str(refusal.value).split("\n")


BROKEN = {
    "wrong header": (
        changed("officials.csv", "slug,name\n", "a,b\n"),
        [
            "officials.csv, row 1, column a: There is no such column. Known are slug, name, note.",
            "officials.csv, row 1, column b: There is no such column. Known are slug, name, note.",
            "officials.csv, row 1, column slug: This column is required: add it.",
            "officials.csv, row 1, column name: This column is required: add it.",
        ],
    ),
    "unknown column": (
        changed("officials.csv", "slug,name\n", "slug,nmae\n"),
        [
            "officials.csv, row 1, column nmae: There is no such column. The nearest is name.",
            "officials.csv, row 1, column name: This column is required: add it.",
        ],
    ),
    "missing required column": (
        changed(
            "officials.csv",
            "slug,name\njordan-official,Jordan Official\n",
            "slug,note\njordan-official,\n",
        ),
        ["officials.csv, row 1, column name: This column is required: add it."],
    ),
    "column twice": (
        changed(
            "officials.csv",
            "slug,name\njordan-official,Jordan Official\n",
            "slug,name,name\njordan-official,Jordan Official,Jordan\n",
        ),
        ["officials.csv, row 1, column name: The column stands here twice: keep one."],
    ),
    "empty file": (
        changed("officials.csv", "slug,name\njordan-official,Jordan Official\n", ""),
        ["officials.csv: The file is empty. Its first line must name columns: slug, name, note."],
    ),
    "missing required value": (
        changed("officials.csv", "Jordan Official", ""),
        ['officials.csv, row 2, column name, value "": A value is required.'],
    ),
    "bad date": (
        changed("rounds.csv", "2018-01-24,", "24/01/2018,"),
        [
            'rounds.csv, row 2, column announced_on, value "24/01/2018": Write a day as YYYY-MM-DD, such as 2018-02-23.'
        ],
    ),
    "impossible date": (
        changed("rounds.csv", "2018-02-23", "2018-02-30"),
        [
            'rounds.csv, row 2, column deadline, value "2018-02-30": The calendar has no such day: check month and day.'
        ],
    ),
    "bad month precision": (
        changed("responses.csv", "2018-02-01,month", "2018-02-02,month"),
        [
            'responses.csv, row 2, columns date, date_precision, value "2018-02-02, month": A date known to the month or year must be the first day of that month or year.'
        ],
    ),
    "dangling key": (
        changed("letters.csv", "cook-county-il", "cook-conty-il"),
        [
            'letters.csv, row 3, column jurisdiction, value "cook-conty-il": There is no such row in jurisdictions.csv or in the database. The nearest is cook-county-il.'
        ],
    ),
    "dangling list item": (
        changed("events.csv", "chicago-il; illinois", "chicago-il; ilinois"),
        [
            'events.csv, row 2, column jurisdictions, value "ilinois": There is no such row in jurisdictions.csv or in the database. The nearest is illinois.'
        ],
    ),
    "dangling item": (
        changed("productions.csv", "chicago-answer,1", "chicago-answer,3"),
        [
            'productions.csv, row 2, column item, value "3": There is no such row in demand_items.csv or in the database.'
        ],
    ),
    "dangling reply": (
        changed("statements.csv", "named,chicago,", "named,chicgo,"),
        [
            'statements.csv, row 2, column in_reply_to, value "chicgo": There is no such row in rounds.csv or letters.csv or in the database. The nearest is chicago.'
        ],
    ),
    "list item twice": (
        changed("events.csv", "chicago-il; illinois", "chicago-il; chicago-il"),
        [
            'events.csv, row 2, column jurisdictions, value "chicago-il; chicago-il": Name each item once.'
        ],
    ),
    "list without separator": (
        changed("events.csv", "chicago-il; illinois", "chicago-il;illinois"),
        [
            'events.csv, row 2, column jurisdictions, value "chicago-il;illinois": Separate items by "; "; write \\; for a semicolon within one.'
        ],
    ),
    "list with an empty item": (
        changed("events.csv", "chicago-il; illinois", "chicago-il; ; illinois"),
        [
            'events.csv, row 2, column jurisdictions, value "chicago-il; ; illinois": Separate items by "; ", with none at the start or the end.'
        ],
    ),
    "duplicate key": (
        changed("letters.csv", "cook,january,cook-county-il", "chicago,january,cook-county-il"),
        [
            'letters.csv, row 3, column key, value "chicago": Row 2 has the same: keep one of them, or correct the key.'
        ],
    ),
    "duplicate demand item": (
        changed("demand_items.csv", "january,2", "january,1"),
        [
            'demand_items.csv, row 3, columns round, number, value "january / 1": Row 2 has the same: keep one of them, or correct the key.'
        ],
    ),
    "duplicate citation": (
        changed(
            "citations.csv",
            "letters,chicago,deadline,release,contradicts,,",
            "letters,chicago,,release,,,",
        ),
        [
            'citations.csv, row 3, columns entry_kind, entry, field, source, pin, value "letters / chicago / release": Row 2 has the same: keep one of them, or correct the key.'
        ],
    ),
    "second letter to a jurisdiction": (
        changed("letters.csv", "cook-county-il", "chicago-il"),
        [
            'letters.csv, row 3, columns round, jurisdiction, value "january / chicago-il": This round already has a letter to that jurisdiction. Row 2 is the same.'
        ],
    ),
    "byte order mark": (
        changed("officials.csv", "slug,name\n", b"\xef\xbb\xbfslug,name\n"),
        [
            "officials.csv, row 1: The file begins with a byte order mark: save it as UTF-8 without one."
        ],
    ),
    "CRLF": (
        RECORD | {"officials.csv": RECORD["officials.csv"].replace("\n", "\r\n")},
        [
            "officials.csv, row 1: Lines end in carriage return and line feed (CRLF): save the file with line feeds (LF) alone."
        ],
    ),
    "bare CR": (
        changed("officials.csv", "Jordan Official", "Jordan\rOfficial"),
        [
            'officials.csv, row 2, value "rdan-official,Jordan\\rOfficial": Control character U+000D: a cell holds text, line feeds and tabs only.'
        ],
    ),
    "Latin-1": (
        changed("officials.csv", "Jordan Official", b"Jos\xe9 Official"),
        [
            'officials.csv, row 2, value "jordan-official,José Official": Byte 0xe9 is not UTF-8. The file must be UTF-8: save it again with that encoding.'
        ],
    ),
    "UTF-16": (
        RECORD | {"officials.csv": RECORD["officials.csv"].encode("utf-16")},
        [
            "officials.csv, row 1: The file is UTF-16. The file must be UTF-8: save it again with that encoding."
        ],
    ),
    "NUL": (
        changed("officials.csv", "Jordan Official", b"Jordan\x00Official"),
        [
            'officials.csv, row 2, value "rdan-official,Jordan\\x00Official": Control character U+0000: a cell holds text, line feeds and tabs only.'
        ],
    ),
    "escape": (
        changed("officials.csv", "Jordan Official", "Jordan \x1b[31mOfficial"),
        [
            'officials.csv, row 2, value "dan-official,Jordan \\x1b[31mOfficial": Control character U+001B: a cell holds text, line feeds and tabs only.'
        ],
    ),
    "10 MB cell": (
        changed("officials.csv", "Jordan Official", TEN_MEGABYTES),
        ["officials.csv, row 2: The line is longer than 8,388,608 bytes. The rest was not read."],
    ),
    "2 MB cell": (
        changed("officials.csv", "Jordan Official", TEN_MEGABYTES[:2_000_000]),
        [
            "officials.csv, row 2: A cell is longer than 1,048,576 characters: shorten it, or close a quotation mark that stays open. The rest of the file was not read."
        ],
    ),
    "unclosed quotation mark": (
        changed("officials.csv", "Jordan Official", '"Jordan Official'),
        ["officials.csv, row 2: A quotation mark that opens in this row is never closed."],
    ),
    "text after a quoted cell": (
        changed("officials.csv", "Jordan Official", '"Jordan" Official'),
        [
            "officials.csv, row 2: A quotation mark inside a quoted cell must be doubled, and a comma must follow the last."
        ],
    ),
    "short row": (
        changed("officials.csv", "jordan-official,Jordan Official", "jordan-official"),
        [
            "officials.csv, row 2: The row has 1 cells and the header has 2: check its commas and quotation marks."
        ],
    ),
    "long row": (
        changed("officials.csv", "Jordan Official", "Jordan, Official"),
        [
            "officials.csv, row 2: The row has 3 cells and the header has 2: check its commas and quotation marks."
        ],
    ),
    "row of 10,000 cells": (
        changed("officials.csv", "Jordan Official", "Jordan Official" + "," * 9_998),
        [
            "officials.csv, row 2: The row has 10000 cells and the header has 2: check its commas and quotation marks."
        ],
    ),
    "header of 10,000 columns": (
        changed("officials.csv", "slug,name\n", "slug,name" + ",slug" * 9_998 + "\n"),
        ["officials.csv, row 1: The header has 10,000 columns. Known are slug, name, note."],
    ),
    "empty line": (
        changed("officials.csv", "slug,name\n", "slug,name\n\n"),
        ["officials.csv, row 2: The line is empty: delete it."],
    ),
    "key with a space": (
        changed("officials.csv", "jordan-official", "jordan official"),
        [
            'officials.csv, row 2, column slug, value "jordan official": Write letters without accents, digits, hyphens and underscores only, at most 200 of them.'
        ],
    ),
    "cyclic parents": (
        changed(
            "jurisdictions.csv",
            "cook-county-il,Cook County,,county,IL,17031,illinois",
            "cook-county-il,Cook County,,county,IL,17031,chicago-il",
        ),
        [
            'jurisdictions.csv, row 4, column parent, value "City of Chicago": City of Chicago can\'t be the parent of Cook County: a parent must be in the same state and larger (state, then county or consolidated, then city or town).'
        ],
    ),
    "own parent": (
        changed("jurisdictions.csv", "17031,illinois", "17031,cook-county-il"),
        [
            'jurisdictions.csv, row 4, column parent, value "Cook County": Cook County can\'t be the parent of Cook County: a parent must be in the same state and larger (state, then county or consolidated, then city or town).'
        ],
    ),
    "parent in another state": (
        changed("jurisdictions.csv", "17031,illinois", "17031,california"),
        [
            'jurisdictions.csv, row 4, column parent, value "State of California": State of California can\'t be the parent of Cook County: a parent must be in the same state and larger (state, then county or consolidated, then city or town).'
        ],
    ),
    "GEOID of another state": (
        changed("jurisdictions.csv", "17031", "06031"),
        [
            'jurisdictions.csv, row 4, columns state, geoid, value "IL, 06031": GEOID must begin with the FIPS code of its state.'
        ],
    ),
    "GEOID of four digits": (
        changed("jurisdictions.csv", "17031", "1703"),
        ['jurisdictions.csv, row 4, column geoid, value "1703": GEOID must have 2, 5 or 7 digits.'],
    ),
    "unknown state": (
        changed("jurisdictions.csv", "state,CA,06", "state,XX,"),
        [
            'jurisdictions.csv, row 5, column state, value "XX": Write one of: AL, AK, AS, AZ, AR, CA, CO, CT, DE, DC, FL, GA, GU, HI, ID, IL, IN, IA, KS, KY, ….'
        ],
    ),
    "deadline before date": (
        changed(
            "letters.csv", "chicago-il,2018-01-24,2018-02-23", "chicago-il,2018-01-24,2018-01-23"
        ),
        [
            'letters.csv, row 2, columns date, deadline, value "2018-01-24, 2018-01-23": Deadline can\'t be before date.'
        ],
    ),
    "negative amount": (
        changed("awards.csv", "2019194", "-1"),
        ['awards.csv, row 2, column amount, value "-1.00": Amount can\'t be negative.'],
    ),
    "amount with a dollar sign": (
        changed("awards.csv", "2019194", '"$2,019,194"'),
        [
            'awards.csv, row 2, column amount, value "$2,019,194": Write a number with a point and at most 2 decimals, such as 60912.50, without signs for money or thousands.'
        ],
    ),
    "fiscal year out of range": (
        changed("awards.csv", "2017", "20170"),
        [
            'awards.csv, row 2, column fiscal_year, value "20170": Fiscal year must be between 2005, when Byrne JAG began, and 2100.'
        ],
    ),
    "award status of another axis": (
        changed("award_events.csv", "money,on_hold", "dispute,on_hold"),
        [
            'award_events.csv, row 2, columns axis, award_status, value "dispute, on_hold": Award status must be one of its axis: award: allocated, applied, awarded, accepted, declined, closed; money: available, on_hold, drawn_down, deobligated, returned; dispute: conditions_in_force, conditions_enjoined, conditions_not_enforced, cleared, clawback_sought.'
        ],
    ),
    "unknown choice": (
        changed("responses.csv", "unassessed", "answered"),
        [
            'responses.csv, row 2, column kind, value "answered": Write one of: acknowledgment, extension_request, unassessed, partial, complete, refusal.'
        ],
    ),
    "named statement of nobody": (
        changed("statements.csv", "reply,jordan-official", "reply,"),
        [
            'statements.csv, row 2, columns speaker, attribution, value ", named": A named statement needs a speaker or an organisation.'
        ],
    ),
    "published without citation": (
        changed("citations.csv", "events,meeting,,release,,,\n", ""),
        [
            'events.csv, row 2, column status, value "meeting": A published entry needs a citation that supports it: add one to citations.csv, or give the entry another status.'
        ],
    ),
    "published with contradiction alone": (
        changed(
            "citations.csv",
            "events,meeting,,release,,,\n",
            "events,meeting,,release,contradicts,,\n",
        ),
        [
            'events.csv, row 2, column status, value "meeting": A published entry needs a citation that supports it: add one to citations.csv, or give the entry another status.'
        ],
    ),
    "citation of an unknown entry": (
        changed("citations.csv", "awards,jag-chicago", "awards,jag-chicgo"),
        [
            'citations.csv, row 7, column entry, value "jag-chicgo": There is no such row in that file or in the database. The nearest is jag-chicago.'
        ],
    ),
    "citation of an unknown kind": (
        changed("citations.csv", "awards,jag-chicago", "award,jag-chicago"),
        [
            'citations.csv, row 7, column entry_kind, value "award": Write one of: awards, award_events, designations, policies, letters, extensions, holds, responses, enforcement, proceedings, rulings, events, statements.'
        ],
    ),
    "citation of an unknown field": (
        changed("citations.csv", "letters,chicago,deadline", "letters,chicago,dedline"),
        [
            'citations.csv, row 3, column field, value "dedline": Name a column of letters.csv: key, round, jurisdiction, date, date_precision, sent_on, received_on, deadline, deadline_text, deadline_days, deadline_unit, deadline_basis, recipient_agency, addressee, signed_by, reference, withdrawn_on, cleared_on, verified_through, note, status.'
        ],
    ),
    "citation of an unknown source": (
        changed("citations.csv", "awards,jag-chicago,,release", "awards,jag-chicago,,relese"),
        [
            'citations.csv, row 7, column source, value "relese": There is no such row in sources.csv or in the database. The nearest is release.'
        ],
    ),
    "text that isn't there": (
        changed("sources.csv", "texts/release.txt", "texts/relese.txt"),
        [
            "texts/release.txt: No source names this text: name it in a text_file cell of sources.csv.",
            'sources.csv, row 2, column text_file, value "texts/relese.txt": There is no such file in the bundle: add it, or leave the cell empty.',
        ],
    ),
    "text outside": (
        changed("sources.csv", "texts/release.txt", "texts/../../secret.txt"),
        [
            "texts/release.txt: No source names this text: name it in a text_file cell of sources.csv.",
            'sources.csv, row 2, column text_file, value "texts/../../secret.txt": Write the path of a text in the bundle, such as texts/a-source.txt.',
        ],
    ),
    "text at an absolute path": (
        changed("sources.csv", "texts/release.txt", "/etc/passwd"),
        [
            "texts/release.txt: No source names this text: name it in a text_file cell of sources.csv.",
            'sources.csv, row 2, column text_file, value "/etc/passwd": Write the path of a text in the bundle, such as texts/a-source.txt.',
        ],
    ),
    "text in Latin-1": (
        RECORD | {"texts/release.txt": b"Jos\xe9"},
        [
            'sources.csv, row 2, column text_file, value "texts/release.txt": The text must be UTF-8: save it again with that encoding.'
        ],
    ),
    "text with NUL": (
        RECORD | {"texts/release.txt": b"a\x00b"},
        [
            'sources.csv, row 2, column text_file, value "texts/release.txt": The text holds a NUL character: remove it.'
        ],
    ),
    "empty text": (
        RECORD | {"texts/release.txt": b""},
        [
            'sources.csv, row 2, column text_file, value "texts/release.txt": The text is empty: leave the cell empty too.'
        ],
    ),
    "script address": (
        changed("sources.csv", "https://release.example/", "javascript:alert(1)"),
        [
            'sources.csv, row 2, column url, value "javascript:alert(1)": URL and archive URL must begin with http:// or https:// and a host in plain letters, without a user name.'
        ],
    ),
    "unknown file": (
        RECORD | {"leters.csv": "key\n"},
        ["leters.csv: There is no such file in a record bundle. The nearest is letters.csv."],
    ),
    "unknown folder": (
        RECORD | {"record/letters.csv": "key\n"},
        [
            "record/letters.csv: There is no such file in a record bundle. The nearest is letters.csv."
        ],
    ),
    "nothing known": (
        {"notes.txt": "hello"},
        [
            "notes.txt: There is no such file in a record bundle. Known are jurisdictions.csv, sources.csv, officials.csv, rounds.csv, demand_items.csv, letters.csv, extensions.csv, holds.csv, responses.csv, productions.csv, enforcement.csv, awards.csv, award_events.csv, designations.csv, policies.csv, proceedings.csv, rulings.csv, events.csv, statements.csv, citations.csv, redirects.csv, datapackage.json, README.md."
        ],
    ),
}


@pytest.mark.parametrize(("files", "problems"), BROKEN.values(), ids=BROKEN)
def test_broken_bundle_is_refused_with_its_problems(tmp_path, files, problems):
    path = write_directory(tmp_path / "broken", files)

    *found, closing = problems_of(path)

    assert found == problems
    assert closing.endswith(": nothing was loaded.")


def test_every_problem_of_the_bundle_is_told_at_once(tmp_path):
    files = RECORD | {
        "rounds.csv": changed("rounds.csv", "2018-01-24", "2018-13-01")["rounds.csv"],
        "letters.csv": changed("letters.csv", "chicago-il,2018-01-24", "chicgo-il,24.1.2018")[
            "letters.csv"
        ],
        "awards.csv": changed("awards.csv", "2019194", "-5")["awards.csv"],
        "events.csv": changed("events.csv", "jordan-official", "jordan-oficial")["events.csv"],
        "leters.csv": "",
    }

    found = problems_of(write_directory(tmp_path / "broken", files))

    assert found == [
        "leters.csv: There is no such file in a record bundle. The nearest is letters.csv.",
        'rounds.csv, row 2, column announced_on, value "2018-13-01": The calendar has no such day:'
        " check month and day.",
        'letters.csv, row 2, column date, value "24.1.2018": Write a day as YYYY-MM-DD, such as'
        " 2018-02-23.",
        'awards.csv, row 2, column amount, value "-5.00": Amount can\'t be negative.',
        'events.csv, row 2, column officials, value "jordan-oficial": There is no such row in'
        " officials.csv or in the database. The nearest is jordan-official.",
        "5 problems: nothing was loaded.",
    ]


def test_what_refers_to_a_faulty_row_is_not_called_dangling(tmp_path):
    files = changed("rounds.csv", "january,Document demand", "january,")

    found = problems_of(write_directory(tmp_path / "broken", files))

    assert found == [
        'rounds.csv, row 2, column title, value "": A value is required.',
        "1 problem: nothing was loaded.",
    ]


def test_many_problems_are_counted_beyond_the_first_ones(tmp_path):
    rows = "".join(f"official-{number},\n" for number in range(1000))
    files = RECORD | {"officials.csv": RECORD["officials.csv"] + rows}

    found = problems_of(write_directory(tmp_path / "broken", files))

    assert len(found) == 202
    assert found[-2:] == [
        "officials.csv: 800 more problems like these.",
        "1,000 problems: nothing was loaded.",
    ]


def test_many_faulty_rows_are_counted_and_what_refers_to_them_is_not(tmp_path):
    keys = [f"letter-{number}" for number in range(1000)]
    more = {
        "letters.csv": "{0},january,{0}-town,2018-01-24,,,published\n",
        "responses.csv": "{0}-answer,{0},2018-02-01,day,unassessed,published\n",
        "citations.csv": "letters,{0},,release,,,\nresponses,{0}-answer,,release,,,\n",
    }
    files = RECORD | {
        file: RECORD[file] + "".join(row.format(key) for key in keys) for file, row in more.items()
    }

    found = problems_of(write_directory(tmp_path / "broken", files))

    assert len(found) == 202
    assert found[0] == (
        'letters.csv, row 4, column jurisdiction, value "letter-0-town": There is no such row in'
        " jurisdictions.csv or in the database."
    )
    assert found[199].startswith("letters.csv, row 203, ")
    assert found[-2:] == [
        "letters.csv: 800 more problems like these.",
        "1,000 problems: nothing was loaded.",
    ]


def test_a_trigger_that_no_check_foresees_still_speaks_in_a_sentence(tmp_path):
    # Cook County becomes a city while a stored city, which the bundle lacks, lies in it.
    county = JurisdictionFactory(slug="cook-county-il", name="Cook County", kind="county")
    JurisdictionFactory(name="Evanston", parent=county)
    files = {"jurisdictions.csv": "slug,name,kind,state\ncook-county-il,Cook County,city,IL\n"}

    found = problems_of(write_directory(tmp_path / "broken", files))

    assert found == [
        "jurisdictions.csv: The database refused: Cook County can't be the parent of Evanston: a"
        " parent must be in the same state and larger (state, then county or consolidated, then"
        " city or town).",
        "1 problem: nothing was loaded.",
    ]


def test_unique_facts_are_compared_with_stored_rows(tmp_path):
    letter = LetterFactory()
    files = {
        "letters.csv": "key,round,jurisdiction,date\n"
        f"another,{letter.round.slug},{letter.jurisdiction.slug},2018-01-24\n"
    }

    found = problems_of(write_directory(tmp_path / "broken", files))

    assert found == [
        f'letters.csv, row 2, columns round, jurisdiction, value "{letter.round.slug} /'
        f' {letter.jurisdiction.slug}": This round already has a letter to that jurisdiction. It'
        f" is stored as {letter.key}.",
        "1 problem: nothing was loaded.",
    ]


def refused(path):
    """Return what is said of a bundle that can't be opened."""
    (line,) = problems_of(path)
    return line


def member(name, mode=stat.S_IFREG | 0o644):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


OUTSIDE = "A path in the zip must stay inside the bundle, without .., \\ or a leading /."
HOSTILE_MEMBERS = {
    "parent folder": (member("../letters.csv"), "../letters.csv", OUTSIDE),
    "parent folder further down": (
        member("texts/../../x.txt"),
        "texts/../../x.txt",
        OUTSIDE,
    ),
    "absolute": (member("/etc/letters.csv"), "/etc/letters.csv", OUTSIDE),
    "backslash": (member("..\\letters.csv"), "..\\letters.csv", OUTSIDE),
    "symbolic link": (
        member("holds.csv", stat.S_IFLNK | 0o777),
        "holds.csv",
        "The zip holds a symbolic link here: put the file itself in its place.",
    ),
    "folder": (
        member("record/holds.csv"),
        "record/holds.csv",
        "There is no such file in a record bundle. The nearest is holds.csv.",
    ),
}


@pytest.mark.parametrize(("info", "name", "advice"), HOSTILE_MEMBERS.values(), ids=HOSTILE_MEMBERS)
def test_hostile_member_of_a_zip_is_refused(tmp_path, info, name, advice):
    path = write_zip(tmp_path / "record.zip", RECORD)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(info, "/etc/passwd")

    found = problems_of(path)

    assert found == [f"{name}: {advice}", "1 problem: nothing was loaded."]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_file_that_stands_in_a_zip_twice_is_refused(tmp_path):
    path = write_zip(tmp_path / "record.zip", {"officials.csv": "slug,name\n"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("officials.csv", "slug,name\na,A\n")

    found = problems_of(path)

    advice = "officials.csv: Stands in the zip more than once: keep one."
    assert found == [advice, advice, "2 problems: nothing was loaded."]


def test_encrypted_zip_is_refused(tmp_path):
    path = write_zip(tmp_path / "record.zip", {"officials.csv": "slug,name\n"})
    # The flag stands at these places of the first local and central headers.
    packed = bytearray(path.read_bytes())
    packed[6] |= 1
    packed[packed.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(packed)

    found = problems_of(path)

    assert found == [
        "officials.csv: The file is encrypted: make the zip without a password.",
        "1 problem: nothing was loaded.",
    ]


def test_zip_packed_in_an_unusual_way_is_refused(tmp_path):
    path = tmp_path / "record.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("officials.csv", "slug,name\n")

    found = problems_of(path)

    assert found == [
        "officials.csv: The file is packed in an unusual way: make the zip with deflate.",
        "1 problem: nothing was loaded.",
    ]


def test_zip_bomb_is_refused(tmp_path):
    path = write_zip(tmp_path / "record.zip", {"officials.csv": "slug,name\n" + TEN_MEGABYTES * 2})

    said = refused(path)

    assert said == (
        "The zip would unpack to 20,971,530 bytes, over 200 times its size, as no record does."
        " Unpack it and load the directory if it is what you expect."
    )


def test_zip_that_declares_more_than_is_ever_read_is_refused(tmp_path):
    path = write_zip(tmp_path / "record.zip", {"officials.csv": "slug,name\n"})
    packed = bytearray(path.read_bytes())
    place = packed.index(b"PK\x01\x02") + 24  # the size, in the central header
    packed[place : place + 4] = (2**32 - 2).to_bytes(4, "little")
    path.write_bytes(packed)

    said = refused(path)

    assert said.startswith("The zip would unpack to 4,294,967,294 bytes, over 200 times its size")


def test_zip_that_holds_less_than_it_declares_is_refused(tmp_path):
    path = write_zip(tmp_path / "record.zip", RECORD)
    packed = bytearray(path.read_bytes())
    place = packed.index(b"PK\x01\x02") + 16  # the checksum, in the first central header
    packed[place] ^= 0xFF
    path.write_bytes(packed)

    found = problems_of(path)

    assert found == [
        "jurisdictions.csv, row 1: The file can't be read further: Bad CRC-32 for file"
        " 'jurisdictions.csv'. Make the bundle again.",
        "1 problem: nothing was loaded.",
    ]


def test_cut_zip_is_refused(tmp_path):
    path = write_zip(tmp_path / "record.zip", RECORD)
    path.write_bytes(path.read_bytes()[:-30])

    said = refused(path)

    assert said == (
        f"{path} is neither a directory nor a zip that can be read (File is not a zip file)."
    )


def test_file_that_is_no_zip_is_refused(tmp_path):
    path = tmp_path / "letters.csv"
    path.write_text("key\n")

    said = refused(path)

    assert said == (
        f"{path} is neither a directory nor a zip that can be read (File is not a zip file)."
    )


def test_path_that_leads_nowhere_is_refused(tmp_path):
    said = refused(tmp_path / "nowhere")

    assert said == f"There is no {tmp_path / 'nowhere'}. Give the path of a record bundle."


@pytest.mark.parametrize("name", ["record", "record.zip"])
def test_empty_bundle_is_refused(tmp_path, name):
    path = tmp_path / name
    path.mkdir() if name == "record" else write_zip(path, {})

    said = refused(path)

    assert said == f"{path} is empty. A record bundle holds files such as letters.csv."


def test_link_in_a_directory_is_refused(tmp_path):
    path = write_directory(tmp_path / "record", RECORD)
    (path / "holds.csv").symlink_to("/etc/passwd")

    found = problems_of(path)

    assert found == [
        "holds.csv: A bundle holds regular files only: replace it by the file.",
        "1 problem: nothing was loaded.",
    ]


def test_pipe_in_a_directory_is_refused(tmp_path):
    path = write_directory(tmp_path / "record", RECORD)
    os.mkfifo(path / "holds.csv")

    found = problems_of(path)

    assert found == [
        "holds.csv: A bundle holds regular files only: replace it by the file.",
        "1 problem: nothing was loaded.",
    ]


def test_text_beyond_all_measure_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(texts, "TEXT_LIMIT", 10)

    found = problems_of(write_directory(tmp_path / "record", RECORD))

    assert found == [
        'sources.csv, row 2, column text_file, value "texts/release.txt": The text is longer than'
        " 10 bytes.",
        "1 problem: nothing was loaded.",
    ]
