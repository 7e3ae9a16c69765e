"""What a page tells search engines and those who share it: its address, and what it is about."""

import json

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from casefile.as_of import PARAMETER
from casefile.languages import versions

register = template.Library()

# As in Django's json_script: nothing in a text can end the element, or begin another.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def canonical(context):
    """Return the page's one address: of filters, order and page number it knows nothing.

    A past day is another document, and keeps its day.
    """
    return _address(context, context["request"].path)


@register.simple_tag(takes_context=True)
def alternates(context):
    """Return (language, the one address) of a page in each language, its own among them."""
    return [(code, _address(context, path)) for code, path in versions(context["request"]).items()]


@register.simple_tag(takes_context=True)
def other_languages(context):
    """Return (language, its own name, path) of what the page asks for, in each other language."""
    request = context.get("request")
    if request is None:
        return []
    names, query = dict(settings.LANGUAGES), request.GET.urlencode()
    return [
        (code, names[code], f"{path}?{query}" if query else path)
        for code, path in versions(request).items()
        if code != get_language()
    ]


def _address(context, path):
    as_of = context.get("as_of")
    query = f"?{urlencode({PARAMETER: as_of})}" if as_of else ""
    return f"{settings.SITE_URL}{path}{query}"


@register.simple_tag
def linked_data(described):
    """Return a dict of schema.org terms as a block of data, which no browser runs."""
    text = json.dumps(described, ensure_ascii=False).translate(ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308  escaped as above
    )
