"""The database is away for a moment: who was saving a form gets it back with all they typed."""

from django.db import InterfaceError, OperationalError
from django.shortcuts import render

from casefile.desk import pairs

RETRY_AFTER = 10  # seconds


class AwayMiddleware:
    """Answer a form that can't be saved now with a page that holds it and saves it again.

    It stands before the middleware that notes whose request it is, which already asks the database.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if _is_form(request):
            try:
                request.user.is_authenticated  # noqa: B018
            except (InterfaceError, OperationalError):
                return _held(request)
        return self.get_response(request)

    def process_exception(self, request, exception):
        is_away = isinstance(exception, (InterfaceError, OperationalError))
        return _held(request) if is_away and _is_form(request) else None


def _is_form(request):
    is_form = request.path.startswith("/admin/") and request.path.endswith(("/add/", "/change/"))
    return is_form and request.method == "POST"


def _held(request):
    typed = pairs(request.POST)
    context = {
        "pairs": typed,
        "shown": [(name, value) for name, value in typed if value and not name.startswith("_")],
        "with_files": bool(request.FILES),
    }
    response = render(request, "admin/database_away.html", context, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
