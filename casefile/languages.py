"""The language of a request: its address names it, and nothing else does."""

from functools import cache

from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern
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
    if match is None or match.view_name not in _names_of_pages():  # an address of nothing, a file
        return {}
    path = request.path_info
    language = translation.get_language_from_path(path)
    if language:
        path = path.removeprefix(f"/{language}")
    return {language: in_language(language, path) for language, _name in settings.LANGUAGES}


@cache
def _names_of_pages():
    """Return the names of the addresses that stand once for each language."""
    of_languages = [
        resolver
        for resolver in get_resolver().url_patterns
        if isinstance(resolver.pattern, LocalePrefixPattern)
    ]
    return {
        page.name
        for resolver in of_languages
        for included in resolver.url_patterns
        for page in included.url_patterns
    }
