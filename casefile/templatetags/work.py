"""The work queue in templates."""

from django import template
from django.contrib import admin

register = template.Library()


@register.simple_tag(takes_context=True)
def work_queue(context):
    """Return what waits for the signed-in user, the most pressing first."""
    from casefile.admin.work import queue  # Django loads all tags with a reader's first page

    request = context["request"]
    return queue(admin.site, request.user, request.day)
