"""The command: the same bytes as the site's, in a file that is whole or not there."""

import hashlib
import io
import os
import subprocess
import sys
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from casefile.receipts import Receipt
from letters.reports import REPORTS
from tests.benchmarks.many_letters import make_letters
from tests.factories import LetterFactory, ResponseFactory
from tests.server import ROOT, database_url

pytestmark = pytest.mark.django_db


def export(*args, path=None, **options):
    """Run the command; return the bytes of its file and what it said."""
    said = io.StringIO()
    output = {"output": str(path)} if path else {}
    call_command("export_report", *args, **output, **options, stderr=said)
    return path.read_bytes() if path else None, said.getvalue()


def test_file_has_the_bytes_that_the_site_sends(client, tmp_path):
    LetterFactory()
    ResponseFactory()

    content, said = export("letters", path=tmp_path / "letters.csv", as_of="2018-03-10")

    assert content == client.get("/reports/letters.csv", {"as_of": "2018-03-10"}).content
    assert said.startswith(f"2 rows, {len(content)} bytes, SHA-256 ")
    assert hashlib.sha256(content).hexdigest() in said
    assert (tmp_path / "letters.csv").stat().st_mode & 0o777 == 0o644


def test_filters_flavours_and_drafts_are_taken_as_on_the_site(client, tmp_path):
    LetterFactory(key="overdue-one", addressee="=1+1", deadline="2018-02-23")
    LetterFactory(key="open-one", deadline=None)
    LetterFactory(key="draft-one", status="draft", deadline=None)
    path = tmp_path / "letters.csv"

    overdue, _ = export("letters", path=path, filter=["state=overdue"], raw=True)
    excel, _ = export("letters", path=path, excel=True)
    with_drafts, _ = export("letters", path=path, all=True)

    assert b"overdue-one" in overdue
    assert b",=1+1," in overdue
    assert b"open-one" not in overdue
    assert excel.startswith(b"\xef\xbb\xbf")
    assert b"draft-one" not in excel
    assert b"draft-one" in with_drafts


def test_each_export_leaves_a_receipt(client, tmp_path):
    LetterFactory()

    content, _ = export("letters", path=tmp_path / "letters.csv")

    address, sha256 = reverse("report_check"), hashlib.sha256(content).hexdigest()
    assert Receipt.objects.get().sha256 == sha256
    assert "Whole." in client.get(address, {"sha256": sha256}).content.decode()


def test_list_names_every_report(capsys):
    call_command("export_report", list=True)

    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        report.name for report in REPORTS
    ]


@pytest.mark.parametrize(
    ("args", "options", "sentence"),
    [
        (["nothing"], {}, "There is no report 'nothing'. Reports: letters,"),
        ([], {}, "There is no report None."),
        (["letters"], {"filter": ["state"]}, "--filter state must be NAME=VALUE"),
        (["letters"], {"filter": ["stat=overdue"]}, "Did you mean state?"),
        (["letters"], {"filter": ["state=nowhere"]}, "state: "),
        (["letters"], {"as_of": "yesterday"}, "as_of is not a day."),
        (["letters"], {"known_on": "yesterday"}, "known_on is not a moment."),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_leaves_no_file(
    tmp_path, args, options, sentence
):
    with pytest.raises(CommandError, match=sentence.replace("?", r"\?").replace(".", r"\.")):
        export(*args, path=tmp_path / "letters.csv", **options)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["no/such/folder/letters.csv", "a-folder"])
def test_path_that_cant_be_written_is_named_and_nothing_is_left(tmp_path, path):
    (tmp_path / "a-folder").mkdir()

    with pytest.raises(CommandError, match=path):
        export("letters", path=tmp_path / path)

    assert [found.name for found in tmp_path.iterdir()] == ["a-folder"]


def run(*args, **environment):
    """Start the command as a program of its own."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "export_report", *args],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": database_url(), "CASEFILE_ENV": "development"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.django_db(transaction=True)
def test_program_writes_to_standard_output_and_says_how_it_went():
    good, bad = run("letters", "--as-of", "2018-03-10"), run("nothing")
    out, err = good.communicate(timeout=60)
    bad_out, bad_err = bad.communicate(timeout=60)

    assert (good.returncode, bad.returncode) == (0, 1)
    assert out.startswith(b"key,round,")
    assert b"0 rows, " in err
    assert bad_out == b""
    assert b"There is no report 'nothing'." in bad_err


@pytest.mark.django_db(transaction=True)
def test_killed_backend_leaves_the_old_file_and_no_other(tmp_path):
    make_letters(5_000)
    path = tmp_path / "letters.csv"
    path.write_bytes(b"the old file")

    program = run("letters", "--output", str(path))
    killed = kill_the_copy(program)
    _, err = program.communicate(timeout=60)

    assert killed
    assert program.returncode == 1
    assert b"CommandError: The database broke off" in err
    assert path.read_bytes() == b"the old file"
    assert list(tmp_path.iterdir()) == [path]


def kill_the_copy(program):
    """End the backend that runs a program's COPY; return whether there was one."""
    deadline = time.monotonic() + 30
    while program.poll() is None and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND state = 'active' AND query LIKE 'COPY %'"
            )
            if cursor.fetchall():
                return True
    return False
