"""The list pages."""

from django.http import Http404
from django.views.decorators.http import require_safe


@require_safe
def jurisdiction_list(request):
    raise Http404


letter_list = round_list = grant_list = statement_list = proceeding_list = jurisdiction_list
