"""The deadline calendars: of everything, of a jurisdiction, of a round."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from letters.calendars import KEPT, deadline_calendar
from letters.models import Letter
from letters.views.merged import follow_merges
from letters.visibility import public_jurisdictions, public_rounds


@require_safe
def deadlines(request):
    recent = Letter.objects.standing(request.day).due_from(request.day - KEPT)
    return _calendar(request, recent, "Casefile: deadlines")


@require_safe
@follow_merges(public_jurisdictions)
def jurisdiction_deadlines(request, slug):
    jurisdiction = get_object_or_404(public_jurisdictions(request.day), slug=slug)
    letters = Letter.objects.standing(request.day).filter(jurisdiction=jurisdiction)
    return _calendar(request, letters, f"Casefile: deadlines of {jurisdiction.name}")


@require_safe
def round_deadlines(request, slug):
    round = get_object_or_404(public_rounds(request.day), slug=slug)
    letters = Letter.objects.standing(request.day).filter(round=round)
    return _calendar(request, letters, f"Casefile: {round.title}")


def _calendar(request, letters, name):
    content = deadline_calendar(letters, request.build_absolute_uri, name)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
