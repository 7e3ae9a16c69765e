"""The settings of production, which only another process can read."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "DATABASE_URL": "postgres://casefile@db.example/casefile",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "casefile.example",
}


def in_production(*arguments, **environment):
    """Run Python with arguments where nothing but production's environment is set.

    ``environment`` changes that; None unsets a name. Return the `subprocess.CompletedProcess`, its
    output as text.
    """
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "casefile.settings",
        **PRODUCTION,
        **environment,
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
    )
