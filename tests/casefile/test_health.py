"""The deep question after the site's health, with what is really broken."""

import socket

import environ
import pytest
from django.db import connection

from casefile.health import SECONDS, deep_health

pytestmark = pytest.mark.django_db

WELL = {"database": True, "migrations": True, "disk": True}


@pytest.fixture
def stopped_server():
    """Let the settings name a server that takes connections and never says a word."""
    ours = dict(connection.settings_dict)
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"postgres://casefile:x@127.0.0.1:{server.getsockname()[1]}/casefile"
        connection.settings_dict.update(environ.Env.db_url_config(url))
        yield
    connection.settings_dict.clear()
    connection.settings_dict.update(ours)


def test_site_that_can_do_its_work_says_so_and_no_more(client, transactional_db):
    response = client.get("/healthz?deep")

    assert (response.status_code, response.json()) == (200, WELL)
    assert response["Cache-Control"] == "no-store"
    assert client.get("/healthz?deep=yes", follow=True).redirect_chain == [("/healthz?deep", 301)]
    assert client.get("/healthz?depth=1").status_code == 400


def test_server_that_never_answers_is_unhealthy_within_the_bound(
    client, stopped_server, django_assert_num_queries
):
    with django_assert_num_queries(0):  # none on the kept connection, which could wait for ever
        response = client.get("/healthz?deep")

    assert response.status_code == 503
    assert response.json() == WELL | {"database": False, "migrations": False}
    assert SECONDS <= 3


def test_server_is_asked_with_the_tls_that_the_site_asks_for(client, monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "sslmode", "require")  # it has none

    assert client.get("/healthz?deep").json()["database"] is False


def test_disk_without_room_is_unhealthy(client, settings, tmp_path):
    settings.DISK_FREE_BYTES = 2**62
    settings.REPORT_ROOT = tmp_path / "not" / "yet" / "made"

    response = client.get("/healthz?deep")

    assert response.status_code == 503
    assert response.json()["disk"] is False


@pytest.mark.django_db(transaction=True)
def test_migration_that_is_not_applied_is_unhealthy():
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE id = (SELECT max(id) FROM django_migrations)"
            " RETURNING app, name, applied"
        )
        taken = cursor.fetchone()
        try:
            assert deep_health() == WELL | {"migrations": False}
        finally:
            cursor.execute(
                "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", taken
            )
