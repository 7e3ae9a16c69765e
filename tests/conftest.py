"""Fixtures that every test may use."""

import os
import socket

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from tests.database import empty, end_other_sessions, migrated_template
from tests.desk import DeskClient

# On a busy machine an example may take its time. In CI each run tries the same examples, so that
# a change is judged by itself; elsewhere every run looks for new ones.
hypothesis_settings.register_profile(
    "casefile", deadline=None, derandomize="CI" in os.environ, print_blob=True
)
hypothesis_settings.load_profile("casefile")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Have Django copy the database of the tests from what the migrations have made once."""
    with migrated_template() as name:
        connection.settings_dict["TEST"]["TEMPLATE"] = name
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let the database be dropped in the end, though a thread of the live server may still idle."""
    yield
    with django_db_blocker.unblock():
        end_other_sessions(connection)


@pytest.fixture(scope="session", autouse=True)
def quickly_emptied():
    """What a test commits is deleted: Django would truncate all tables, and fill some anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: empty(connection))
        yield


@pytest.fixture(scope="session", autouse=True)
def asked_elsewhere():
    """No code under test reaches for another machine, whatever address is stored or posted.

    What tries fails at once, and the run fails at its end; the tries are yielded. The server of the
    tests' database may be elsewhere.
    """
    tries = []
    hosts = {"localhost", "127.0.0.1", "::1", connection.settings_dict["HOST"]}
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def only_here(host):
        if host not in hosts:
            tries.append(host)
            raise AssertionError(f"Something reached for {host}.")

    def connect_here(self, address):
        if self.family != socket.AF_UNIX:
            only_here(address[0])
        return connect(self, address)

    def look_up_here(host, *args, **kwargs):
        only_here(host)
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        patch.setattr(socket, "getaddrinfo", look_up_here)
        yield tries
    assert tries == []


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Files that tests upload go where pytest cleans up."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def report_root(settings, tmp_path):
    """No test finds a report that another one wrote."""
    settings.REPORT_ROOT = tmp_path / "reports"


@pytest.fixture(autouse=True)
def pages_are_made_afresh(settings):
    """Each request makes its page, as its first reader has it; tests of kept pages keep them."""
    settings.KEEP_PAGES = False


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    """No test waits for a password to be hashed as slowly as it should be."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def client():
    """A reader, or staff once ``force_login`` has signed them in with both factors."""
    return DeskClient()


@pytest.fixture
def admin_client(db):
    """A superuser who gave both factors."""
    client = DeskClient()
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client
