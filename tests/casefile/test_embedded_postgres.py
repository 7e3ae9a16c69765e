"""Real servers and real faults: each test ruins something and asks for the database again."""

import fcntl
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import environ
import psycopg
import pytest

from casefile import embedded_postgres
from casefile.embedded_postgres import (
    EmbeddedPostgresError,
    ensure_running,
    is_running,
    stop,
)

ROOT = Path(__file__).resolve().parents[2]
IS_ROOT = os.geteuid() == 0


@pytest.fixture(autouse=True)
def _stop_servers(tmp_path):
    """End every server that the test has started in its folder."""
    yield
    for lock in tmp_path.rglob("postgres.lock"):
        stop(lock.parent)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A directory with a stopped cluster, whose one row no fault may lose."""
    directory = tmp_path_factory.mktemp("made") / "var"
    with psycopg.connect(ensure_running(directory)) as connection:
        connection.execute("CREATE TABLE letter AS SELECT 7 AS number")
    stop(directory)
    return directory


@pytest.fixture
def var(made, tmp_path):
    """A copy of the stopped cluster, for one test."""
    subprocess.run(["cp", "-a", made, tmp_path], check=True)
    return tmp_path / "var"


@pytest.fixture
def new_var(tmp_path):
    """A directory that is yet to be made."""
    return tmp_path / "var"


def query(url, statement, parameters=()):
    """Return the first value that the database at the URL answers."""
    with psycopg.connect(url, connect_timeout=5) as connection:
        return connection.execute(statement, parameters).fetchone()[0]


def read_row(url):
    return query(url, "SELECT number FROM letter")


def start_command(*arguments, environment=None):
    """Start the command line in another process."""
    return subprocess.Popen(
        [sys.executable, "-m", "casefile.embedded_postgres", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_command(*arguments, environment=None):
    """Return what the command line prints."""
    process = start_command(*arguments, environment=environment)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert errors == ""
    return output.strip()


def server_processes(directory):
    """Return the pid and the parent of every process that works in the cluster's folder."""
    found = {}
    for process in Path("/proc").iterdir():
        try:
            if os.readlink(process / "cwd") == str(directory / "postgres" / "data"):
                parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
                found[int(process.name)] = int(parent)
        except (OSError, ValueError):
            continue  # not a process, not ours, or gone
    return found


def postmasters(directory):
    """Return the pids of the processes that no other process of the cluster has started."""
    processes = server_processes(directory)
    return [pid for pid, parent in processes.items() if parent not in processes]


def wait_for_end(pid, directory):
    deadline = time.monotonic() + 30
    while pid in server_processes(directory):
        assert time.monotonic() < deadline, f"{pid} doesn't end"
        time.sleep(0.05)


def server_account(directory):
    """Return how to start a process as the user of the server."""
    owner = (directory / "postgres" / "data").stat()
    if IS_ROOT:
        return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    return {}


@contextmanager
def umask(mask):
    """Make new files as a careful user's shell does."""
    before = os.umask(mask)
    yield
    os.umask(before)


def test_url_opens_the_database_for_django_too(var):
    url = ensure_running(var, "case file/“ü”")

    settings = environ.Env.db_url_config(url)
    with psycopg.connect(
        host=settings["HOST"],
        port=settings["PORT"],
        user=settings["USER"],
        password=settings["PASSWORD"],
        dbname=settings["NAME"],
    ) as connection:
        name = connection.execute("SELECT current_database()").fetchone()[0]
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert name == "case file/“ü”"
    assert query(url, "SELECT current_database()") == name


def test_server_keeps_data_safe_and_listens_to_this_machine_alone(new_var):
    url = ensure_running(new_var)

    shown = {
        setting: query(url, "SELECT current_setting(%s)", [setting])
        for setting in [
            "fsync",
            "synchronous_commit",
            "full_page_writes",
            "recovery_init_sync_method",
            "max_connections",
            "server_encoding",
            "listen_addresses",
            "unix_socket_directories",
        ]
    }
    assert shown == {
        "fsync": "on",
        "synchronous_commit": "on",
        "full_page_writes": "on",
        "recovery_init_sync_method": "syncfs" if sys.platform == "linux" else "fsync",
        "max_connections": "100",
        "server_encoding": "UTF8",
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
    }


def test_server_asks_for_the_password_that_only_its_owner_can_read(var):
    url = ensure_running(var)

    password = var / "postgres" / "password"
    assert password.read_text() in url
    assert stat.S_IMODE(password.stat().st_mode) == 0o600
    assert password.stat().st_uid == os.geteuid()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        query(url.replace(password.read_text(), "guess"), "SELECT 1")


@pytest.mark.parametrize("locale", ["C", "no such locale"])
def test_caller_environment_changes_nothing(new_var, locale):
    strange = {"LC_ALL": locale, "LANG": locale, "PGDATA": "/nowhere", "PGPORT": "1", "TZ": "x"}

    url = run_command("url", "--directory", new_var, environment=strange)

    assert query(url, "SELECT 'DOÑA' ILIKE 'doña' AND lower('I') = 'i'") is True
    assert query(url, "SELECT datlocale FROM pg_database WHERE datname = 'casefile'") == "C.UTF-8"
    [postmaster] = postmasters(new_var)
    assert b"PGPORT" not in Path(f"/proc/{postmaster}/environ").read_bytes()
    # Quotation marks are no letters: full-text search finds the words between them.
    assert query(url, "SELECT to_tsvector('simple', '“word”')::text") == "'word':1"


def test_second_call_finds_the_same_server(var):
    first = ensure_running(var)
    started = query(first, "SELECT pg_postmaster_start_time()")

    second = ensure_running(var)

    assert second == first
    assert query(second, "SELECT pg_postmaster_start_time()") == started


def test_databases_of_two_names_stand_side_by_side(var):
    first = ensure_running(var)

    second = ensure_running(var, "second")

    assert read_row(first) == 7
    assert query(second, "SELECT to_regclass('letter')") is None


def test_stop_ends_the_server_and_the_next_start_has_the_same_url_and_data(var):
    url = ensure_running(var)

    with psycopg.connect(url):  # an open connection does not keep the server
        stop(var)

    assert not is_running(var)
    assert server_processes(var) == {}
    assert ensure_running(var) == url
    assert read_row(url) == 7
    assert "was not properly shut down" not in (var / "postgres" / "postgres.log").read_text()


def test_stop_of_nothing_does_nothing(new_var):
    stop(new_var)
    stop(new_var)

    assert not is_running(new_var)


def test_command_line_does_one_thing_per_word(new_var):
    assert run_command("status", "--directory", new_var) == "stopped"
    assert run_command("start", "--directory", new_var) == ""
    assert run_command("status", "--directory", new_var) == "running"
    url = run_command("url", "--directory", new_var, "--name", "other")
    assert query(url, "SELECT current_database()") == "other"
    assert run_command("stop", "--directory", new_var) == ""
    assert run_command("status", "--directory", new_var) == "stopped"


def test_command_line_says_its_errors_as_a_sentence():
    process = start_command("url", "--directory", "/proc/var")
    output, errors = process.communicate(timeout=60)

    assert process.returncode == 1
    assert output == ""
    assert errors.startswith("The embedded PostgreSQL in /proc/var cannot be used: ")
    assert errors.endswith("or name another PostgreSQL server in DATABASE_URL.\n")


def test_module_imports_neither_django_nor_the_package():
    program = "import sys, casefile.embedded_postgres; print(*sys.modules)"

    loaded = subprocess.check_output([sys.executable, "-c", program], cwd=ROOT, text=True).split()

    assert not {"django", "embedded_postgres"} & set(loaded)


def test_server_outlives_a_killed_caller(var):
    program = (
        "import sys, time; from casefile.embedded_postgres import ensure_running;"
        "print(ensure_running(sys.argv[1]), flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(var)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as caller:
        url = caller.stdout.readline().strip()
        started = query(url, "SELECT pg_postmaster_start_time()")
        caller.kill()

    assert query(url, "SELECT pg_postmaster_start_time()") == started
    assert ensure_running(var) == url
    assert query(url, "SELECT pg_postmaster_start_time()") == started


def test_killed_server_starts_again_at_once_without_loss(var):
    url = ensure_running(var)

    for _ in range(3):
        [postmaster] = postmasters(var)
        os.kill(postmaster, signal.SIGKILL)

        assert ensure_running(var) == url
        assert read_row(url) == 7


def test_killed_server_starts_again_once_its_last_query_has_ended(var):
    url = ensure_running(var)
    [postmaster] = postmasters(var)
    with psycopg.connect(url) as connection, ThreadPoolExecutor(1) as pool:
        # A query that computes does not notice that the server is gone.
        busy = pool.submit(connection.execute, "SELECT count(*) FROM generate_series(1, 9000000)")
        time.sleep(0.3)
        os.kill(postmaster, signal.SIGKILL)

        assert ensure_running(var) == url

        assert busy.done()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")
    assert len(postmasters(var)) == 1


def test_stop_waits_for_what_a_killed_server_left(var):
    ensure_running(var)
    [postmaster] = postmasters(var)
    os.kill(postmaster, signal.SIGKILL)

    stop(var)

    assert server_processes(var) == {}


@pytest.mark.parametrize("content", ["", "12", "{pid}\n"])
def test_broken_pid_file_is_no_obstacle(var, content):
    content = content.format(pid=os.getpid())
    (var / "postgres" / "data" / "postmaster.pid").write_text(content)

    assert read_row(ensure_running(var)) == 7


@pytest.mark.parametrize("owner", ["the server's user", "the caller", "the system"])
def test_reused_pid_is_no_obstacle(var, owner):
    url = ensure_running(var)
    [postmaster] = postmasters(var)
    pid_file = var / "postgres" / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines(keepends=True)
    os.kill(postmaster, signal.SIGKILL)
    account = server_account(var) if owner == "the server's user" else {}
    with subprocess.Popen(["sleep", "30"], cwd="/", **account) as stranger:
        pid = 1 if owner == "the system" else stranger.pid
        pid_file.write_text("".join([f"{pid}\n", *lines[1:]]))

        restarted = ensure_running(var)

        assert restarted == url
        assert read_row(url) == 7
        assert stranger.poll() is None
        stranger.kill()


def test_zombie_in_the_pid_file_is_no_obstacle(var):
    with subprocess.Popen(["true"], stdout=subprocess.PIPE, **server_account(var)) as zombie:
        zombie.stdout.read()  # until it has ended; only wait() would let it go
        (var / "postgres" / "data" / "postmaster.pid").write_text(f"{zombie.pid}\n")

        assert read_row(ensure_running(var)) == 7


def test_lock_file_left_by_a_dead_process_is_no_obstacle(var):
    (var / "postgres.lock").write_text("12345")

    assert read_row(ensure_running(var)) == 7


def test_threads_that_start_at_once_share_one_server(new_var):
    with ThreadPoolExecutor(8) as pool:
        urls = list(pool.map(ensure_running, [new_var] * 8))

    assert len(set(urls)) == 1
    assert query(urls[0], "SELECT 1") == 1
    assert len(postmasters(new_var)) == 1


def test_processes_that_start_at_once_share_one_server(new_var):
    names = ["one", "two", "one", "two"]
    callers = [start_command("url", "--directory", new_var, "--name", name) for name in names]
    answers = [caller.communicate(timeout=60) for caller in callers]

    assert [errors for _, errors in answers] == [""] * 4
    assert [query(url.strip(), "SELECT current_database()") for url, _ in answers] == names
    assert len(postmasters(new_var)) == 1


def test_processes_that_find_a_killed_server_share_one_new_one(var):
    url = ensure_running(var)
    [postmaster] = postmasters(var)
    os.kill(postmaster, signal.SIGKILL)

    callers = [start_command("url", "--directory", var) for _ in range(3)]
    answers = [caller.communicate(timeout=60) for caller in callers]

    assert answers == [(f"{url}\n", "")] * 3
    assert read_row(url) == 7
    assert len(postmasters(var)) == 1


@pytest.mark.parametrize(
    "name",
    ['it\'s a "case" file; $HOME `id` \\ %20 #?@ ü', "/".join(["long" * 25] * 5)],
    ids=["strange", "long"],
)
def test_any_path_will_do(tmp_path, name):
    directory = tmp_path / name / "var"

    url = ensure_running(directory)

    assert query(url, "SELECT 1") == 1
    assert ensure_running(directory) == url


def test_killed_first_start_is_begun_anew(new_var):
    caller = start_command("url", "--directory", new_var)
    while not list(new_var.glob("postgres.new-*/data/base")):
        assert caller.poll() is None
        time.sleep(0.001)
    caller.kill()
    caller.communicate()

    url = ensure_running(new_var)

    assert query(url, "SELECT 1") == 1
    assert {path.name for path in new_var.iterdir()} == {"postgres", "postgres.lock"}


def test_server_in_recovery_is_awaited(var):
    data = var / "postgres" / "data"
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write("restore_command = 'sleep 0.5; false'\nhot_standby = off\n")
    signal_file = data / "recovery.signal"
    signal_file.touch()
    os.chown(signal_file, data.stat().st_uid, data.stat().st_gid)

    began = time.monotonic()
    url = ensure_running(var)

    assert time.monotonic() - began > 0.5
    assert read_row(url) == 7


def test_server_that_was_left_starting_is_awaited(var):
    url = ensure_running(var)
    [postmaster] = postmasters(var)
    os.kill(postmaster, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ensure_running, var)
        time.sleep(0.5)
        assert not answer.done()
        os.kill(postmaster, signal.SIGCONT)

        assert answer.result() == url
    assert postmasters(var) == [postmaster]


def test_port_taken_by_another_program_is_left_to_it(var):
    first = ensure_running(var)
    stop(var)
    with socket.create_server(("127.0.0.1", environ.Env.db_url_config(first)["PORT"])):
        second = ensure_running(var)

        assert second != first
        assert read_row(second) == 7


@pytest.mark.parametrize("port", ["", "x"])
def test_forgotten_port_is_chosen_anew(var, port):
    (var / "postgres" / "port").write_text(port)

    assert read_row(ensure_running(var)) == 7


def test_removed_directory_is_made_anew_beside_the_server_that_lost_it(var):
    ensure_running(var)
    [lost] = postmasters(var)
    shutil.rmtree(var)

    url = ensure_running(var)

    os.kill(lost, signal.SIGQUIT)  # it would notice by itself within a minute
    assert query(url, "SELECT to_regclass('letter')") is None


def test_removed_log_never_leads_to_two_servers(var):
    ensure_running(var)
    [first] = postmasters(var)
    (var / "postgres" / "postgres.log").unlink()

    with pytest.raises(EmbeddedPostgresError, match="Terminate any old server processes"):
        ensure_running(var)

    assert postmasters(var) == [first]
    os.kill(first, signal.SIGINT)  # what the message asks for
    # To its end: the last thing that it does is to remove a pid file, and be it the next server's.
    wait_for_end(first, var)
    assert read_row(ensure_running(var)) == 7


def test_copied_directory_gets_a_server_of_its_own(var, tmp_path):
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-a", var, copy], check=True)

    original_url, copy_url = ensure_running(var), ensure_running(copy)

    with psycopg.connect(original_url) as connection:
        connection.execute("DROP TABLE letter")
    assert read_row(copy_url) == 7


def test_folders_above_keep_their_modes_and_owners(new_var):
    above = {path: (path.stat().st_mode, path.stat().st_uid) for path in new_var.parents}

    ensure_running(new_var)

    assert {path: (path.stat().st_mode, path.stat().st_uid) for path in new_var.parents} == above
    given_away = {
        str(path.relative_to(new_var))
        for path in [new_var, *new_var.rglob("*")]
        if path.stat().st_uid != os.geteuid() and path.parent.stat().st_uid == os.geteuid()
    }
    assert given_away == ({"postgres/data"} if IS_ROOT else set())


def test_server_runs_as_the_owner_of_the_cluster(var):
    data = var / "postgres" / "data"
    if IS_ROOT:  # nobody else can give folders away; for them the owner is the caller
        subprocess.run(["chown", "-R", "12345:12345", data], check=True)

    url = ensure_running(var)

    [postmaster] = postmasters(var)
    assert Path(f"/proc/{postmaster}").stat().st_uid == data.stat().st_uid
    assert read_row(url) == 7


def test_programs_in_a_closed_folder_can_be_run(tmp_path, monkeypatch):
    installed = Path(embedded_postgres.programs(for_all=False)).parents[2]
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for part in ["embedded_postgres", "embedded_postgres.libs"]:
        shutil.copytree(installed / part, closed / part)
    monkeypatch.syspath_prepend(closed)
    with tempfile.TemporaryDirectory() as open_to_all, umask(0o077):
        os.chmod(open_to_all, 0o755)
        monkeypatch.setattr(embedded_postgres, "PROGRAMS_FOR_ALL", Path(open_to_all) / "programs")
        for directory in [tmp_path / "first", tmp_path / "second"]:
            url = ensure_running(directory)

            assert query(url, "SELECT 1") == 1
            stop(directory)  # before its programs go

    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_missing_package_is_named(var, monkeypatch):
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)

    with pytest.raises(EmbeddedPostgresError, match="package embedded-postgres is not installed"):
        ensure_running(var)


def test_missing_password_is_named(var):
    ensure_running(var)
    (var / "postgres" / "password").unlink()

    with pytest.raises(EmbeddedPostgresError, match=r"No such file .*/postgres/password"):
        ensure_running(var)


def test_folder_of_someone_else_is_left_alone(new_var):
    (new_var / "postgres").mkdir(parents=True)
    (new_var / "postgres" / "notes").write_text("mine")

    with pytest.raises(EmbeddedPostgresError, match="Directory not empty"):
        ensure_running(new_var)

    assert (new_var / "postgres" / "notes").read_text() == "mine"


def test_server_that_cannot_start_says_why(var):
    with (var / "postgres" / "data" / "postgresql.conf").open("a") as configuration:
        configuration.write("shared_buffers = 'much'\n")

    began = time.monotonic()
    with pytest.raises(EmbeddedPostgresError, match='invalid value for parameter "shared_buffers"'):
        ensure_running(var)

    assert time.monotonic() - began < embedded_postgres.PATIENCE / 2


def test_impossible_database_name_is_an_error(var):
    with pytest.raises(EmbeddedPostgresError, match="No database can be named ''"):
        ensure_running(var, "")


def test_busy_directory_is_an_error_in_the_end(new_var, monkeypatch):
    monkeypatch.setattr(embedded_postgres, "PATIENCE", 0.2)
    new_var.mkdir()
    with (new_var / "postgres.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(EmbeddedPostgresError, match="Another process has been at work"):
            ensure_running(new_var)


def test_server_that_never_answers_is_an_error_in_the_end(var, monkeypatch):
    ensure_running(var)
    [postmaster] = postmasters(var)
    monkeypatch.setattr(embedded_postgres, "PATIENCE", 0.2)
    os.kill(postmaster, signal.SIGSTOP)

    with pytest.raises(EmbeddedPostgresError, match="does not answer"):
        ensure_running(var)
    with pytest.raises(EmbeddedPostgresError, match="does not end"):
        stop(var)

    os.kill(postmaster, signal.SIGCONT)
    monkeypatch.undo()  # now it may take its time to end
