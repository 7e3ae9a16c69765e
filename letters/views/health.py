"""The sign of life: a new process is asked for it first, so that it loads no page's code."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from casefile.health import deep_health


@require_safe
def healthz(request):
    """Answer that the process lives; with ``?deep``, whether the site can do its work.

    Without, it asks the database nothing.
    """
    if "deep" not in request.GET:
        return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    health = deep_health()
    is_well = all(answer is not False for answer in health.values())
    response = JsonResponse(health, status=200 if is_well else 503)
    response["Cache-Control"] = "no-store"
    return response
