"""What production needs is named at start; the embedded server never stands in for it."""

import json
from secrets import token_urlsafe

import pytest

from tests.production import PRODUCTION, ROOT, in_production

DATABASE = "Set it to postgres://user:password@host:port/name (PostgreSQL 15+)."
HOSTS = "Set it to the host names of the site, separated by commas."
KEY = "Set it to 50 or more random characters."
CACHE = "Set it to filecache:///var/cache/casefile, for instance, or leave it out."
MAIL = "Set it to smtp+tls://user:password@host:587, for instance, or leave it out."
SITE = "Set it to the site's own address, such as https://casefile.example."
FILES = "Set it to an address that ends with a slash, such as /reports/files/."
NUMBER = "Set it to a number: 0, 1, 2."


def start(**environment):
    """Return what the server prints when it starts with an environment, or all its complaints."""
    done = in_production(
        "-c",
        "import casefile.wsgi, sys; print('embedded' in str(sys.modules))",
        DJANGO_SETTINGS_MODULE=None,
        **environment,
    )
    return done.stdout.strip() or done.stderr


def test_server_starts_with_its_environment_and_without_the_embedded_database():
    assert start() == "False"


@pytest.mark.parametrize(
    ("name", "advice"), [("DATABASE_URL", DATABASE), ("SECRET_KEY", KEY), ("ALLOWED_HOSTS", HOSTS)]
)
def test_server_says_what_to_set(name, advice):
    assert start(**{name: None}) == f"{name} is not set. {advice}\n"


def test_server_refuses_a_short_secret():
    assert start(SECRET_KEY="x" * 49) == f"SECRET_KEY is too short. {KEY}\n"


@pytest.mark.parametrize(
    ("name", "value", "advice"),
    [
        ("DATABASE_URL", "nonsense", DATABASE),
        ("DATABASE_URL", "mysql://casefile:hidden@db.example/casefile", DATABASE),
        ("DATABASE_URL", "postgres://casefile:hidden@db.example:port/casefile", DATABASE),
        ("DATABASE_URL", "postgres://casefile:hidden@db.example/", DATABASE),
        ("DATABASE_REPLICA_URL", "standby.example", DATABASE),
        ("ALLOWED_HOSTS", "https://casefile.example/", HOSTS),
        ("ALLOWED_HOSTS", "casefile.example,", HOSTS),
        ("CACHE_URL", "/var/cache/casefile", CACHE),
        ("CACHE_URL", "memory://pages", CACHE),
        ("EMAIL_URL", "mail.example", MAIL),
        ("EMAIL_URL", "smtp+tls://casefile:hidden@mail.example:port", MAIL),
        ("SITE_URL", "casefile.example", SITE),
        ("REPORT_FILES_URL", "/reports/files", FILES),
        ("TRUSTED_PROXIES", "one", NUMBER),
        ("TRUSTED_PROXIES", "-1", NUMBER),
        ("SECURE_SSL_REDIRECT", "ture", "Set it to yes or no."),
    ],
)
def test_server_says_in_one_sentence_what_it_does_not_understand(name, value, advice):
    assert start(**{name: value}) == f"{name} is not understood. {advice}\n"


def test_a_variable_that_is_empty_is_as_one_that_is_not_there():
    names = ["DATABASE_REPLICA_URL", "CACHE_URL", "EMAIL_URL", "SITE_URL", "TRUSTED_PROXIES"]
    names += ["REPORT_ROOT", "MEDIA_ROOT", "STATIC_ROOT", "REPORT_FILES_URL"]
    done = in_production(
        "-c",
        "from django.conf import settings as s;"
        "paths = s.REPORT_ROOT, s.MEDIA_ROOT, s.STATIC_ROOT;"
        "print(s.SITE_URL, s.TRUSTED_PROXIES, *paths, sep='\\n')",
        **dict.fromkeys(names, ""),
    )

    folders = [f"{ROOT}/var/{name}" for name in ("reports", "media", "static")]
    assert done.stdout.splitlines() == ["https://casefile.example", "0", *folders]


@pytest.mark.parametrize("command", ["check", "migrate", "check_start"])
def test_commands_say_the_same_sentence(command):
    done = in_production("manage.py", command, SECRET_KEY="short")

    assert (done.returncode, done.stderr) == (1, f"SECRET_KEY is too short. {KEY}\n")


def test_command_says_that_the_database_gives_no_answer_and_no_password():
    done = in_production(
        "manage.py", "migrate", DATABASE_URL="postgres://casefile:hidden@127.0.0.1:1/casefile"
    )

    assert done.returncode == 1
    assert done.stderr.startswith("The database of DATABASE_URL gives no answer: connection failed")
    assert "Traceback" not in done.stderr
    assert "hidden" not in done.stderr


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
