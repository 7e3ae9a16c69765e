"""Who is led to the import."""

from django import template

from letters.admin import importing

register = template.Library()


@register.filter
def may_import(user):
    """Return whether a user may import record bundles."""
    return importing.may_import(user)
