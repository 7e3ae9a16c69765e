"""The front page, and the sign of life."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request):
    return render(request, "letters/home.html")


@require_safe
def healthz(request):
    """Answer that the process lives. It asks the database nothing."""
    return HttpResponse("ok\n", content_type="text/plain")
