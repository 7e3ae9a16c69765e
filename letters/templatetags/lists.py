"""What the pages of lists are made of."""

from django import template
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def column(context, label, ascending=None, descending=None):
    """Return the heading of a column, by which a click sorts the list.

    ``ascending`` and ``descending`` name orders of the list's filter set. A click sorts in the
    first that there is, or the other way round if the list is sorted so.
    """
    order = context["order"]
    orders = [name for name in (ascending, descending) if name]
    sorted_by = order if order in orders else None
    target = next(name for name in [*orders, None] if name != sorted_by) or sorted_by
    direction = ""
    if sorted_by:
        direction = format_html(
            ' aria-sort="{}"', "ascending" if sorted_by == ascending else "descending"
        )
    return format_html(
        '<th scope="col"{}><a id="by-{}" href="{}" rel="nofollow">{}</a></th>',
        direction,
        orders[0],
        with_query(context["request"], sort=target),
        label,
    )


@register.simple_tag(takes_context=True)
def without(context, name, value=""):
    """Return the address of the list without one filter, or without one of its several values."""
    request = context["request"]
    others = [other for other in request.GET.getlist(name) if other != value] if value else None
    return with_query(request, **{name: others or None})


@register.simple_tag(takes_context=True)
def asking(context, name, value):
    """Return the address of the list with a parameter, or with another value of it."""
    return with_query(context["request"], **{name: value})


@register.simple_tag(takes_context=True)
def asked_of_report(context):
    """Return the query string, ``?`` and all, with which the list's report has all its rows."""
    _path, mark, asked = context["question"].partition("?")
    return mark + asked if asked else ""


def with_query(request, **changes):
    """Return the one address of a first page with other parameters; None leaves one out."""
    query = MultiValueDict(request.GET.lists())
    for name, value in {"page": None, "from": None, **changes}.items():
        query.pop(name, None)
        if isinstance(value, list):
            query.setlist(name, value)
        elif value is not None:
            query.setlist(name, [str(value)])
    # What all pages take is read from all forms and reports; tags are loaded with the first page.
    from letters.parameters import NOTHING, parameters_of

    asked = (parameters_of(request.resolver_match) or NOTHING).address(query)
    return f"{request.path}?{asked}" if asked else request.path
