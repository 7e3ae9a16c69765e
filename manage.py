#!/usr/bin/env python
"""Run a management command.

Without DATABASE_URL this is a developer's machine: the embedded PostgreSQL under var/ is used.
"""

import os
import sys
from pathlib import Path


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casefile.settings")
    if "DATABASE_URL" not in os.environ:
        from casefile.embedded_postgres import ensure_running

        os.environ.setdefault("CASEFILE_ENV", "development")
        os.environ["DATABASE_URL"] = ensure_running(Path(__file__).resolve().parent / "var")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    except OperationalError as error:
        # What PostgreSQL raises has a code; that nobody could be asked has none.
        if getattr(error.__cause__, "sqlstate", None):
            raise
        sys.exit(f"The database of DATABASE_URL gives no answer: {error}")


if __name__ == "__main__":
    main()
