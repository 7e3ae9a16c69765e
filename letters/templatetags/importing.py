"""Who is led to the import."""

from django import template

register = template.Library()


@register.filter
def may_import(user):
    """Return whether a user may import record bundles."""
    from letters.admin import importing  # Django loads all tags with a reader's first page

    return importing.may_import(user)
