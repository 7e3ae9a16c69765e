"""The as-of day: every page shows the record as it stood on one day, today unless asked."""

import datetime as dt

from django.utils.translation import gettext as _

from casefile.dates import today
from casefile.problems import problem_response

EARLIEST = dt.date(1789, 1, 1)  # no federal record is older than the federal government
PARAMETER = "as_of"


def parse_day(text):
    """Return the day that a person wrote as YYYY-MM-DD.

    Raises:
        ValueError: a sentence that says what to type, if it is no day from 1789 to today.
    """
    latest = today()
    advice = _("Type a day from %(first)s to %(last)s as YYYY-MM-DD, such as 2018-02-23.") % {
        "first": EARLIEST,
        "last": latest,
    }
    try:
        # fromisoformat also reads 20180223 and 2018-W08-5; the record knows one way of writing.
        day = dt.datetime.strptime(text, "%Y-%m-%d").date() if len(text) == 10 else None  # noqa: DTZ007
    except ValueError:
        day = None
    if day is None or not text.isascii():
        raise ValueError(" ".join([_("as_of is not a day."), advice]))
    if not EARLIEST <= day <= latest:
        raise ValueError(" ".join([_("as_of is out of range."), advice]))
    return day


class AsOfMiddleware:
    """Give each request its ``day``, and ``as_of`` where the reader asked for a past one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.day, request.as_of = today(), None
        asked = list(filter(None, request.GET.getlist(PARAMETER)))
        if asked:
            try:
                if len(asked) > 1:
                    raise ValueError(_("as_of is given more than once. Give one day."))
                request.day = request.as_of = parse_day(asked[0])
            except ValueError as error:
                return problem_response(request, str(error))
        return self.get_response(request)


def day(request):
    """Context processor: the day of the page, and ``as_of`` if it isn't simply today."""
    return {"day": getattr(request, "day", None), "as_of": getattr(request, "as_of", None)}
