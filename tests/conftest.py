"""Fixtures that every test may use."""

import os

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from hypothesis import settings as hypothesis_settings

from tests.database import migrated_template
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
