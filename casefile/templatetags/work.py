"""The work queue in templates."""

from django import template
from django.contrib import admin

from casefile.admin.work import queue

register = template.Library()


@register.simple_tag(takes_context=True)
def work_queue(context):
    """Return what waits for the signed-in user, the most pressing first."""
    request = context["request"]
    return queue(admin.site, request.user, request.day)
