"""The front page, and the sign of life."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casefile.citations import attach_citations
from letters.docket import Docket, attach_jurisdictions, scopes
from letters.models import Letter
from letters.standing import attach_state_counts, next_due, with_letter_count
from letters.visibility import public_rounds

ROUNDS = 5
DEADLINES = 5
ENTRIES = 6


@require_safe
def home(request):
    """Show where the letters stand, what is due next, what came last, and the newest rounds."""
    day = request.day
    rounds = list(with_letter_count(public_rounds(day), day)[:ROUNDS])
    attach_state_counts(rounds, day)
    rows = Docket(scopes.EVERYTHING, day).page(size=ENTRIES).rows
    attach_citations(rows)
    attach_jurisdictions(rows)
    return render(
        request,
        "letters/home.html",
        {
            "state_counts": Letter.objects.state_counts(day).items(),
            "due": next_due(day, DEADLINES),
            "rows": rows,
            "rounds": rounds,
        },
    )


@require_safe
def healthz(request):
    """Answer that the process lives. It asks the database nothing."""
    return HttpResponse("ok\n", content_type="text/plain")
