"""Pages by revision: a reader's page is kept until the record, the day or the code changes.

What is kept is never stale. The key holds the token of the record's revision, which the transaction
that publishes writes with all else: no snapshot has the one without the other. The token is read
before the page is made, on the same connection, so a page made while a publication commits may be
newer than its key says, never older; and from that commit on, nobody asks for that key. Read once
per request: a notification or a read per second would leave a moment in which an edit that its
editor has seen saved isn't shown.

A page is kept only if it says nothing else about itself: one that shows what the revision doesn't
cover sets its own Cache-Control (`never_cache`) or ETag, and is left alone.
"""

import logging
from contextlib import contextmanager
from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponseNotModified, QueryDict

from casefile.canonical import canonical_query
from casefile.dates import today
from casefile.kept_parts import DAY, keep_parts
from casefile.release import release
from casefile.request_ids import HEADER as REQUEST_ID
from casefile.request_ids import new_request_id
from casefile.revision import current_token

logger = logging.getLogger(__name__)

# The desk, and the sign of life, which asks no database.
NEVER_KEPT = ("/admin/", "/healthz")

# Browsers, and caches that know no more, ask each time: an edit shows at once. A CDN that obeys its
# own header (RFC 9213) may take a wave of readers: it shows a page for 5 seconds, for 30 more while
# it fetches the next one, and for a day while the site is away (RFC 5861). In one header for all,
# browsers would show old pages too, and must-revalidate would forbid the rest.
FOR_ALL = "public, max-age=0, must-revalidate"
FOR_CDN = "public, max-age=5, stale-while-revalidate=30, stale-if-error=86400"
FOR_STAFF = "private, no-store"
FOR_NOBODY = "no-store"

# In a request's environment: the token of the revision, and the key of the page.
KEPT_UNDER = "casefile.kept_under"
# What an answer 304 has none of.
OF_CONTENT = ("Content-Type", "Content-Length")


class PageCache:
    """A WSGI application that answers readers with kept pages, and else asks the site itself.

    It reads the revision before Django looks at the request: its middleware, first to last, costs
    more than all that is done here. Pages are kept as they are sent, but for the request's name.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        request = WSGIRequest(environ)
        if not may_get_kept(request):
            return self.application(environ, start_response)
        try:
            token = current_token()
            key = page_key(request, token)
        except (InterfaceError, OperationalError, SuspiciousOperation):
            # The page may do without the database; a host that makes no sense it refuses.
            return self.application(environ, start_response)
        kept = None
        with going_on_without():
            kept = caches["pages"].get(key)
        if kept is None:
            environ[KEPT_UNDER] = token, key
            return self.make(request, start_response, key)
        headers, content = kept
        headers.append((REQUEST_ID, new_request_id()))
        if key in tags_of(environ.get("HTTP_IF_NONE_MATCH", "")):
            headers = [header for header in headers if header[0] not in OF_CONTENT]
            start_response("304 Not Modified", headers)
            return []
        start_response("200 OK", headers)
        return [] if request.method == "HEAD" else [content]

    def make(self, request, start_response, key):
        """Return the site's own answer, and keep it if it is labelled as the page of a key."""
        answered = []

        def start(status, headers, exc_info=None):
            answered.append((status, headers))
            return start_response(status, headers, exc_info)

        response = self.application(request.environ, start)
        [(status, headers)] = answered
        if request.method == "GET" and status == "200 OK" and ("ETag", f'"{key}"') in headers:
            headers = [header for header in headers if header[0] != REQUEST_ID]
            with going_on_without():
                caches["pages"].set(key, (headers, b"".join(response)), DAY)
        return response


class PageCacheMiddleware:
    """Label pages for readers, so that they are kept, and answer 304 to who has one already.

    Whoever brings a session gets a page of their own, which nobody keeps. It stands after what
    sets headers, and before all else.
    """

    def __init__(self, get_response):
        if not settings.KEEP_PAGES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = self.get_response(request)
            response["Cache-Control"] = FOR_STAFF
            return response
        if KEPT_UNDER not in request.environ:
            return self.get_response(request)
        ask_canonically(request)
        token, key = request.environ[KEPT_UNDER]
        if key in tags_of(request.META.get("HTTP_IF_NONE_MATCH", "")):
            return labelled(HttpResponseNotModified(), key)
        keep_parts(request, token)
        response = self.get_response(request)
        if may_be_kept(response):
            labelled(response, key)
        elif response.status_code >= 400:
            response.headers.setdefault("Cache-Control", FOR_NOBODY)
        return response


@contextmanager
def going_on_without():
    """Make the page, and say so in the log, where the place that keeps pages is away or full."""
    try:
        yield
    except Exception as error:  # each kind of cache has errors of its own
        logger.warning("Pages can't be kept now: %s", error)


def may_get_kept(request):
    """Return whether a request may be answered with what others get."""
    return (
        request.method in ("GET", "HEAD")
        and not request.path.startswith(NEVER_KEPT)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def ask_canonically(request):
    """Put a request's question in its one form, so that the page follows from its key alone."""
    if not request.META["QUERY_STRING"]:
        return
    query = canonical_query(request.GET)
    if query != request.META["QUERY_STRING"]:
        request.META["QUERY_STRING"] = query
        request.GET = QueryDict(query)


def page_key(request, token):
    """Return what decides the bytes of a page, as 32 hexadecimal digits."""
    decides = (
        token,
        str(today()),  # the as-of day, unless the query names one
        request.scheme,
        request.get_host(),
        request.path,
        request.META["QUERY_STRING"],
        release(),
    )
    return blake2b(repr(decides).encode(), digest_size=16).hexdigest()


def tags_of(header):
    """Return the entity tags of an If-None-Match, compared weakly as RFC 9110 has it.

    ``*`` is none of ours: whether there is such a page, only the page can say.
    """
    return {tag.strip().removeprefix("W/").strip('"') for tag in header.split(",")}


def may_be_kept(response):
    """Return whether a response is a page for every reader, and leaves its keeping to us."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("ETag")
        and not response.has_header("Cache-Control")
        and not response.has_header("Vary")
    )


def labelled(response, key):
    """Return a response with its entity tag, and with how long others may keep it."""
    response["ETag"] = f'"{key}"'
    response["Cache-Control"] = FOR_ALL
    response["CDN-Cache-Control"] = FOR_CDN
    return response
