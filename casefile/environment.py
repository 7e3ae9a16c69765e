"""The environment's variables, each read so that a missing or wrong one is a sentence at start.

No sentence quotes a value: it may hold a password.
"""

import warnings
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.FileAwareEnv()

NO_WORDS = ("false", "off", "n", "no", "0")


def text(name, default=""):
    """Return an environment variable; one that is empty is as one that isn't there."""
    return env.str(name, "") or default


def required(name, advice):
    """Return an environment variable, or refuse to start with a sentence that says what to set."""
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {advice}")
    return value


def understood(name, read, value, advice):
    """Return what ``read`` makes of the value of a variable, or refuse to start."""
    try:
        with warnings.catch_warnings(action="error"):
            return read(value)
    except (ImproperlyConfigured, LookupError, TypeError, ValueError, Warning):
        raise ImproperlyConfigured(f"{name} is not understood. {advice}") from None


def database(name):
    """Return what the address of a database says, as Django's settings have it."""

    def read(value):
        found = env.db_url_config(value)
        if found["ENGINE"] != "django.db.backends.postgresql" or not found["NAME"]:
            raise ValueError
        return found

    advice = "Set it to postgres://user:password@host:port/name (PostgreSQL 15+)."
    return understood(name, read, required(name, advice), advice)


def hosts(name):
    """Return the names of hosts that a variable lists."""

    def read(value):
        found = [host.strip() for host in value.split(",")]
        if any(not host or "/" in host or len(host.split()) > 1 for host in found):
            raise ValueError
        return found

    advice = "Set it to the host names of the site, separated by commas."
    return understood(name, read, required(name, advice), advice)


def site(name, default):
    """Return the address of a site, without a slash at its end."""

    def read(value):
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise ValueError
        return value.rstrip("/")

    advice = "Set it to the site's own address, such as https://casefile.example."
    return understood(name, read, text(name, default), advice)


def web_folder(name):
    """Return the address of a folder that a web server serves, "" if there is none."""

    def read(value):
        if not value.startswith(("/", "https://")) or not value.endswith("/"):
            raise ValueError
        return value

    value = text(name)
    advice = "Set it to an address that ends with a slash, such as /reports/files/."
    return value and understood(name, read, value, advice)


def number(name, default):
    """Return a whole number that isn't below 0."""

    def read(value):
        found = int(value)
        if found < 0:
            raise ValueError
        return found

    return understood(name, read, text(name, str(default)), "Set it to a number: 0, 1, 2.")


def yes_or_no(name, default):
    def read(value):
        if value.lower() not in (*env.BOOLEAN_TRUE_STRINGS, *NO_WORDS):
            raise ValueError
        return value.lower() in env.BOOLEAN_TRUE_STRINGS

    value = text(name)
    return understood(name, read, value, "Set it to yes or no.") if value else default


def cache(name, default):
    """Return where pages are kept, as Django's settings have it."""
    value = text(name)
    advice = "Set it to filecache:///var/cache/casefile, for instance, or leave it out."
    return understood(name, env.cache_url_config, value, advice) if value else default


def mail(name):
    """Return the settings of mail, as Django has them; without a server, mails are printed."""
    advice = "Set it to smtp+tls://user:password@host:587, for instance, or leave it out."
    return understood(name, env.email_url_config, text(name, "consolemail://"), advice)


def folder(name, default):
    return Path(text(name, default))
