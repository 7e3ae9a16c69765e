"""The list pages: what is public as of the day, narrowed by what the reader asks."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casefile.kept_parts import kept_part
from casefile.pagination import page_of, question
from jurisdictions.models import Award
from letters.facets import facets_of
from letters.filters import (
    GrantFilter,
    JurisdictionFilter,
    LetterFilter,
    ProceedingFilter,
    RoundFilter,
    StatementFilter,
)
from letters.models import Letter, Proceeding, Ruling, Statement
from letters.standing import (
    attach_award_totals,
    attach_state_counts,
    with_standing,
)
from letters.visibility import public_jurisdictions, public_rounds


@require_safe
def letter_list(request):
    letters = Letter.objects.standing(request.day).select_related("round", "jurisdiction")
    filters = LetterFilter(request.GET, letters, request.day)
    return render_list(request, "letters/letter_list.html", filters, report="letters")


@require_safe
def jurisdiction_list(request):
    jurisdictions = with_standing(public_jurisdictions(request.day), request.day)
    filters = JurisdictionFilter(request.GET, jurisdictions, request.day)
    return render_list(
        request,
        "letters/jurisdiction_list.html",
        filters,
        attach_award_totals,
        report="jurisdictions",
    )


@require_safe
def round_list(request):
    filters = RoundFilter(request.GET, public_rounds(request.day), request.day)
    return render_list(
        request, "letters/round_list.html", filters, attach_state_counts, report="rounds"
    )


@require_safe
def grant_list(request):
    awards = Award.objects.standing(request.day).select_related("jurisdiction")
    filters = GrantFilter(request.GET, awards, request.day)
    return render_list(
        request, "letters/grant_list.html", filters, totals=filters.totals(), report="grants"
    )


@require_safe
def statement_list(request):
    statements = (
        Statement.objects.public(request.day)
        .select_related("speaker")
        .prefetch_related("jurisdictions")
    )
    filters = StatementFilter(request.GET, statements, request.day)
    return render_list(request, "letters/statement_list.html", filters, report="statements")


@require_safe
def proceeding_list(request):
    rulings = Ruling.objects.public(request.day).order_by("-date", "-key")
    proceedings = Proceeding.objects.public(request.day).prefetch_related(
        "jurisdictions", Prefetch("rulings", rulings, to_attr="public_rulings")
    )
    filters = ProceedingFilter(request.GET, proceedings, request.day)
    return render_list(request, "letters/proceeding_list.html", filters, report="proceedings")


def render_list(request, template, filters, attach=None, **context):
    """Render a page of the rows; ``attach`` adds to them what the page shows beside.

    ``report`` in the context names the report that gives the same rows.
    """
    page = page_of(filters.listed, request, **filters.bounds)
    if attach:
        attach(page.object_list, request.day)
    context |= narrowing(request, filters)
    context |= {"leading": context["facets"].get(filters.leading), "page": page}
    return render(request, template, context, status=200 if filters.is_valid() else 400)


def narrowing(request, filters):
    """Return the context of what narrows a list: its form, the choices and what is asked."""
    facets = kept_part(request, f"facets {question(request)}", lambda: facets_of(filters))
    return {
        "filter": filters,
        "facets": facets,
        "asked": asked_of(filters, facets),
        "question": question(request, in_order=True),
    }


def asked_of(filters, facets):
    """Return the name, label and words of what narrows the list; of several choices, the value."""
    asked = []
    for name, value in (filters.asked if filters.is_valid() else {}).items():
        label, facet = filters.form.fields[name].label, facets.get(name)
        chosen = [choice for choice in facet.choices if choice.is_chosen] if facet else []
        asked += [
            (name, label, choice.label, choice.value if facet.several else "") for choice in chosen
        ] or [(name, label, f"“{value}”", "")]
    return asked
