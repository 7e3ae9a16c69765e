"""The database is away for a moment, or too busy: who reads is told to ask again soon.

Who was saving a form gets it back with all they typed.
"""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from psycopg.errors import IdleInTransactionSessionTimeout, ReadOnlySqlTransaction

from casefile.desk import pairs
from casefile.problems import API, problem_response

logger = logging.getLogger(__name__)

RETRY_AFTER = 10  # seconds
# The server ended the connection, or is a standby at this moment. They pass, as what Django calls
# operational does, though psycopg files them under errors of the program.
PASSING = (IdleInTransactionSessionTimeout, ReadOnlySqlTransaction)


class AwayMiddleware:
    """Answer 503 while the database doesn't; to a form with a page that saves it again.

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
        return _answer(request, exception) if _is_away(exception) else None


def server_error(request):
    """Answer what went wrong outside of views: the site map's handler500.

    Middleware asks the database too, and no other middleware sees what is raised there.
    """
    error = sys.exc_info()[1]
    return _answer(request, error) if _is_away(error) else defaults.server_error(request)


def _is_away(error):
    return isinstance(error, (InterfaceError, OperationalError)) or isinstance(
        getattr(error, "__cause__", None), PASSING
    )


def _answer(request, error):
    logger.error("The database gave no answer.", exc_info=error)
    return _held(request) if _is_form(request) else _unavailable(request)


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
    return _soon(render(request, "admin/database_away.html", context, status=503))


def _unavailable(request):
    if request.path.startswith(API):
        problem = "The record can't be read at this moment. Please ask again in some seconds."
        return _soon(problem_response(request, problem, status=503))
    # Rendered as Django does for any mistake: without asking the database.
    return _soon(HttpResponse(render_to_string("500.html"), status=503))


def _soon(response):
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
