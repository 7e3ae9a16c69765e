"""Django's migrate, one at a time, and never long in anyone's way."""

from contextlib import suppress

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import InterfaceError, OperationalError, connections
from psycopg.errors import LockNotAvailable

LOCK = 7_315_082_031_125
# While a migration waits for a table, whoever reads it waits behind the migration.
LOCK_TIMEOUT = "4s"


class Command(migrate.Command):
    def handle(self, *args, **options):
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                self.stdout.write("Another migrate is at work on this database: waiting for it.")
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            cursor.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if isinstance(error.__cause__, LockNotAvailable):
                raise CommandError(
                    f"A table is in use, and was for {LOCK_TIMEOUT}: the migration that needs it"
                    " was undone. Run migrate again, at a quieter moment if need be."
                ) from error
            raise
        finally:
            # A connection that is lost has given the lock back.
            with suppress(InterfaceError, OperationalError), connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout; SELECT pg_advisory_unlock(%s)", [LOCK])
