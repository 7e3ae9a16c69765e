"""The rows of a report, page by page: each page goes on behind the last row of the one before."""

import datetime as dt
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Annotated

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from ninja import Query

from casefile.pagination import COUNT_LIMIT
from casefile.report_writing import snapshot
from letters.api import schemas
from letters.api.answer import about
from letters.reports.asking import NotUnderstoodError, ask

ROWS, MOST_ROWS = 100, 1000
BESIDE_FILTERS = {"as_of", "limit", "after"}

Limit = Annotated[int, Query(ge=1, le=MOST_ROWS, description="How many rows at most.")]
After = Annotated[
    str, Query(max_length=2000, description="Where the page before ended: see its next.")
]


def rows_of(report):
    """Return the view that answers with a page of a report's rows."""
    row = schemas.row_of(report)
    page = schemas.page_of(report, row)

    def rows(request, limit: Limit = ROWS, after: After = "") -> page:
        asked = ask(report, request.GET, request.day, BESIDE_FILTERS)
        place = _place(report, after)
        with snapshot(settings.PAGE_TIMEOUT) as revision:
            found, length = asked.rows_and_length()
            cells = report.page(found, limit + 1, after=place, raw=True)
            total = _count(found, asked.question.filters) if length is None else length
        more = report.place(cells[limit - 1]) if len(cells) > limit else None
        header = report.header()
        return page(
            **about(report, request, revision),
            total=min(total, COUNT_LIMIT),
            total_is_capped=total > COUNT_LIMIT,
            next=more and _address(request, request.path, after=token_of(more)),
            csv=_address(request, reverse("report_csv", args=[report.name]), limit="", after=""),
            rows=[row(**dict(zip(header, line, strict=True))) for line in cells[:limit]],
        )

    return rows


def _count(found, filters):
    """Return how many rows there are, or a number above the limit if there are more."""
    parts = found if isinstance(found, list) else [found]
    if not filters:
        # What is narrowed is counted in its order, as the pages of lists are: see BoundedPaginator.
        # Of all rows the planner knows how many there are, and it takes those that lie together.
        parts = [part.order_by() for part in parts]
    first, *others = [part.values("pk")[: COUNT_LIMIT + 1] for part in parts]
    found = first.union(*others, all=True)[: COUNT_LIMIT + 1] if others else first
    return found.count()


def _address(request, path, **changed):
    """Return the whole address of a path with what was asked, some of it changed or left out."""
    asked = dict(request.GET.lists()) | {name: [value] for name, value in changed.items()}
    kept = {name: [value for value in values if value] for name, values in asked.items()}
    query = urlencode({name: values for name, values in kept.items() if values}, doseq=True)
    return request.build_absolute_uri(f"{path}?{query}" if query else path)


def token_of(place):
    """Return what the address of the rows behind a place calls it."""
    return urlsafe_b64encode(json.dumps(place, ensure_ascii=False).encode()).decode().rstrip("=")


def _place(report, token):
    """Return the place in a report that a token names, None for its beginning.

    Raises:
        NotUnderstoodError: no page of this report gave that token.
    """
    if not token:
        return None
    try:
        place = json.loads(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if not isinstance(place, list):
            raise ValueError
        types = {column.name: column.type for column in report.columns}
        for name, text in zip(report.order, place, strict=True):
            if types[name] == "date":
                dt.date.fromisoformat(text)
            if "\0" in text:
                raise ValueError
            text.encode()  # half a surrogate pair is no text
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise NotUnderstoodError(
            "after: This is no place in this report. Take the address that next gives."
        ) from None
    return place
