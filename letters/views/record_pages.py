"""What all pages of single records have in common."""

from functools import wraps

from django.conf import settings
from django.views.decorators.http import require_safe

from casefile.revision import current_revision

# A page shows up to so many entries of one kind, letters or awards, and says where the others are.
SHOWN = 25


def record_page(view):
    """Let a view be read alone, and give its request what the page is cited with.

    Adds ``revision``, that of the record, and ``site``, the address that the public knows this
    site by. The revision is read before the rows: what is published in between shows on a page that
    names the revision before it, and never the other way round.
    """

    @require_safe
    @wraps(view)
    def show(request, *args, **kwargs):
        request.revision = current_revision()
        request.site = settings.SITE_URL
        return view(request, *args, **kwargs)

    return show


def newest(rows):
    """Return the rows that a page shows, and whether there are more: one more is to be given."""
    return rows[:SHOWN], len(rows) > SHOWN
