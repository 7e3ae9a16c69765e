"""The timeline of the whole record: all that has a date, newest first, narrowed as lists are."""

from django.core.exceptions import BadRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casefile.citations import attach_citations
from letters.docket import Docket, Page, attach_jurisdictions, scopes
from letters.filters import TimelineFilter
from letters.reports.docket import DOCKET
from letters.views.lists import narrowing


@require_safe
def timeline(request):
    filters = TimelineFilter(request.GET, DOCKET.rows(request.day, published=True), request.day)
    page = asked_page(filters, request)
    attach_citations(page.rows)
    attach_jurisdictions(page.rows)
    context = {**narrowing(request, filters), "page": page, "report": DOCKET.name}
    status = 200 if filters.is_valid() else 400
    return render(request, "letters/timeline.html", context, status=status)


def asked_page(filters, request):
    """Return the page of the docket that a request asks for: none, if that makes no sense.

    Raises:
        BadRequest: it asks to go on from what is no place in the docket.
    """
    if not filters.is_valid():
        return Page([], None)
    asked = filters.form.cleaned_data
    docket = Docket(
        scopes.EVERYTHING,
        request.day,
        kinds=set(asked["kind"]) or None,
        year=int(asked["year"]) if asked["year"] else None,
    )
    try:
        return docket.page(request.GET.get("from"))
    except ValueError as error:
        raise BadRequest(str(error)) from error
