"""Before the site starts, what keeps it from doing its work is told, each as a sentence."""

import socket
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casefile import starting
from tests.production import in_production

NOT_KEPT = "CACHE_URL names a place where no page can be kept."
NO_DATABASE = "The database of DATABASE_URL gives no answer, or has no tables yet."


def check_start(**environment):
    """Return the sentences of the command where nothing but production's environment is set."""
    done = in_production("manage.py", "check_start", **environment)
    return done.returncode, done.stderr.splitlines()


def test_nothing_hinders_a_site_that_is_whole():
    assert list(starting.hindrances()) == []


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "REPORT_ROOT"])
def test_folder_that_is_a_file_is_told(settings, tmp_path, name):
    not_a_folder = tmp_path / "file"
    not_a_folder.touch()
    setattr(settings, name, not_a_folder)

    [told] = starting.hindrances()

    assert told == f"{name} can't be written to: see who owns {not_a_folder}."


def test_folder_of_somebody_else_is_told(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    settings.REPORT_ROOT = tmp_path / "not" / "made" / "yet"
    # Tests may run as root, who may write anywhere.
    monkeypatch.setattr("os.access", lambda path, mode: Path(path) != tmp_path)

    [told] = starting.hindrances()

    assert told == f"REPORT_ROOT can't be written to: see who owns {tmp_path}."


def test_cache_that_keeps_nothing_is_told(settings, tmp_path):
    (tmp_path / "file").touch()
    place = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache"}
    settings.CACHES = {**settings.CACHES, "pages": place | {"LOCATION": tmp_path / "file"}}

    assert list(starting.hindrances()) == [NOT_KEPT]


def test_port_on_which_another_server_listens_is_told_even_if_it_would_share():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken"):
            call_command("check_start", port=port)

    assert list(starting.hindrances(port)) == []


def test_missing_static_files_are_told_and_a_database_that_is_away_hinders_nothing(tmp_path):
    no_database = {"DATABASE_URL": "postgres://casefile@127.0.0.1:1/casefile"}

    bare = check_start(**no_database, STATIC_ROOT=str(tmp_path))
    (tmp_path / "staticfiles.json").write_text('{"version": "1.1", "paths": {"a.css": "a.1.css"}}')
    collected = check_start(**no_database, STATIC_ROOT=str(tmp_path))

    hint = "CommandError: STATIC_ROOT has no static files. Run manage.py collectstatic."
    assert bare == (1, [NO_DATABASE, hint])
    assert collected == (0, [NO_DATABASE])


@pytest.mark.django_db
def test_migrations_that_wait_are_told(monkeypatch):
    assert list(starting.lacks()) == []

    monkeypatch.setattr("casefile.health._known_migrations", lambda: {("letters", "9999_later")})

    assert list(starting.lacks()) == ["The database is of an older release. Run manage.py migrate."]
