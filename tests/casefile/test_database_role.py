"""The role that serves the site works on the record, and can't touch its history."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from casefile.database_role import grant_to_app_role, kept_tables
from casefile.seals import seal_history
from jurisdictions.models import Jurisdiction, JurisdictionHistory
from tests.factories import JurisdictionFactory, LetterFactory, UserFactory

pytestmark = pytest.mark.django_db

TABLE = JurisdictionHistory._meta.db_table


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def as_app(settings):
    """Let the rest of the test be done by the site's role, on a record that somebody else made."""
    JurisdictionFactory(slug="denver")
    UserFactory(username="editor")
    seal_history(dt.date(2018, 1, 1))
    settings.APP_ROLE = "casefile_app_in_test"
    execute("CREATE ROLE casefile_app_in_test")
    grant_to_app_role()
    execute("SET LOCAL SESSION AUTHORIZATION casefile_app_in_test")


def test_role_writes_the_record_and_triggers_write_its_history(as_app):
    Jurisdiction.objects.filter(slug="denver").update(name="Denver")

    labels = JurisdictionHistory.objects.filter(slug="denver").order_by("pgh_id")
    assert [event.pgh_label for event in labels] == ["insert", "update"]


def test_role_makes_a_letter_with_its_states_and_revision(as_app, client):
    LetterFactory(key="the-letter")

    assert client.get("/letters/the-letter/").status_code == 200
    assert client.get("/reports/letters.csv").status_code == 200


@pytest.mark.parametrize(
    "attempt",
    [
        f"UPDATE {TABLE} SET name = 'x'",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        f"INSERT INTO {TABLE} SELECT * FROM {TABLE}",
        f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
        "ALTER TABLE jurisdictions_jurisdiction DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "UPDATE pghistory_context SET metadata = '{}'",
        "DELETE FROM pghistory_context",
        "DELETE FROM casefile_seal",
        "UPDATE casefile_signinevent SET kind = 'signed_in'",
        "DELETE FROM casefile_signinevent",
        "UPDATE casefile_sealedevent SET digest = ''",
        "DROP TRIGGER revision_insert ON jurisdictions_jurisdiction",
        "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean"
        " LANGUAGE sql AS 'SELECT true'",
        "SET SESSION AUTHORIZATION postgres",
    ],
)
def test_role_is_refused(as_app, attempt):
    refused = r"permission denied|must be owner|does not exist"
    with pytest.raises(DatabaseError, match=refused), transaction.atomic():
        execute(attempt)


def test_role_cannot_tell_triggers_not_to_write_history(as_app):
    execute("SET LOCAL pgtrigger.ignore = '{pgtrigger_update_update,jurisdictions.Jurisdiction}'")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(tgname)::text FROM pg_trigger"
            " WHERE tgrelid = 'jurisdictions_jurisdiction'::regclass"
        )
        (every_trigger,) = cursor.fetchone()
    execute("SELECT set_config('pgtrigger.ignore', %s, true)", every_trigger)

    Jurisdiction.objects.filter(slug="denver").update(name="Denver")

    assert JurisdictionHistory.objects.filter(slug="denver").count() == 2


def test_every_history_and_seal_is_read_only_to_the_role(as_app):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t, p FROM unnest(%s::text[]) t,"
            " unnest(ARRAY['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) p"
            " WHERE has_table_privilege(t, p)",
            [kept_tables()],
        )
        assert cursor.fetchall() == []


def test_missing_role_is_named(settings):
    settings.APP_ROLE = "nobody_of_that_name"

    with pytest.raises(ImproperlyConfigured, match="CREATE ROLE nobody_of_that_name"):
        grant_to_app_role()


def test_role_that_owns_the_tables_is_refused(settings):
    settings.APP_ROLE = connection.settings_dict["USER"]

    with pytest.raises(ImproperlyConfigured, match="migrate as another role"):
        grant_to_app_role()


def test_without_a_role_nothing_is_granted(settings):
    settings.APP_ROLE = ""

    grant_to_app_role()
