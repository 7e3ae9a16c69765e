"""Kept files: written once for each revision, by one writer, whole or not at all."""

import datetime as dt
import os
import threading
import time
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections
from django.http import QueryDict

from casefile import slots
from casefile.report_files import SIDECAR, kept_file
from casefile.revision import NONE, current_revision
from letters.reports import REPORTS
from letters.reports.asking import ask
from tests.factories import LetterFactory, SourceFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 1)


def asked(name="letters", query=""):
    report = next(report for report in REPORTS if report.name == name)
    return ask(report, QueryDict(query), DAY)


def text_file(text, question=None, *, name="a.csv", started=None, go=None):
    """Return the kept file of a text, and note each time that it is really written."""

    def write(out):
        if started is not None:
            started.append(text)
        if go is not None:
            assert go.wait(20)
        out.write(text)
        return {"bytes": len(text)}, NONE

    return kept_file(name, question or {"of": "a"}, NONE, write)


def folders(settings):
    """Return what the directory holds but for the locks."""
    return sorted(p for p in Path(settings.REPORT_ROOT).iterdir() if p.suffix != ".lock")


def test_file_is_written_once_until_what_readers_see_changes(settings):
    letter = LetterFactory()

    first, again = asked().file(), asked().file()
    LetterFactory(status="draft")
    after_draft = asked().file()
    letter.addressee = "Somebody"
    letter.save()
    changed = asked().file()

    assert first == again == after_draft
    assert changed.path != first.path
    assert b"Somebody" in changed.path.read_bytes()
    assert b"Somebody" not in first.path.read_bytes()


@pytest.mark.parametrize("query", ["excel=1", "raw=1", "state=overdue"])
def test_other_question_has_another_file(query):
    LetterFactory()

    assert asked(query=query).file().path != asked().file().path


def test_new_code_writes_new_files(settings):
    LetterFactory()
    first = asked().file()

    settings.RELEASE = "next"

    assert asked().file().path != first.path


def test_same_record_and_day_give_the_same_bytes(settings, tmp_path):
    letter = LetterFactory()
    LetterFactory()
    before = asked().file().path.read_bytes()

    # The table's rows are stored in another order, and the kept file is gone.
    letter.save()
    settings.REPORT_ROOT = tmp_path / "elsewhere"

    assert asked().file().path.read_bytes() == before


def test_sidecar_says_what_the_file_is():
    LetterFactory(key="overdue-one")
    LetterFactory(key="another-one", deadline=None)

    sidecar = asked(query="state=overdue").file().sidecar

    assert sidecar["report"] == "letters"
    assert sidecar["as_of"] == str(DAY)
    assert sidecar["filters"] == {"state": "overdue"}
    assert sidecar["rows"] == 1
    assert sidecar["revision"] == current_revision().number
    assert sidecar["inclusion"] == "Published entries; filtered: state=overdue; 1 of 2 rows."
    assert [column["name"] for column in sidecar["columns"]][:3] == ["key", "round", "jurisdiction"]


def test_folder_is_named_by_nothing_that_can_be_guessed(settings):
    file = asked().file()

    assert len(file.path.parent.name) == 64
    assert sorted(path.name for path in file.path.parent.iterdir()) == [
        SIDECAR,
        f"casefile-letters-{DAY}.csv",
    ]


def test_error_halfway_leaves_no_file(settings):
    def write(out):
        out.write(b"key,half of ")
        raise DatabaseError

    with pytest.raises(DatabaseError):
        kept_file("a.csv", {"of": "a"}, current_revision(), write)

    assert folders(settings) == []
    assert text_file(b"whole").path.read_bytes() == b"whole"


@pytest.mark.django_db(transaction=True)
def test_backend_killed_between_rows_leaves_no_file_and_the_next_asker_gets_it_whole(settings):
    for number in range(400):  # some chunks of 64 KB
        SourceFactory(key=f"k{number:03}", title="A long title " * 30, note="x")
    question = asked("sources", "drafts=1")

    class Killing:
        """A file whose first chunk of rows is the last that the database sends."""

        def __init__(self, out):
            self.out, self.chunks = out, 0

        def write(self, chunk):
            self.chunks += 1
            if self.chunks == 2:  # the header went before
                kill(backend)
            return self.out.write(chunk)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]

    with pytest.raises(DatabaseError):
        kept_file("a.csv", {}, current_revision(), lambda out: question.write(Killing(out)))

    assert folders(settings) == []
    connection.close()  # as at the end of a request
    whole = kept_file("a.csv", {}, current_revision(), question.write)
    assert whole.sidecar["rows"] == 400
    assert whole.path.read_bytes().count(b"\n") == 401


def kill(backend):
    """End a database backend from a connection of its own."""

    def run():
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
        connections["default"].close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def in_threads(number, work):
    """Run some work in threads at once; return them, and the list that their results come to."""
    results = []

    def run():
        results.append(work())

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    return threads, results


def test_many_who_ask_at_once_have_one_writer(settings):
    started, go = [], threading.Event()

    threads, results = in_threads(2, lambda: text_file(b"once", started=started, go=go))
    time.sleep(0.2)
    go.set()
    for thread in threads:
        thread.join(20)

    assert started == [b"once"]
    assert len({file.path for file in results}) == 1


def test_asker_is_refused_while_all_slots_are_taken(settings):
    started, go = [], threading.Event()
    threads, results = in_threads(2, lambda: text_file(b"slow", started=started, go=go))
    time.sleep(0.2)  # the second has its slot as well, and waits for the first
    assert started == [b"slow"]

    with pytest.raises(slots.BusyError):
        text_file(b"another", {"of": "b"})
    go.set()
    for thread in threads:
        thread.join(20)

    assert [file.path.read_bytes() for file in results] == [b"slow", b"slow"]
    assert text_file(b"another", {"of": "b"}).path.read_bytes() == b"another"


def test_kept_file_is_found_while_all_slots_are_taken():
    text_file(b"there")

    with slots.slot(), slots.slot():
        assert text_file(b"there").path.read_bytes() == b"there"


def test_least_recently_asked_for_is_evicted_first(settings):
    settings.REPORT_ROOT_BYTES = 2 * 1024**2  # two small files count as 1 MB each
    first = text_file(b"first", {"of": 1})
    second = text_file(b"second", {"of": 2})
    for age, file in ((30, first), (20, second)):
        os.utime(file.path.parent, (time.time() - age,) * 2)
    text_file(b"first", {"of": 1})  # asked for again

    third = text_file(b"third", {"of": 3})

    assert [file.path.exists() for file in (first, second, third)] == [True, False, True]


def test_what_a_killed_writer_left_is_removed_after_an_hour(settings):
    text_file(b"first")
    left, fresh = (Path(settings.REPORT_ROOT) / name for name in ("part-left", "part-fresh"))
    left.mkdir()
    fresh.mkdir()
    os.utime(left, (time.time() - 4000,) * 2)

    text_file(b"second", {"of": "b"})

    assert not left.exists()
    assert fresh.exists()


def test_file_that_was_cut_on_disk_is_written_again():
    file = text_file(b"whole file")
    file.path.write_bytes(b"whole")

    assert text_file(b"whole file").path.read_bytes() == b"whole file"
