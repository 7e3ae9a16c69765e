"""A reader's browser."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler, conditional_content_removal

from casefile.page_cache import PageCache


class Reader(Client):
    """A client that follows, as browsers do, from an address to the one way of writing it.

    Where pages are kept, it gets kept ones.
    """

    def __init__(self, enforce_csrf_checks=False, **kwargs):
        super().__init__(enforce_csrf_checks, **kwargs)
        self.handler = BehindKeptPages(enforce_csrf_checks)

    def get(self, path, *args, **kwargs):
        response = super().get(path, *args, **kwargs)
        if (
            response.status_code == 301
            and urlsplit(response.url).path == response.request["PATH_INFO"]
        ):
            headers = kwargs.get("headers")
            return super().get(response.url, headers=headers, secure=kwargs.get("secure", False))
        return response


class BehindKeptPages(ClientHandler):
    """Answers as the site does in production: what is kept is told before Django is asked."""

    def load_middleware(self, *args, **kwargs):
        super().load_middleware(*args, **kwargs)
        self.keeps_pages = settings.KEEP_PAGES

    def __call__(self, environ):
        if self._middleware_chain is None:
            self.load_middleware()
        if not self.keeps_pages:
            return super().__call__(environ)
        made, said = [], {}

        def site(environ, start_response):
            response = super(BehindKeptPages, self).__call__(environ)
            made.append(response)
            start_response(f"{response.status_code} {response.reason_phrase}", [*response.items()])
            return response

        def start_response(status, headers, exc_info=None):
            said.update(status=int(status.split()[0]), headers=dict(headers))

        content = PageCache(site)(environ, start_response)
        if made:
            return made[0]
        response = HttpResponse(b"".join(content), **said)
        response.wsgi_request = WSGIRequest(environ)
        return conditional_content_removal(response.wsgi_request, response)
