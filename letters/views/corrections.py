"""The list of corrections."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from casefile.differences import described
from casefile.pagination import COSTLY_LIMIT, page_of
from letters.corrections import attach_entries, public_corrections


@require_safe
def correction_list(request):
    page = page_of(public_corrections(request.day), request, limit=COSTLY_LIMIT)
    notices = attach_entries(described(page.object_list))
    return render(request, "letters/correction_list.html", {"page": page, "notices": notices})
