"""The gate: what no page can make sense of is refused before any other code sees it.

It asks no database, so that the refusal needs none either.
"""

import codecs
import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpResponse, HttpResponseNotAllowed, HttpResponsePermanentRedirect
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.encoding import escape_uri_path
from django.utils.functional import cached_property
from django.utils.http import parse_header_parameters
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from casefile.late_views import late_import
from casefile.problems import API, problem_response
from casefile.turning import with_signs

METHODS = ("GET", "HEAD", "OPTIONS", "POST")
PATHS = 1_000  # whose parameters are kept
LONGEST = 2_000  # bytes of a path, and of a query string; far beyond what this site's own have
CONTROL = re.compile("[\x00-\x1f\x7f]")
CONTROL_BUT_LINES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
OTHER_CHARSET = "casefile.other_charset"  # in a request's environment
# How many rows Django makes for a form, or takes for old ones: each has a field at least.
ROW_COUNTS = ("-TOTAL_FORMS", "-INITIAL_FORMS")
URLENCODED = "application/x-www-form-urlencoded"
NO_TEXT = gettext_lazy("The request has bytes that are no text in UTF-8.")
REDIRECT_KEPT = "public, max-age=3600"  # a browser would keep it for good, but pages change


class RefusedError(Exception):
    """The request is refused: a sentence that says why, and the status."""

    def __init__(self, problem, status=400):
        super().__init__(problem)
        self.problem, self.status = problem, status


class CharsetGate:
    """Keep other character sets from Django, and let the gate below refuse them.

    Django takes any codec of Python's for one, such as hex, and fails before its first middleware.
    """

    def __init__(self, application):
        self.application = application

    def __call__(self, environ, start_response):
        _type, parameters = parse_header_parameters(environ.get("CONTENT_TYPE", ""))
        if not is_utf8(parameters.get("charset", "utf-8")):
            environ = environ | {"CONTENT_TYPE": "", OTHER_CHARSET: True}
        return self.application(environ, start_response)


class GateMiddleware:
    """Refuse bytes, methods, lengths and parameters that no page takes; lead to the one address.

    Names of parameters are judged, and addresses brought to their one form, where
    ``settings.PARAMETERS_OF`` tells what the page takes.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    @cached_property
    def parameters_at(self):
        """What tells what the page at a path takes, in a language: its answers are kept.

        Django resolves each address once more, and cannot be told. What `parameters_of` is in is
        imported late, since it reads all forms and reports.
        """
        parameters_of = late_import(settings.PARAMETERS_OF)

        @lru_cache(PATHS)
        def parameters_at(path, language):
            return parameters_of(resolve(path))

        return parameters_at

    def __call__(self, request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        try:
            refuse_plain_http(request)
            refuse_bytes(request)
            other = self.one_address(request)
        except RefusedError as refused:
            return refusal(request, refused)
        if other is None:
            return self.get_response(request)
        response = HttpResponsePermanentRedirect(other)
        response["Cache-Control"] = REDIRECT_KEPT
        return response

    def process_view(self, request, view, args, kwargs):
        """Look at a form before its view does; a view that is told how to read it comes first."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        try:
            refuse_form(request)
        except RefusedError as refused:
            return refusal(request, refused)
        return None

    def one_address(self, request):
        """Return the one address of what is asked, or None if it is asked there."""
        query = request.META["QUERY_STRING"]
        if not query or request.method not in ("GET", "HEAD"):
            return None
        try:
            parameters = self.parameters_at(request.path_info, get_language())
        except Resolver404:
            return None
        if parameters is None:
            return None
        if problems := parameters.problems(request.GET):
            raise RefusedError(" ".join(problems))
        canonical = parameters.address(request.GET)
        if canonical == query:
            return None
        path = escape_uri_path(request.path)
        return f"{path}?{canonical}" if canonical else path


def refuse_plain_http(request):
    """Raise RefusedError if a program asks the API without TLS: led on, it would never be mended.

    Pages lead there (OWASP ASVS 5.0, 4.1.2).
    """
    is_data = request.path.startswith(API) and request.path != API
    if is_data and settings.SECURE_SSL_REDIRECT and not request.is_secure():
        raise RefusedError(_("Ask with https://: the API is not answered without it."), 403)


def refuse_bytes(request):
    """Raise RefusedError if an address is too long, no UTF-8, or has control characters."""
    if OTHER_CHARSET in request.META:
        raise RefusedError(_("Requests are written in UTF-8 here, in no other character set."))
    query = request.META["QUERY_STRING"]
    if len(query) > LONGEST or len(request.path_info) > LONGEST:
        raise RefusedError(
            _("The address is too long: at most %(bytes)s bytes.") % {"bytes": LONGEST}, 414
        )
    # Django leaves escaped what is no UTF-8 in a path. No address of this site has a % of its own.
    if "%" in request.path_info:
        raise RefusedError(NO_TEXT)
    try:
        request.GET  # noqa: B018
    except TooManyFieldsSent:
        raise RefusedError(_("The address asks more than can be understood.")) from None
    if CONTROL.search(request.path_info) or CONTROL.search(decoded(unquote_to_bytes(query))):
        raise RefusedError(_("The address has a control character, which stands for no text."))


def refuse_form(request):
    """Raise RefusedError if a posted form isn't UTF-8, or has control characters but lines' own."""
    try:
        if request.content_type == URLENCODED:
            decoded(unquote_to_bytes(request.body))
        fields = list(request.POST.lists())
        files = list(request.FILES)
    except UnreadablePostError:  # who sent it is gone
        return
    # Django takes out of the names of files what can't be printed.
    if any(CONTROL.search(name) for name in [*files, *(name for name, _values in fields)]):
        raise RefusedError(_("The name of a field has a control character."))
    for name, values in fields:
        if name.endswith(ROW_COUNTS) and any(is_beyond(len(fields), value) for value in values):
            raise RefusedError(_("The form can't have as many rows as it says."))
        for value in values:
            if found := CONTROL_BUT_LINES.search(value):
                raise RefusedError(
                    _(
                        "Nothing was saved: the field “%(name)s” has a control character"
                        " (U+%(code)04X), which stands for no text. Go back, take it out, and send"
                        " it again."
                    )
                    % {"name": name[:100], "code": ord(found[0])}
                )


def is_beyond(count, text):
    """Return whether a text is a number larger than ``count``, or less than 0."""
    number = text.strip()
    digits = number.removeprefix("-").lstrip("0")
    if not digits.isdecimal():
        return False
    return number.startswith("-") or len(digits) > len(str(count)) or int(digits) > count


def decoded(part):
    """Return bytes as the text that they are in UTF-8, which has no surrogates."""
    try:
        return part.decode()
    except UnicodeDecodeError:
        raise RefusedError(NO_TEXT) from None


def is_utf8(charset):
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):  # no name of a codec at all
        return False


def refusal(request, refused):
    """Return the answer that says why: of the request it shows what the sentence shows alone."""
    problem = with_signs(str(refused.problem))
    if request.path.startswith(API):
        response = problem_response(request, problem, refused.status)
    else:
        page = render_to_string("400.html", {"problem": problem})
        response = HttpResponse(page, status=refused.status)
    response["Cache-Control"] = "no-store"
    return response
