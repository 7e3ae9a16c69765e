"""The search page."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters.search.asking import TookTooLong
from letters.search.asking import search as search_for
from letters.search.form import SearchForm


@require_safe
def search(request):
    """Show what has the words, the form alone where none are given."""
    form = SearchForm(request.GET, request.day)
    context, status = {"form": form}, 200
    if not form.is_valid():
        status = 400
    elif form.question.text:
        try:
            context["found"] = search_for(form.question, request.GET.get("page"))
        except TookTooLong:
            context["too_long"] = settings.SEARCH_TIMEOUT
            status = 503
    return render(request, "letters/search.html", context, status=status)
