"""Parts that many pages share, kept as pages are: until the record, the day or the code changes.

A list has as many addresses as there are ways to narrow, sort and turn its pages; what its choices
come to, and how a row looks, is the same on many of them. Of each address it is kept which rows it
has: a page whose parts are all kept is put together from them, and asks for no row. Parts are kept
in the memory of each process: there are too many of them to be fetched from elsewhere.
"""

from functools import partial
from hashlib import blake2b

from django.core.cache import caches
from django.utils.translation import get_language

from casefile.as_of import PARAMETER
from casefile.dates import today
from casefile.release import release

DAY = 24 * 60 * 60


def keep_parts(request, token):
    """Let parts of a reader's page be kept under a revision's token."""
    decides = (
        token,
        str(today()),
        request.GET.getlist(PARAMETER),  # two are none: such a page is of today
        get_language(),
        release(),
    )
    request.kept_under = blake2b(repr(decides).encode(), digest_size=16).hexdigest()


def kept_part(request, name, make):
    """Return what ``make`` returns, made once for all readers whose pages have this part.

    It is made each time for whoever brings a session. ``None`` is not kept.
    """
    under = getattr(request, "kept_under", None)
    if under is None:
        return make()
    key = _key(under, name)
    part = caches["parts"].get(key)
    if part is None:
        part = make()
        caches["parts"].set(key, part, DAY)
    return part


def kept_rows(request, name, page, make):
    """Return the text of a page's rows, of which each is kept by its primary key.

    ``make`` returns that of one row. Rows are fetched only if the text of one of them isn't kept.
    """
    under = getattr(request, "kept_under", None)
    if under is None:
        return "".join(map(make, page.object_list))
    parts = caches["parts"]
    kept = {key: parts.get(_key(under, f"{name} {key}")) for key in page.keys}
    if None in kept.values():
        return "".join(
            kept.get(row.pk) or kept_part(request, f"{name} {row.pk}", partial(make, row))
            for row in page.object_list
        )
    return "".join(kept[key] for key in page.keys)


def _key(under, name):
    return f"{under}-{blake2b(name.encode(), digest_size=16).hexdigest()}"
