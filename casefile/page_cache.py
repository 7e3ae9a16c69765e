"""Pages by revision: an anonymous reader's page is kept until the record, day or code changes.

The key holds the record's revision, read before the page is made: a page made while a publication
commits may be newer than its key says, never older, and nobody asks for an old key again.
"""

import hashlib
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.utils.translation import get_language

from casefile.revision import current_revision

# Private pages, and those that must look at the server each time they are asked.
NEVER_KEPT = ("/admin/", "/healthz", "/reports/")


def canonical_query(request):
    """Return the query string in one form: blanks dropped, sorted, so order makes no new page."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values if value]
    return urlencode(sorted(pairs))


class PageCacheMiddleware:
    """Answer anonymous readers from the cache or with 304, at the cost of reading the revision."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = self.get_response(request)
            patch_cache_control(response, private=True, no_store=True)
            return response
        if request.method not in ("GET", "HEAD") or request.path.startswith(NEVER_KEPT):
            return self.get_response(request)
        etag = self.etag(request)
        if etag in parse_etags(request.headers.get("If-None-Match", "")):
            return self._labelled(HttpResponseNotModified(), etag)
        kept = caches["pages"].get(etag)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = self.get_response(request)
        if response.status_code == 200 and not response.streaming and not response.cookies:
            self._labelled(response, etag)
            caches["pages"].set(etag, (response.content, dict(response.headers)), None)
        return response

    def etag(self, request):
        """Return the page's entity tag: what decides its bytes, hashed."""
        decides = [
            str(current_revision().token),
            str(request.day),
            request.get_host(),
            request.path,
            canonical_query(request),
            get_language(),
            settings.RELEASE,
        ]
        return f'"{hashlib.sha256("|".join(decides).encode()).hexdigest()[:32]}"'

    def _labelled(self, response, etag):
        response["ETag"] = etag
        # Nobody may show a page without asking whether it still stands, unless we are away.
        patch_cache_control(
            response, public=True, max_age=0, must_revalidate=True, stale_if_error=300
        )
        return response
