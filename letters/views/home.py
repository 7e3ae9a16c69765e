"""The front page."""

from collections import Counter

from django.shortcuts import render
from django.views.decorators.http import require_safe

from casefile.citations import attach_citations
from casefile.pagination import counts_of
from jurisdictions.models import Award
from letters.docket import Docket, attach_jurisdictions, scopes
from letters.linked_data import of_record
from letters.models import Proceeding, Statement
from letters.models.state_tallies import Subject
from letters.round_line import round_line
from letters.standing import PRESSING, attach_state_counts, next_due, state_counts_by
from letters.tile_map import tile_map
from letters.visibility import public_jurisdictions, public_rounds

ROUNDS = 8
DEADLINES = 5
ENTRIES = 6


@require_safe
def home(request):
    """Show what is on record, where the letters stand, what is due next and what came last."""
    day = request.day
    rounds = list(public_rounds(day)[:ROUNDS])
    attach_state_counts(rounds, day)
    rows = Docket(scopes.EVERYTHING, day).page(size=ENTRIES).rows
    attach_citations(rows)
    attach_jurisdictions(rows)
    by_usps = state_counts_by(Subject.USPS, day)
    states = sum(map(Counter, by_usps.values()), Counter())
    return render(
        request,
        "letters/home.html",
        {
            "linked_data": of_record(),
            "figures": figures(day, states.total()),
            "state_counts": [(state, states[state]) for state in PRESSING if states[state]],
            "tiles": tile_map(by_usps),
            "due": next_due(day, DEADLINES),
            "rows": rows,
            "rounds": rounds,
            "round_line": round_line(rounds, day),
        },
    )


def figures(day, letters):
    """Return the name of each list, and how many are on record as of a day."""
    lists = {
        "jurisdiction_list": public_jurisdictions(day),
        "round_list": public_rounds(day),
        "grant_list": Award.objects.public(day),
        "proceeding_list": Proceeding.objects.public(day),
        "statement_list": Statement.objects.public(day),
    }
    counts = zip(lists, counts_of(*lists.values()), strict=True)
    return {"letter_list": letters, **dict(counts)}
