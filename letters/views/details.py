"""The pages of single records, and the timeline: what is public as of the day."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from casefile.citations import attach_citations
from casefile.models import Source
from casefile.quotations import CHECKING_RULES, QuotationCheck, word_diff
from jurisdictions.models import Award
from letters import corrections
from letters.answers import attach_answers
from letters.award_axes import attach_axes
from letters.docket import Docket, attach_jurisdictions, scopes
from letters.docket.filter import asked_docket
from letters.docket.productions import attach_productions
from letters.docket.sections import sections
from letters.facts import facts_of, first_deadline, sources_of, verification, whole_letter
from letters.lifeline import lifeline
from letters.meanings import ATTRIBUTIONS, SOURCE_KINDS
from letters.models import Letter, Proceeding, Statement
from letters.standing import award_totals, with_standing
from letters.views.merged import follow_merges
from letters.visibility import (
    public_jurisdictions,
    public_officials,
    public_rounds,
    public_sources,
)

# A page shows up to so many letters, awards or entries of one kind. Where there are more, it says
# so, and links to the list of all.
MOST = 100
STANDING = {"policies", "designations", "proceedings", "rulings", "statements"}


@require_safe
@follow_merges(public_jurisdictions)
def jurisdiction_detail(request, slug):
    day = request.day
    jurisdictions = with_standing(public_jurisdictions(day), day)
    jurisdiction = get_object_or_404(jurisdictions, slug=slug)
    scope = scopes.of_jurisdiction(jurisdiction, day)
    letters = list(jurisdiction.letters.public(day).standing(day).select_related("round")[:MOST])
    attach_answers(letters, day)
    awards = jurisdiction.awards.public(day).with_status(day)
    awards_shown = list(awards[: MOST + 1])
    more_awards = len(awards_shown) > MOST
    awards_shown = awards_shown[:MOST]
    award_events = attach_axes(awards_shown, day)
    standing = Docket(scope, day, kinds=STANDING).newest(MOST)
    docket = asked_docket(request, scope)
    attach_citations(letters, awards_shown, award_events, standing, docket.rows)
    attach_jurisdictions(docket.rows)
    for letter in letters:
        letter.sources = sources_of(letter, day)
    return render(
        request,
        "letters/jurisdiction_detail.html",
        {
            "corrections": corrections.about_jurisdiction(jurisdiction, request.day),
            "jurisdiction": jurisdiction,
            "family": family_of(jurisdiction, day),
            "letters": letters,
            "more_letters": jurisdiction.letter_count > len(letters),
            "awards": awards_shown,
            "more_awards": more_awards,
            "award_totals": award_totals(awards),
            "sections": sections(standing),
            "most": MOST,
            "docket": docket,
        },
        status=docket.status,
    )


@require_safe
def round_detail(request, slug):
    day = request.day
    round = get_object_or_404(public_rounds(day), slug=slug)
    letters = list(
        round.letters.public(day)
        .standing(day)
        .select_related("jurisdiction")
        .order_by("jurisdiction__name", "key")[:MOST]
    )
    attach_answers(letters, day)
    counts = round.letters.public(day).state_counts(day)
    docket = asked_docket(request, scopes.of_round(round, day))
    attach_citations(docket.rows)
    attach_jurisdictions(docket.rows)
    return render(
        request,
        "letters/round_detail.html",
        {
            "round": round,
            "items": round.demand_items.all(),
            "counts": list(counts.items()),
            "letters": letters,
            "more_letters": sum(counts.values()) > len(letters),
            "most": MOST,
            "docket": docket,
        },
        status=docket.status,
    )


@require_safe
def letter_detail(request, key):
    day = request.day
    letters = Letter.objects.public(day).standing(day).select_related("round", "jurisdiction")
    letter = get_object_or_404(letters, key=key)
    rows = Docket(scopes.of_letter(letter), day).newest(MOST)
    attach_citations([letter], rows)
    by_kind = sections(rows)
    letter.verification = verification(letter, day)
    attach_productions(by_kind["responses"])
    return render(
        request,
        "letters/letter_detail.html",
        {
            "corrections": corrections.about_letter(letter, request.day),
            "letter": letter,
            "facts": facts_of(letter, day),
            "whole": whole_letter(letter),
            "first_deadline": first_deadline(letter),
            "extensions": by_kind["extensions"][::-1],
            "outcomes": [row for row in rows if row.branch.date != "date"],
            "items": letter.round.demand_items.all(),
            "sections": by_kind,
            "rows": rows,
            "lifeline": lifeline(letter, rows, day),
        },
    )


@require_safe
def statement_detail(request, key):
    day = request.day
    statements = Statement.objects.public(day).with_verified().select_related("speaker")
    statement = get_object_or_404(statements, key=key)
    attach_citations([statement])
    return render(
        request,
        "letters/statement_detail.html",
        {
            "corrections": corrections.about_statement(statement, request.day),
            "statement": statement,
            "attribution": ATTRIBUTIONS[statement.attribution],
            "jurisdictions": statement.jurisdictions.all(),
            "answered": answered_by(statement, day),
            "differences": differences(statement),
            "checking_rules": CHECKING_RULES,
        },
    )


@require_safe
@follow_merges(public_officials)
def official_detail(request, slug):
    official = get_object_or_404(public_officials(request.day), slug=slug)
    docket = asked_docket(request, scopes.of_official(official))
    attach_citations(docket.rows)
    attach_jurisdictions(docket.rows)
    return render(
        request,
        "letters/official_detail.html",
        {"official": official, "docket": docket},
        status=docket.status,
    )


@require_safe
def proceeding_detail(request, key):
    proceeding = get_object_or_404(Proceeding.objects.public(request.day), key=key)
    rulings = list(proceeding.rulings.public(request.day).order_by("date", "key"))
    attach_citations([proceeding], rulings)
    return render(
        request,
        "letters/proceeding_detail.html",
        {
            "corrections": corrections.about_proceeding(proceeding, request.day),
            "proceeding": proceeding,
            "jurisdictions": proceeding.jurisdictions.all(),
            "rulings": rulings,
        },
    )


@require_safe
@follow_merges(public_sources)
def source_detail(request, key):
    """Show a source, what rests on it and the passages cited from it, never its text.

    It is public once something public rests on it.
    """
    source = get_object_or_404(Source.objects.defer("text"), key=key)
    docket = asked_docket(request, scopes.of_source(source), later_dates=False)
    awards = Award.objects.public(request.day).filter(citations__source=source).distinct()
    awards = list(awards.select_related("jurisdiction"))
    if not docket.rows and not awards:
        raise Http404
    attach_citations(docket.rows, awards, source=source)
    attach_jurisdictions(docket.rows)
    return render(
        request,
        "letters/source_detail.html",
        {
            "source": source,
            "kind": SOURCE_KINDS[source.kind],
            "docket": docket,
            "awards": awards,
        },
    )


@require_safe
def timeline(request):
    docket = asked_docket(request, scopes.EVERYTHING)
    attach_citations(docket.rows)
    attach_jurisdictions(docket.rows)
    return render(request, "letters/timeline.html", {"docket": docket}, status=docket.status)


def family_of(jurisdiction, day):
    """Return the public jurisdictions that contain this one or lie in it."""
    return public_jurisdictions(day).filter(Q(pk=jurisdiction.parent_id) | Q(parent=jurisdiction))


def differences(statement):
    """Return the citations whose passages give a quotation otherwise, each with a word diff."""
    return [
        (citation, word_diff(citation.passage, statement.text))
        for citation in statement.cited
        if citation.quotation_check == QuotationCheck.ALTERED and citation.passage
    ]


def answered_by(statement, day):
    """Return the public letter or round that a statement replies to, or None."""
    letters = Letter.objects.public(day).select_related("jurisdiction")
    return (
        letters.filter(replies=statement).first()
        or public_rounds(day).filter(replies=statement).first()
    )
