"""The page of a round: what was asked of whom, what came back and how soon, what followed."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from casefile.citations import attach_citations
from letters import linked_data
from letters.answer_plot import answer_plot
from letters.answers import KINDS as ANSWERS
from letters.answers import answers_from
from letters.corrections import corrections_of
from letters.docket import Docket, attach_jurisdictions, scopes
from letters.docket.filter import asked_docket
from letters.docket.sections import sections
from letters.round_figures import round_figures
from letters.views.record_pages import record_page
from letters.visibility import public_rounds

RECIPIENTS = 100  # shown by name
FOLLOWED = 10  # entries of each kind shown as what followed


@record_page
def round_detail(request, slug):
    day = request.day
    round = get_object_or_404(public_rounds(day), slug=slug)
    letters = list(
        round.letters.public(day)
        .standing(day)
        .select_related("jurisdiction")
        .order_by("jurisdiction__name", "key")[:RECIPIENTS]
    )
    figures = round_figures(round.letters.public(day), day)
    # One query for what followed, and for all answers to the letters shown.
    both = {**scopes.what_followed(round, day), **scopes.answers_to(letters)}
    rows = Docket(both, day).newest(FOLLOWED + 1, whole=ANSWERS)
    answers_from(rows, letters, day)
    by_kind = sections(rows, day)
    followed = [row for row in rows if row.kind not in ANSWERS]
    docket = asked_docket(request, scopes.of_round(round, day))
    attach_citations(docket.rows, followed)
    attach_jurisdictions([*docket.rows, *followed])
    return render(
        request,
        "letters/round_detail.html",
        {
            "corrections": corrections_of([round], day),
            "linked_data": linked_data.of_round(round),
            "feed": reverse("round_feed", args=[slug]),
            "round": round,
            "items": round.demand_items.all(),
            "figures": figures,
            "plot": answer_plot(figures),
            "letters": letters,
            "more_letters": figures.letters > len(letters),
            "recipients": RECIPIENTS,
            "enforcement": by_kind["enforcement"][:FOLLOWED],
            "proceedings": by_kind["proceedings"][:FOLLOWED],
            "statements": by_kind["statements"][:FOLLOWED],
            "more": {kind for kind in by_kind if len(by_kind[kind]) > FOLLOWED},
            "shown": FOLLOWED,
            "docket": docket,
        },
        status=docket.status,
    )
