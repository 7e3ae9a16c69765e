"""A name for each request, in its answer and in every line that is logged meanwhile.

It is made here and taken from nobody: a client could else put words into the log, or give two
requests one name.
"""

import secrets
from contextvars import ContextVar

from django.core.signals import request_finished

HEADER = "X-Request-ID"

_current = ContextVar("request_id", default="")


class RequestIdMiddleware:
    """Stands before all others. Kept pages hold no request's name: casefile/page_cache.py."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        name = new_request_id()
        _current.set(name)
        response = self.get_response(request)
        response[HEADER] = name
        return response


def new_request_id():
    """Return a name that no other request has."""
    return secrets.token_hex(8)


def current_request_id():
    """Return the name of the request that this thread answers, or the empty string."""
    return _current.get()


def connect():
    """Forget the name once the answer is sent: Django logs refusals after all middleware."""
    request_finished.connect(_forget, dispatch_uid=__name__)


def _forget(**kwargs):
    _current.set("")
