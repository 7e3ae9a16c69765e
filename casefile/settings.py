"""Settings. Everything that differs between machines comes from the environment, read here alone
(casefile/environment.py: what is missing or wrong is one sentence).

DATABASE_URL   postgres://user:password@host:port/name, PostgreSQL 15 or later. manage.py and the
               tests start the embedded server and set it where it is missing. To another machine,
               add ?sslmode=verify-full&sslrootcert=/path/to/ca.pem.
DATABASE_REPLICA_URL  a hot standby of it, which readers are answered from.
CASEFILE_ENV   "production" (default) or "development" (make demo, tests): no TLS, a made-up key.
APP_ROLE       the database role that serves the site, where migrations run as another; migrate
               gives it its rights.
SECRET_KEY     required in production, 50 characters or more.
ALLOWED_HOSTS  required in production: comma-separated host names.
SITE_URL       the site's own address, such as https://casefile.example: in mails, feeds, pages.
EMAIL_URL      smtp+tls://user:password@host:587; without it mails are written to the console.
EMAIL_FROM     whom mails come from.
CACHE_URL      where all processes keep pages together, such as filecache:///var/cache/casefile;
               without it each keeps its own in memory.
TRUSTED_PROXIES  how many proxies of ours stand before the server; their X-Forwarded-For and
               X-Forwarded-Proto are believed then, and else never.
"""

import os
from datetime import timedelta
from pathlib import Path

import fontpkg_public_sans
import pgtrigger
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from casefile import environment

BASE_DIR = Path(__file__).resolve().parent.parent

DEVELOPMENT = environment.text("CASEFILE_ENV", "production") == "development"
DEBUG = False

if DEVELOPMENT:
    # Not a secret: it protects nothing but sessions on this machine, and changes with the folder.
    SECRET_KEY = f"development-only-{BASE_DIR}".ljust(50, "-")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
else:
    SECRET_KEY = environment.required("SECRET_KEY", "Set it to 50 or more random characters.")
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "SECRET_KEY is too short. Set it to 50 or more random characters."
        )
    ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS")


def database(variable):
    """Return how to reach the database that an environment variable names."""
    url = environment.database(variable)
    return {
        **url,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **url.get("OPTIONS", {}),
            "connect_timeout": 3,
            "application_name": "casefile",
            # Unset, it costs each row of each trigger an exception that is raised and caught.
            # A page's queries are many and short: to compile them takes longer than to run them.
            "options": "-c pgtrigger.ignore={} -c jit=off",
        },
    }


DATABASES = {"default": database("DATABASE_URL")}
if environment.text("DATABASE_REPLICA_URL"):
    DATABASES["replica"] = database("DATABASE_REPLICA_URL") | {"TEST": {"MIRROR": "default"}}

APP_ROLE = environment.text("APP_ROLE")

INSTALLED_APPS = [
    "letters",
    "jurisdictions",
    "casefile",
    "pgtrigger",
    "pghistory",
    "django_htmx",
    "casefile.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

# What sets headers stands first, so that no answer goes out without them.
MIDDLEWARE = [
    "casefile.request_ids.RequestIdMiddleware",
    "casefile.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "casefile.static_files.StaticFilesMiddleware",
    "casefile.languages.LanguageMiddleware",
    "casefile.gate.GateMiddleware",
    "casefile.page_cache.PageCacheMiddleware",
    "casefile.as_of.AsOfMiddleware",
    "casefile.desk.DeskMiddleware",
    "casefile.timeouts.DeskTimeoutsMiddleware",
    "casefile.signing_in.sessions.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "casefile.turning.TurningMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "casefile.away.AwayMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "casefile.urls"
PARAMETERS_OF = "letters.parameters.parameters_of"  # what pages take: casefile/gate.py
WSGI_APPLICATION = "casefile.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "casefile.as_of.day",
                "casefile.languages.record_texts",
            ],
        },
    },
]

# What readers' pages say beside the record's own texts, see casefile/languages.py. Files, feeds and
# the desk are in the first language.
LANGUAGES = [("en", "English"), ("es", "Español")]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "casefile" / "locale"]

# The dates of the record are DOJ's: Washington, D.C.
TIME_ZONE = "America/New_York"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = environment.folder("STATIC_ROOT", BASE_DIR / "var" / "static")
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("fonts", Path(fontpkg_public_sans.__file__).parent / "files"),
]
# Uploads have a prefix of their own, where staff fetch them: casefile/admin/stored_files.py.
MEDIA_URL = "/admin/files/"
MEDIA_ROOT = environment.folder("MEDIA_ROOT", BASE_DIR / "var" / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEVELOPMENT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEVELOPMENT
# Each server looks at all files before it sends the first; pages name those with a hash alone.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False  # who may read what is said once, in casefile/headers.py

FILTERS_EMPTY_CHOICE_LABEL = "Any"

# Names the deployed code, see `casefile.release`: what was kept by another is never used.
RELEASE = environment.text("RELEASE")

# Pages are kept by revision of the record (casefile/page_cache.py): by each process in its memory,
# or by all of them in one place. With runserver's reloader, whoever edits templates sees each edit.
KEEP_PAGES = "RUN_MAIN" not in os.environ
IN_MEMORY = {
    "BACKEND": "casefile.bounded_memory.BoundedMemoryCache",
    "LOCATION": "pages",
    "OPTIONS": {"MAX_ENTRIES": 5000, "MAX_BYTES": 64 * 1024**2},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": environment.cache("CACHE_URL", IN_MEMORY),
    # Parts of lists: casefile/kept_parts.py.
    "parts": {
        "BACKEND": "casefile.bounded_memory.BoundedMemoryCache",
        "LOCATION": "parts",
        "OPTIONS": {"MAX_ENTRIES": 20_000, "MAX_BYTES": 16 * 1024**2},
    },
}

# Reports are written to files once per revision of the record, and served from there.
REPORT_ROOT = environment.folder("REPORT_ROOT", BASE_DIR / "var" / "reports")
REPORT_ROOT_BYTES = 4 * 1024**3
# Where the web server serves REPORT_ROOT by itself, such as "/reports/files/", for large reports:
# granian --static-path-route /reports/files --static-path-mount var/reports
REPORT_FILES_URL = environment.web_folder("REPORT_FILES_URL")
LONG_WORK_SLOTS = 2  # threads of one process that may write, or send, a large report at once
DOWNLOAD_SECONDS = 300  # until a reader of such a report is cut off
REPORT_TIMEOUT = "5min"  # for the query of one report, as PostgreSQL writes a duration
PAGE_TIMEOUT = "5s"  # for each query of one page of the API
SEARCH_TIMEOUT = "2s"  # for each query of a search
READER_TIMEOUT = "3s"  # for each query of every other page
READER_LOCK_TIMEOUT = "1s"  # for each lock that a reader's query waits for
READER_IDLE_TIMEOUT = "10s"  # for a transaction between two queries: it may hold locks
DESK_TIMEOUT = "15s"  # for each query of a page of the desk
DESK_LOCK_TIMEOUT = "5s"
DESK_IDLE_TIMEOUT = "60s"  # longer than an uploaded PDF may take to be read
REPLICA_LAG_SECONDS = 10  # a standby that is further behind is not read
SLOW_QUERY_SECONDS = 1  # from which on a query is logged
DISK_FREE_BYTES = 512 * 1024**2  # less than that, in a folder that is written to, is not healthy
UPLOAD_RESERVE_BYTES = 16 * 1024**2  # what an upload leaves free, or it is refused

SITE_URL = environment.site(
    "SITE_URL", "http://localhost:8000" if DEVELOPMENT else f"https://{ALLOWED_HOSTS[0]}"
)
vars().update(environment.mail("EMAIL_URL"))  # EMAIL_BACKEND, EMAIL_HOST, ...
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", "casefile@localhost")
EMAIL_TIMEOUT = 30

# Signing in: a password, throttled by account and address, and then a second factor.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
# Length and lists, no rules of composition: OWASP ASVS 5.0, 6.2.
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "casefile.signing_in.passwords.OwnWordsValidator"},
]

TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0)
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

AXES_HANDLER = "casefile.signing_in.throttle.Throttle"
AXES_LOCKOUT_CALLABLE = "casefile.signing_in.throttle.answer"
AXES_USERNAME_CALLABLE = "casefile.signing_in.throttle.tried_name"
AXES_CLIENT_IP_CALLABLE = "casefile.signing_in.addresses.client_address"
# The first counts to AXES_FAILURE_LIMIT; the others have bounds of their own, in the handler.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address", "username"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # `SignInEvent` keeps what happened
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "typed", "csrfmiddlewaretoken"]

OTP_TOTP_ISSUER = "Casefile"

SESSION_ENGINE = "casefile.signing_in.sessions"
SESSION_COOKIE_AGE = 30 * 60  # since the last page of the desk
SESSION_LONGEST = 12 * 60 * 60  # since signing in
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# History: one event per row and write, kept by statement-level triggers so that bulk loads stay
# fast; nobody can change or delete an event. Reading pages opens no context (no Vary: Cookie).
PGHISTORY_APPEND_ONLY = True
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_ADMIN_ALL_EVENTS = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_REDIRECT_EXEMPT = ["^api/."]  # without TLS it is refused: casefile/gate.py
if not DEVELOPMENT:
    SECURE_SSL_REDIRECT = environment.yes_or_no("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_SECURE = True
    CSRF_COOKIE_NAME = "__Host-csrftoken"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "casefile.logs.JsonLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line" if DEVELOPMENT else "json",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
