"""Parts that many pages share, kept as pages are: until the record, the day or the code changes.

A list has as many addresses as there are ways to narrow, sort and turn its pages; what its choices
come to, and how a row looks, is the same on many of them. Parts are kept in the memory of each
process: there are too many of them to be fetched from elsewhere.
"""

from hashlib import blake2b

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language

from casefile.as_of import PARAMETER
from casefile.dates import today

DAY = 24 * 60 * 60


def keep_parts(request, token):
    """Let parts of a reader's page be kept under a revision's token."""
    decides = (
        token,
        str(today()),
        request.GET.get(PARAMETER),
        get_language(),
        settings.RELEASE,
    )
    request.kept_under = blake2b(repr(decides).encode(), digest_size=16).hexdigest()


def kept_part(request, name, make):
    """Return what ``make`` returns, made once for all readers whose pages have this part.

    It is made each time for whoever brings a session. ``None`` is not kept.
    """
    under = getattr(request, "kept_under", None)
    if under is None:
        return make()
    key = f"{under}-{blake2b(name.encode(), digest_size=16).hexdigest()}"
    part = caches["parts"].get(key)
    if part is None:
        part = make()
        caches["parts"].set(key, part, DAY)
    return part
