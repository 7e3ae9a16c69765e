"""Who reads slowly, stops or goes away holds nothing that others need. On the real server."""

import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from django.db import connection
from django.test import RequestFactory

from casefile import downloads
from casefile.downloads import IN_ONE_PIECE, TooSlowError, send_file, send_kept_file
from casefile.receipts import Receipt
from casefile.slots import BusyError, slot
from tests.benchmarks.many_letters import make_letters
from tests.server import running

pytestmark = pytest.mark.django_db

PAGE = "/letters/?q=springfield"
REPORT = "/reports/letters.csv"


def sent(path, method="GET"):
    return send_file(RequestFactory().generic(method, "/"), path.open("rb"), path.name)


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.csv"
    path.write_bytes(b"key\n")
    return path


@pytest.fixture
def large(tmp_path):
    path = tmp_path / "large.csv"
    path.write_bytes(b"key\n" * IN_ONE_PIECE)
    return path


def test_small_file_goes_out_in_one_piece(small):
    response = sent(small)

    assert not response.streaming
    assert response.content == b"key\n"
    assert response["Content-Length"] == "4"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="small.csv"'


def test_large_file_is_streamed_whole_and_its_slot_given_back(large):
    for _ in range(3):
        response = sent(large)
        assert response["Content-Length"] == str(large.stat().st_size)
        assert response.getvalue() == large.read_bytes()
        response.close()

    with slot(), slot():
        pass


def test_large_file_comes_from_the_web_server_where_there_is_one(large, settings):
    settings.REPORT_FILES_URL = "/reports/files/"

    response = send_kept_file(RequestFactory().get("/"), large)

    assert response.status_code == 302
    assert response["Location"] == f"/reports/files/{large.parent.name}/large.csv"


def test_head_sends_no_body_and_takes_no_slot(large):
    with slot(), slot():
        response = sent(large, "HEAD")

    assert response.content == b""
    assert response["Content-Length"] == str(large.stat().st_size)


def test_download_beyond_the_slots_is_refused(large):
    streams = [sent(large), sent(large)]

    with pytest.raises(BusyError):
        sent(large)
    streams[0].close()
    again = sent(large)

    for response in [*streams, again]:
        response.close()


def test_reader_who_takes_too_long_is_cut_off(large, settings):
    settings.DOWNLOAD_SECONDS = 0.1
    response = sent(large)
    chunks = iter(response)
    next(chunks)

    time.sleep(0.2)

    with pytest.raises(TooSlowError):
        next(chunks)
    response.close()


def test_chunks_are_small_beside_what_a_process_needs():
    assert downloads.CHUNK <= IN_ONE_PIECE


def busy_backends():
    """Return how many connections of others to this database are in a transaction or query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            " AND (xact_start IS NOT NULL OR state = 'active')"
        )
        return cursor.fetchone()[0]


def seconds_to_get(server, path):
    started = time.monotonic()
    response = server.get(path)
    assert response.status == 200, (path, response.status)
    return time.monotonic() - started


@pytest.fixture
def letters(transactional_db):
    """Letters enough for a report of 10 MB, more than lies in buffers on its way."""
    make_letters(5_000)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE letters_letter SET addressee = repeat('The Mayor of ', 160)")
        cursor.execute("SET session_replication_role = DEFAULT")


def test_readers_who_stop_hold_no_thread_or_transaction(letters):
    with running() as server:
        whole = server.get(REPORT).body
        stalled = [server.stalled(path_of_file(server)) for _ in range(64)]

        times = [seconds_to_get(server, PAGE) for _ in range(20)]
        again = server.get(REPORT).body
        busy = busy_backends()
        for reader in stalled:
            reader.close()

    assert len(whole) > 10 * IN_ONE_PIECE
    assert {reader.status for reader in stalled} == {200}
    assert again == whole
    assert max(times) < 5
    assert busy == 0


def path_of_file(server):
    """Return where who asks for the report is sent."""
    return server.get(REPORT).url.partition(str(server.port))[2]


def test_readers_who_stop_leave_threads_for_pages_where_python_sends_the_file(letters):
    with running(serve_files=False) as server:
        assert server.get(REPORT).status == 200
        stalled = [server.stalled(REPORT) for _ in range(8)]

        times = [seconds_to_get(server, PAGE) for _ in range(10)]
        refused = server.get(REPORT)
        busy = busy_backends()
        for reader in stalled:
            reader.close()
        time.sleep(1)
        after = server.get(REPORT)

        assert sorted(reader.status for reader in stalled) == [200] * 2 + [503] * 6
        assert (refused.status, refused.headers["Retry-After"]) == (503, "5")
        assert max(times) < 5
        assert busy == 0
        assert after.status == 200
        assert len(after.body) == int(after.headers["Content-Length"])


def test_report_whose_backend_is_killed_never_looks_complete(letters, settings):
    with running() as server, ThreadPoolExecutor(1) as others:
        answer = others.submit(lambda: server.get(REPORT))
        killed = kill_the_copy()
        broken = answer.result()
        # Nothing was kept or receipted, and the next asker gets the whole.
        assert killed
        assert broken.status == 503
        assert b"document-demand" not in broken.body
        assert not list(settings.REPORT_ROOT.glob("*/*"))
        assert Receipt.objects.count() == 0

        whole = server.get(REPORT)
        assert whole.status == 200
        assert whole.body.count(b"\n") == 5_001


def kill_the_copy():
    """End the backend that runs a COPY as soon as there is one; return whether there was."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND state = 'active' AND query LIKE 'COPY %'"
            )
            if cursor.fetchall():
                return True
    return False


def test_pages_answer_while_a_hundred_reports_are_downloaded_at_once(letters):
    """Two workers; bots ask for ten different reports, and again when they are told to wait."""
    addresses = [f"{REPORT}?as_of=2019-01-{day:02}" for day in range(1, 11)] * 10
    sums, times, has_ended = {}, [], threading.Event()

    def download(server, address):
        for _ in range(100):
            response = server.get(address, timeout=60)
            if response.status == 200:
                return address, hashlib.sha256(response.body).hexdigest()
            assert response.status == 503
            time.sleep(int(response.headers["Retry-After"]) / 10)
        raise AssertionError("The report was refused a hundred times.")

    def read_pages(server):
        while not has_ended.is_set():
            times.append(seconds_to_get(server, PAGE))

    with running(workers=2) as server:
        reader = threading.Thread(target=read_pages, args=[server])
        reader.start()
        with ThreadPoolExecutor(100) as bots:
            for address, sha256 in bots.map(lambda address: download(server, address), addresses):
                sums.setdefault(address, set()).add(sha256)
        has_ended.set()
        reader.join()
        receipts = set(Receipt.objects.values_list("sha256", flat=True))

    assert len(sums) == 10
    assert all(len(found) == 1 for found in sums.values())
    assert set.union(*sums.values()) == receipts
    assert max(times) < 10, sorted(times)  # seconds, while the bots want all of the machine


def test_half_requests_hold_no_thread_and_are_hung_up_on(db):
    with running(header_seconds=3) as server, ExitStack() as sockets:
        halves = [sockets.enter_context(server.half_asked()) for _ in range(300)]
        began = time.monotonic()

        times = [seconds_to_get(server, path) for path in ["/healthz", PAGE] * 10]
        ends = {half.recv(1000).split(b"\r\n")[0] for half in halves}
        seconds = time.monotonic() - began

    assert max(times) < 5
    assert ends == {b""}
    assert seconds < 3 + 10
