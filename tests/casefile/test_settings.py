"""What production needs is named at start; the embedded server never stands in for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DATABASE_URL": "postgres://casefile@db.example/casefile",
    "SECRET_KEY": "x" * 50,
    "ALLOWED_HOSTS": "casefile.example",
}


def start(module, environment):
    """Return what a server prints when it starts with an environment, or its last complaint."""
    done = subprocess.run(
        [sys.executable, "-c", f"import {module}, sys; print('embedded' in str(sys.modules))"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("module", ["casefile.wsgi", "casefile.asgi"])
def test_server_starts_with_its_environment_and_without_the_embedded_database(module):
    assert start(module, PRODUCTION) == "False"


@pytest.mark.parametrize("module", ["casefile.wsgi", "casefile.asgi"])
@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("DATABASE_URL", "Set it to postgres://user:password@host:port/name (PostgreSQL 15+)."),
        ("SECRET_KEY", "Set it to 50 or more random characters."),
        ("ALLOWED_HOSTS", "Set it to the host names of the site, separated by commas."),
    ],
)
def test_server_says_what_to_set(module, name, advice):
    environment = {key: value for key, value in PRODUCTION.items() if key != name}

    assert start(module, environment).endswith(f"ImproperlyConfigured: {name} is not set. {advice}")
