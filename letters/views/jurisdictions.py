"""The page of a jurisdiction: letters, money, law, litigation and words, as of the day."""

from django.db.models import Case, Q, Value, When
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from casefile.citations import attach_citations
from jurisdictions.models import Jurisdiction
from letters import linked_data
from letters.answers import KINDS as ANSWERS
from letters.answers import answers_from
from letters.award_axes import attach_axes
from letters.award_chart import award_chart
from letters.corrections import corrections_of
from letters.docket import Docket, scopes
from letters.docket.filter import asked_docket
from letters.docket.sections import sections
from letters.facts import sources_of
from letters.standing import with_standing
from letters.standing_words import standing_sentence
from letters.views.merged import follow_merges
from letters.views.record_pages import SHOWN, newest, record_page
from letters.visibility import public_jurisdictions

IN_SECTIONS = {"policies", "designations", "proceedings", "rulings", "statements"}


@record_page
@follow_merges(public_jurisdictions)
def jurisdiction_detail(request, slug):
    day = request.day
    jurisdiction, family = with_family(slug, day)
    scope = scopes.of_jurisdiction(jurisdiction, day)
    letters = list(jurisdiction.letters.public(day).standing(day).select_related("round")[:SHOWN])
    awards = jurisdiction.awards.public(day).with_status(day)
    awards, more_awards = newest(list(awards[: SHOWN + 1]))
    award_events = attach_axes(awards, day)
    # One query for the sections, and for all answers to the letters shown.
    both = {**scope, **scopes.answers_to(letters)}
    rows = Docket(both, day, kinds=IN_SECTIONS | ANSWERS, later_dates=False)
    rows = rows.newest(SHOWN + 1, whole=ANSWERS)
    answers_from(rows, letters, day)
    by_kind = sections(rows, day)
    more = {kind for kind in IN_SECTIONS if len(by_kind[kind]) > SHOWN}
    by_kind = {kind: by_kind[kind][:SHOWN] for kind in IN_SECTIONS}
    docket = asked_docket(request, scope)
    shown = [row for rows in by_kind.values() for row in rows]
    attach_citations(letters, awards, award_events, shown, docket.rows)
    for letter in letters:
        letter.sources = sources_of(letter, day)
    events = [row for row in docket.rows if row.kind == "events"]
    here = [*by_kind["policies"], *by_kind["designations"], *events]
    corrected = [jurisdiction, *awards, *award_events, *here]
    return render(
        request,
        "letters/jurisdiction_detail.html",
        {
            "linked_data": linked_data.of_jurisdiction(jurisdiction),
            "feed": reverse("jurisdiction_feed", args=[slug]),
            "corrections": corrections_of(corrected, day),
            "jurisdiction": jurisdiction,
            "family": family[:SHOWN],
            "more_family": len(family) > SHOWN,
            "sentence": standing_sentence(jurisdiction, letters, day),
            "letters": letters,
            "more_letters": jurisdiction.letter_count > len(letters),
            "awards": awards,
            "more_awards": more_awards,
            "award_chart": award_chart(awards),
            "sections": by_kind,
            "more": more,
            "shown": SHOWN,
            "docket": docket,
        },
        status=docket.status,
    )


def with_family(slug, day):
    """Return a public jurisdiction, and those that contain it or lie in it, with their standing.

    What contains it comes first. One relative more than a page shows tells that there are others.

    Raises:
        Http404: no such jurisdiction is public as of the day.
    """
    itself = Jurisdiction.objects.filter(slug=slug)
    near = Q(slug=slug) | Q(pk__in=itself.values("parent")) | Q(parent__in=itself.values("pk"))
    place = Case(
        When(slug=slug, then=Value(0)),
        When(parent__in=itself.values("pk"), then=Value(2)),
        default=Value(1),
    )
    family = Jurisdiction.objects.filter(near)
    rows = with_standing(public_jurisdictions(day).filter(near), day, among=family)
    found = list(rows.order_by(place, "name", "slug")[: SHOWN + 2])
    if not found or found[0].slug != slug:
        raise Http404
    return found[0], found[1:]
