"""The language of a request: its address names it, and nothing else does."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import mark_safe


class LanguageMiddleware:
    """Answer each request in the language of its address, whoever asks and from wherever.

    Django's own middleware reads the header and the cookie of a reader as well, and says so in
    ``Vary``: a page would have many forms at one address, and couldn't be kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def record_texts(request):
    """Context processor: ``in_english``, the attribute of an element with a text of the record."""
    is_english = translation.get_language() == settings.LANGUAGE_CODE
    return {"in_english": "" if is_english else mark_safe(' lang="en"')}


def in_language(language, path):
    """Return the address in a language of the page that has a path in the first one."""
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def versions(request):
    """Return {language: path} of the page that a request asks for: none of what has one alone."""
    match = request.resolver_match
    if match is None or match.url_name is None:  # an address of nothing
        return {}
    paths = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            paths[language] = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    return paths if len(set(paths.values())) > 1 else {}
