"""Links from public pages to the desk of the staff."""

from django import template
from django.urls import reverse

register = template.Library()


@register.filter
def desk_address(record):
    """Return the address at which staff edit a record.

    It is the same for every reader and tells no more than the record's public address does, so
    that a page with it may be cached; who isn't signed in is asked to.
    """
    opts = record._meta
    key = record.slug if hasattr(record, "slug") else record.key
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_find", args=[key])
