"""The deadline calendars: of everything, of a jurisdiction, of a round."""

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from casefile.arrays import IsAnyOf, found_first
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
    letters = _standing(jurisdiction.letters, request.day)
    return _calendar(request, letters, f"Casefile: deadlines of {jurisdiction.name}")


@require_safe
def round_deadlines(request, slug):
    round = get_object_or_404(public_rounds(request.day), slug=slug)
    letters = _standing(round.letters, request.day)
    return _calendar(request, letters, f"Casefile: {round.title}")


def _standing(letters, day):
    """Return some letters with where they stand: few of all those that stand on a day."""
    return Letter.objects.standing(day).filter(IsAnyOf(F("pk"), found_first(letters.public(day))))


def _calendar(request, letters, name):
    content = deadline_calendar(letters, request.build_absolute_uri, name)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
