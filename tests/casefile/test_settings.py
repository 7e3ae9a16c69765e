"""What production needs is named at start; the embedded server never stands in for it."""

import json
from secrets import token_urlsafe

import pytest

from tests.production import PRODUCTION, in_production


def start(**environment):
    """Return what the server prints when it starts with an environment, or its last complaint."""
    done = in_production(
        "-c",
        "import casefile.wsgi, sys; print('embedded' in str(sys.modules))",
        DJANGO_SETTINGS_MODULE=None,
        **environment,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


def test_server_starts_with_its_environment_and_without_the_embedded_database():
    assert start() == "False"


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("DATABASE_URL", "Set it to postgres://user:password@host:port/name (PostgreSQL 15+)."),
        ("SECRET_KEY", "Set it to 50 or more random characters."),
        ("ALLOWED_HOSTS", "Set it to the host names of the site, separated by commas."),
    ],
)
def test_server_says_what_to_set(name, advice):
    said = start(**{name: None})

    assert said.endswith(f"ImproperlyConfigured: {name} is not set. {advice}")


def test_server_refuses_a_short_secret():
    said = start(SECRET_KEY="x" * 49)

    assert said.endswith("SECRET_KEY is too short. Set it to 50 or more random characters.")


def test_deployment_check_finds_nothing():
    done = in_production(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"), SECRET_KEY=token_urlsafe(50)
    )

    assert done.stdout == "System check identified no issues (0 silenced).\n"


def test_address_of_the_database_says_how_it_is_encrypted():
    address = f"{PRODUCTION['DATABASE_URL']}?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    done = in_production(
        "-c",
        "import django, json; django.setup(); from casefile.backups.database import Database;"
        "from django.db import connection; parameters = connection.get_connection_params();"
        "environment = Database.of_site().environment();"
        "print(json.dumps([parameters, environment], default=str))",
        DATABASE_URL=address,
    )

    wanted = {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
    of_site, of_backups = json.loads(done.stdout)
    assert wanted.items() <= of_site.items()
    assert of_site["connect_timeout"] == 3
    assert (of_backups["PGSSLMODE"], of_backups["PGSSLROOTCERT"]) == tuple(wanted.values())


def test_production_logs_in_lines_of_json():
    done = in_production(
        "-c", "import logging, django; django.setup(); logging.getLogger('x').error('a\\nb')"
    )

    line = json.loads(done.stderr)
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "x", "a\nb")


def test_cookies_of_production_belong_to_its_host_alone():
    names = ("SESSION_COOKIE", "CSRF_COOKIE")
    wanted = [f"{name}_{what}" for name in names for what in ("NAME", "SECURE", "HTTPONLY")]
    done = in_production(
        "-c",
        "import json; from django.conf import settings;"
        f"print(json.dumps([getattr(settings, name) for name in {wanted}]))",
    )

    # A name with this prefix is refused by browsers unless it is secure, for / and for no domain.
    assert json.loads(done.stdout) == [
        "__Host-sessionid",
        True,
        True,
        "__Host-csrftoken",
        True,
        True,
    ]
