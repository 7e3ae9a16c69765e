"""Links to other sites, in templates."""

from django import template

from casefile import web_addresses

register = template.Library()
register.filter("host", web_addresses.host)
