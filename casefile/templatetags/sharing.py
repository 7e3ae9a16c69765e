"""What a page tells search engines and those who share it: its address, and what it is about."""

import json

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from casefile.as_of import PARAMETER

register = template.Library()

# As in Django's json_script: nothing in a text can end the element, or begin another.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def canonical(context):
    """Return the page's one address: of filters, order and page number it knows nothing.

    A past day is another document, and keeps its day.
    """
    as_of = context.get("as_of")
    query = f"?{urlencode({PARAMETER: as_of})}" if as_of else ""
    return f"{settings.SITE_URL}{context['request'].path}{query}"


@register.simple_tag
def linked_data(described):
    """Return a dict of schema.org terms as a block of data, which no browser runs."""
    text = json.dumps(described, ensure_ascii=False).translate(ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308  escaped as above
    )
