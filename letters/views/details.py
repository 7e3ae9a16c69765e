"""The pages of single records: what is public as of the day."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from casefile.citations import attach_citations
from casefile.models import Source
from casefile.quotation_checks import QuotationCheck
from casefile.quotations import CHECKING_RULES, word_diff
from jurisdictions.models import Award
from letters import linked_data
from letters.corrections import corrections_of
from letters.docket import Docket, attach_jurisdictions, scopes
from letters.docket.branches import KINDS
from letters.docket.filter import asked_docket
from letters.docket.productions import attach_productions
from letters.docket.sections import sections
from letters.facts import facts_of, first_deadline, verification, whole_letter
from letters.lifeline import lifeline
from letters.meanings import ATTRIBUTIONS, SOURCE_KINDS
from letters.models import Letter, Proceeding, Statement
from letters.roles import roles_of
from letters.views.merged import follow_merges
from letters.views.record_pages import SHOWN, newest, record_page
from letters.visibility import public_officials, public_rounds, public_sources

# A letter's page shows up to so many entries of each kind.
MOST = 100
OUTCOMES = {"withdrawn_on", "cleared_on"}


@record_page
def letter_detail(request, key):
    day = request.day
    letters = Letter.objects.public(day).standing(day).select_related("round", "jurisdiction")
    letter = get_object_or_404(letters, key=key)
    rows = Docket(scopes.of_letter(letter), day).newest(MOST)
    attach_citations([letter], rows)
    by_kind = sections(rows, day)
    letter.verification = verification(letter, day)
    attach_productions(by_kind["responses"])
    return render(
        request,
        "letters/letter_detail.html",
        {
            "linked_data": linked_data.of_letter(letter, day),
            "corrections": corrections_of(
                [letter, *(row for row in rows if row.kind != "statements")], day
            ),
            "letter": letter,
            "facts": facts_of(letter, day),
            "whole": whole_letter(letter),
            "first_deadline": first_deadline(letter),
            "extensions": by_kind["extensions"][::-1],
            "outcomes": [row for row in rows if row.branch.date in OUTCOMES],
            "items": letter.round.demand_items.all(),
            "sections": by_kind,
            "rows": rows,
            "lifeline": lifeline(letter, rows, day),
        },
    )


@record_page
def statement_detail(request, key):
    day = request.day
    statements = Statement.objects.public(day).with_verified().select_related("speaker")
    statement = get_object_or_404(statements, key=key)
    answered = answered_by(statement, day)
    attach_citations([statement])
    return render(
        request,
        "letters/statement_detail.html",
        {
            "linked_data": linked_data.of_statement(statement),
            "corrections": corrections_of([statement], day),
            "statement": statement,
            "attribution": ATTRIBUTIONS[statement.attribution],
            "jurisdictions": statement.jurisdictions.all(),
            "answered": answered,
            "others": others_in_reply(answered, statement, day) if answered else [],
            "shown": SHOWN,
            "differences": differences(statement),
            "altered": word_diff(statement.text, statement.altered_text),
            "checking_rules": CHECKING_RULES,
        },
    )


@record_page
@follow_merges(public_officials)
def official_detail(request, slug):
    day = request.day
    official = get_object_or_404(public_officials(day), slug=slug)
    roles = roles_of(official, day)
    docket = asked_docket(request, scopes.of_official(official))
    events = [row for row in docket.rows if row.kind == "events"]
    attach_citations(docket.rows)
    attach_jurisdictions(docket.rows)
    return render(
        request,
        "letters/official_detail.html",
        {
            "corrections": corrections_of([official, *events], day),
            "linked_data": linked_data.of_official(official),
            "official": official,
            "roles": roles,
            "statements": sum(role.statements for role in roles),
            "docket": docket,
        },
        status=docket.status,
    )


@record_page
def proceeding_detail(request, key):
    day = request.day
    proceeding = get_object_or_404(Proceeding.objects.public(day), key=key)
    rulings = proceeding.rulings.public(day).order_by("-date", "-key")
    rulings, more_rulings = newest(list(rulings[: SHOWN + 1]))
    attach_citations([proceeding], rulings)
    jurisdictions = list(proceeding.jurisdictions.all())
    return render(
        request,
        "letters/proceeding_detail.html",
        {
            "linked_data": linked_data.of_proceeding(proceeding, jurisdictions),
            "corrections": corrections_of([proceeding, *rulings], day),
            "proceeding": proceeding,
            "jurisdictions": jurisdictions,
            "rulings": rulings[::-1],
            "more_rulings": more_rulings,
            "shown": SHOWN,
        },
    )


@record_page
@follow_merges(public_sources)
def source_detail(request, key):
    """Show a source, what rests on it and the passages cited from it, never its text.

    It is public once something public rests on it. Narrowed, it shows the entries asked for; else
    the newest of each kind.
    """
    day = request.day
    # Where there is none, the same is asked: nobody can tell from the time that a source is stored.
    source = Source.objects.defer("text").filter(key=key).first() or Source(pk=0)
    scope = scopes.of_source(source)
    awards = Award.objects.public(day).filter(citations__source=source).distinct()
    awards, more_awards = newest(list(awards.select_related("jurisdiction")[: SHOWN + 1]))
    rows = Docket(scope, day, later_dates=False).newest(SHOWN + 1)
    if not rows and not awards:
        raise Http404
    docket = asked_docket(request, scope, later_dates=False)
    by_kind = {} if docket.is_narrowed else sections(rows, day)
    groups = [
        (kind, name, *newest(by_kind[kind])) for kind, name in KINDS.items() if by_kind.get(kind)
    ]
    shown = docket.rows if docket.is_narrowed else [row for group in groups for row in group[2]]
    attach_citations(shown, awards, source=source)
    attach_jurisdictions(shown)
    return render(
        request,
        "letters/source_detail.html",
        {
            "corrections": corrections_of([source], day),
            "linked_data": linked_data.of_source(source),
            "source": source,
            "kind": SOURCE_KINDS[source.kind],
            "docket": docket,
            "groups": groups,
            "awards": awards,
            "more_awards": more_awards,
            "shown": SHOWN,
        },
        status=docket.status,
    )


def differences(statement):
    """Return the citations whose passages give a quotation otherwise, each with a word diff.

    What the page shows as the altered text already is left out.
    """
    return [
        (citation, word_diff(citation.passage, statement.text))
        for citation in statement.cited
        if citation.quotation_check == QuotationCheck.ALTERED
        and citation.passage not in ("", statement.altered_text)
    ]


def answered_by(statement, day):
    """Return the public letter or round that a statement replies to, or None."""
    letters = Letter.objects.public(day).select_related("jurisdiction")
    return (
        letters.filter(replies=statement).first()
        or public_rounds(day).filter(replies=statement).first()
    )


def others_in_reply(answered, statement, day):
    """Return the newest other statements in reply to the same public letter or round."""
    replies = answered.replies.public(day).exclude(pk=statement.pk)
    return replies.select_related("speaker")[:SHOWN]
