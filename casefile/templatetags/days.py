"""Dates in templates, and links that keep the as-of day."""

from urllib.parse import urlsplit, urlunsplit

from django import template
from django.http import QueryDict

from casefile import dates
from casefile.as_of import PARAMETER
from casefile.canonical import canonical_query

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context, target):
    """Return the address of an object or path, with the reader's as-of day if there is one."""
    path = target if isinstance(target, str) else target.get_absolute_url()
    as_of = context.get("as_of")
    if as_of is None:
        return path
    parts = urlsplit(path)
    asked = QueryDict(parts.query, mutable=True)
    asked[PARAMETER] = str(as_of)
    return urlunsplit(parts._replace(query=canonical_query(asked)))


@register.simple_tag(takes_context=True)
def asked_beside(context):
    """Return (name, values) of what a page is asked beside its day and its page number."""
    request = context.get("request")
    asked = request.GET.lists() if request else []
    return [(name, values) for name, values in asked if name not in (PARAMETER, "page")]


@register.filter(expects_localtime=True)
def dated(date, precision=dates.DatePrecision.DAY):
    """Return a date as readers see it, no more exact than it is known."""
    return dates.describe(date, precision) if date else ""
