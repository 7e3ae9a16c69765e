"""The list pages: what is public as of the day, narrowed by what the reader asks."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_safe

from casefile.built_querysets import built_once
from casefile.kept_parts import kept_part
from casefile.pagination import late_page, length_of, question
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

DAYS = 16  # whose querysets are kept: today, and days that were asked for of late


@require_safe
def letter_list(request):
    return render_list(
        request, "letters/letter_list.html", LetterFilter, letters_on, report="letters"
    )


@built_once(DAYS)
def letters_on(day):
    return Letter.objects.standing(day).select_related("round", "jurisdiction")


@require_safe
def jurisdiction_list(request):
    return render_list(
        request,
        "letters/jurisdiction_list.html",
        JurisdictionFilter,
        jurisdictions_on,
        attach=attach_award_totals,
        report="jurisdictions",
    )


@built_once(DAYS)
def jurisdictions_on(day):
    return with_standing(public_jurisdictions(day), day)


@require_safe
def round_list(request):
    return render_list(
        request,
        "letters/round_list.html",
        RoundFilter,
        public_rounds,
        attach=attach_state_counts,
        report="rounds",
    )


@require_safe
def grant_list(request):
    return render_list(
        request,
        "letters/grant_list.html",
        GrantFilter,
        awards_on,
        totals=GrantFilter.totals,
        report="grants",
    )


@built_once(DAYS)
def awards_on(day):
    return Award.objects.standing(day).select_related("jurisdiction")


@require_safe
def statement_list(request):
    return render_list(
        request, "letters/statement_list.html", StatementFilter, statements_on, report="statements"
    )


@built_once(DAYS)
def statements_on(day):
    statements = Statement.objects.public(day).select_related("speaker")
    return statements.prefetch_related("jurisdictions")


@require_safe
def proceeding_list(request):
    return render_list(
        request,
        "letters/proceeding_list.html",
        ProceedingFilter,
        proceedings_on,
        report="proceedings",
    )


@built_once(DAYS)
def proceedings_on(day):
    rulings = Ruling.objects.public(day).order_by("-date", "-key")
    return Proceeding.objects.public(day).prefetch_related(
        "jurisdictions", Prefetch("rulings", rulings, to_attr="public_rulings")
    )


def render_list(request, template, filterset, rows_on, attach=None, totals=None, **context):
    """Render a page of the rows of a day, narrowed by a filter set.

    ``attach`` adds to them what the page shows beside, ``totals`` returns what all that the filter
    set finds adds up to. ``report`` in the context names the report that gives the same rows. Where
    all parts of the page are kept, neither the filter set nor rows are made.
    """
    filters = SimpleLazyObject(lambda: filterset(request.GET, rows_on(request.day), request.day))

    def fetch(cut):
        rows = list(filters.listed[cut])
        if attach:
            attach(rows, request.day)
        return rows

    context |= narrowing(request, filters)
    context["page"] = late_page(request, lambda: length_of(filters.listed, **filters.bounds), fetch)
    if totals:
        name = f"totals {question(request)}"
        context["totals"] = kept_part(request, name, lambda: totals(filters))
    return render(request, template, context, status=200 if context["is_valid"] else 400)


def narrowing(request, filters):
    """Return the context of what narrows a list: its form, the choices and what is asked."""
    facets = SimpleLazyObject(
        lambda: kept_part(request, f"facets {question(request)}", lambda: facets_of(filters))
    )
    in_order = question(request, in_order=True)
    asked = kept_part(request, f"asked {in_order}", lambda: asked_of(filters, facets))
    return {
        **asked,
        "filter": filters,
        "facets": facets,
        "leading": SimpleLazyObject(lambda: facets.get(filters.leading)),
        "question": in_order,
    }


def asked_of(filters, facets):
    """Return the context of what is asked, in the words of the filter set."""
    is_valid = filters.is_valid()
    return {
        "is_valid": is_valid,
        "order": filters.order,
        "asked": list(words_of(filters, facets)) if is_valid else [],
    }


def words_of(filters, facets):
    """Yield the name, label and words of what narrows the list; of several choices, the value."""
    for name, value in filters.asked.items():
        label, facet = str(filters.form.fields[name].label), facets.get(name)
        chosen = [choice for choice in facet.choices if choice.is_chosen] if facet else []
        for choice in chosen:
            yield name, label, choice.label, choice.value if facet.several else ""
        if not chosen:
            yield name, label, f"“{value}”", ""
