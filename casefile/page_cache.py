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

from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import MiddlewareNotUsed, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseNotModified, QueryDict
from django.utils.translation import get_language

from casefile.canonical import canonical_query
from casefile.dates import today
from casefile.kept_parts import DAY, keep_parts
from casefile.revision import current_token

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


class PageCacheMiddleware:
    """Answer readers with 304 or a kept page, at the cost of reading the revision.

    Whoever brings a session gets a page of their own, which nobody keeps. It stands after what
    decides the language and what sets headers, and before all else.
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
        if request.method not in ("GET", "HEAD") or request.path.startswith(NEVER_KEPT):
            return self.get_response(request)
        try:
            ask_canonically(request)
            token = current_token()
            key = page_key(request, token)
        except (InterfaceError, OperationalError, SuspiciousOperation):
            # The page may do without the database; a host or query that makes no sense it refuses.
            return self.get_response(request)
        if key in tags_of(request.META.get("HTTP_IF_NONE_MATCH", "")):
            return labelled(HttpResponseNotModified(), key)
        kept = caches["pages"].get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        keep_parts(request, token)
        response = self.get_response(request)
        if may_be_kept(response):
            labelled(response, key)
            caches["pages"].set(key, (response.content, dict(response.headers)), DAY)
        elif response.status_code >= 400:
            response.headers.setdefault("Cache-Control", FOR_NOBODY)
        return response


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
        get_language(),
        settings.RELEASE,
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
