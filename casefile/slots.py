"""Slots: few threads at a time do long work, so that the others always answer short requests."""

import threading
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

slots = threading.BoundedSemaphore(settings.LONG_WORK_SLOTS)

# Most work is done by then, and meanwhile no page waits long for a thread.
PATIENCE = 0.25  # seconds


class BusyError(Exception):
    """All slots are taken."""


def take():
    """Take a slot; who takes it calls ``slots.release()``. Raise BusyError if none gets free."""
    if not slots.acquire(timeout=PATIENCE):
        raise BusyError


@contextmanager
def slot():
    """Hold a slot while a block runs."""
    take()
    try:
        yield
    finally:
        slots.release()


def busy_response():
    """Return the answer to who found no slot: ask again soon."""
    words = _("Many reports are made at this moment. Please ask again in some seconds.")
    return HttpResponse(
        f"{words}\n",
        status=503,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": "5", "Cache-Control": "no-store"},
    )
