"""Dates in templates, and links that keep the as-of day."""

from django import template

from casefile import dates
from casefile.as_of import PARAMETER

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context, target):
    """Return the address of an object or path, with the reader's as-of day if there is one."""
    path = target if isinstance(target, str) else target.get_absolute_url()
    as_of = context.get("as_of")
    if as_of is None:
        return path
    path, hash_mark, fragment = path.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{PARAMETER}={as_of}{hash_mark}{fragment}"


@register.filter
def dated(date, precision=dates.DatePrecision.DAY):
    """Return a date as readers see it, no more exact than it is known."""
    return dates.describe(date, precision) if date else ""
