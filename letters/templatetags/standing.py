"""Where letters stand, in the words of readers."""

from django import template

from letters.states import Exposure

register = template.Library()


@register.filter
def failures(exposure):
    """Return what an exposure of one or more failures says: nothing for none."""
    names = exposure.split("; ") if exposure else []
    return "; ".join(Exposure(name).label for name in names)
