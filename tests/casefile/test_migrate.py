"""migrate beside another one, and beside somebody who reads."""

import threading
from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casefile.management.commands import migrate
from tests.server import database_url

pytestmark = pytest.mark.django_db(transaction=True)


class Said(StringIO):
    """What the command says; ``event`` is set once it has said that it waits."""

    def __init__(self):
        super().__init__()
        self.event = threading.Event()

    def write(self, text):
        if "waiting for it" in text:
            self.event.set()
        return super().write(text)


def test_second_migrate_waits_for_the_first_and_finds_nothing_left():
    said = Said()
    with psycopg.connect(database_url(), autocommit=True) as first:
        first.execute("SELECT pg_advisory_lock(%s)", [migrate.LOCK])
        release = threading.Thread(
            target=lambda: (
                said.event.wait(20)
                and first.execute("SELECT pg_advisory_unlock(%s)", [migrate.LOCK])
            )
        )
        release.start()
        call_command("migrate", stdout=said)
        release.join()

    assert said.event.is_set()
    assert "No migrations to apply" in said.getvalue()


def test_migration_that_needs_a_table_in_use_gives_up_and_says_so(monkeypatch):
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", "100ms")
    with psycopg.connect(database_url()) as reader:
        reader.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(CommandError, match="A table is in use"):
            call_command("migrate", stdout=StringIO())

    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)
