"""The pages of single records, and the timeline."""

from django.http import Http404
from django.views.decorators.http import require_safe


@require_safe
def jurisdiction_detail(request, slug):
    raise Http404


@require_safe
def round_detail(request, slug):
    raise Http404


@require_safe
def letter_detail(request, key):
    raise Http404


@require_safe
def statement_detail(request, key):
    raise Http404


@require_safe
def official_detail(request, slug):
    raise Http404


@require_safe
def proceeding_detail(request, key):
    raise Http404


@require_safe
def source_detail(request, key):
    raise Http404


@require_safe
def timeline(request):
    raise Http404
