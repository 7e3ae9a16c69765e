"""Where letters stand, in the words of readers."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext

from letters.facts import verification
from letters.states import Exposure, State

register = template.Library()


@register.filter
def failures(exposure):
    """Return what an exposure of one or more failures says: nothing for none."""
    names = exposure.split("; ") if exposure else []
    return "; ".join(str(Exposure(name).label) for name in names)


register.filter(verification)


@register.filter
def lateness(letter):
    """Return in words by how many days a letter, or its answer, is late."""
    if letter.state in (State.ANSWERED_LATE, State.RESPONDED):
        words = ngettext(
            "The answer is dated %(days)s day after the deadline.",
            "The answer is dated %(days)s days after the deadline.",
            letter.days_late,
        )
    else:
        words = ngettext(
            "%(days)s day since the deadline.",
            "%(days)s days since the deadline.",
            letter.days_late,
        )
    return words % {"days": number_format(letter.days_late, force_grouping=True)}


@register.simple_tag
def state_badge(state):
    """Return a state in words and a shape."""
    return _badge(state, get_language())


@lru_cache
def _badge(state, language):
    # A long list shows a few states many times.
    return format_html(
        '<span class="state state-{0}"><svg aria-hidden="true" width="16" height="16">'
        '<use href="{1}#{0}"/></svg>{2}</span>',
        State(state).value,
        static("states.svg"),
        State(state).label,
    )
