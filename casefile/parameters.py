"""What may be asked in the query string of a page, and the one way in which it is written.

Each page says which names it takes. Values are judged where the record is at hand, by the filter
set, form or middleware whose they are; here is what holds for all: a name that a page doesn't take
is a mistake, not something to pass over, as a list that looks filtered and isn't would mislead; a
name is given once unless it may have several values; and the same question has one address.
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casefile.as_of import PARAMETER as AS_OF
from casefile.canonical import canonical_query

# What campaigns and networks add to links that people share. It asks nothing.
TRAILS = {"fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "twclid"}
TRAIL_PREFIX = "utm_"
NO_FILTER = {
    "page": gettext_lazy("This page has no filter named %(name)s."),
    "report": gettext_lazy("This report has no filter named %(name)s."),
}


@dataclass(frozen=True)
class Parameters:
    """The names that a page takes beside the as-of day.

    ``many`` are those of them that may be given several values, in any order. ``defaults`` are
    values that ask what is shown anyway, ``unused`` names that change nothing: neither is in the
    one address; ``flags`` are asked by their name alone. ``of`` is what sentences call the page.
    """

    names: frozenset[str] = frozenset()
    many: frozenset[str] = frozenset()
    defaults: Mapping[str, str] = field(default_factory=dict)
    unused: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    of: str = "page"

    def problems(self, asked):
        """Return a sentence for each name of a QueryDict that can't be understood."""
        known = self.names | self.flags | {AS_OF}
        found = []
        for name, values in asked.lists():
            if is_trail(name):
                continue
            if name not in known:
                found.append(unknown(name, known, self.of))
            elif name not in self.many and len([value for value in values if value]) > 1:
                found.append(
                    _("%(name)s is given more than once. Give one value.") % {"name": name}
                )
        return found

    def address(self, asked):
        """Return the query string of what is asked in its one form."""
        kept = MultiValueDict()
        for name, values in asked.lists():
            written = {one_way(name, value) for value in values}
            is_idle = is_trail(name) or name in self.unused or name in self.flags
            default = self.defaults.get(name)
            kept.setlist(name, [] if is_idle else [one for one in written if one != default])
        flags = sorted(self.flags & asked.keys())
        return "&".join([*flags, *filter(None, [canonical_query(kept)])])


def unknown(name, known, of):
    """Return the sentence that says that a name is none of those known, and which may be meant."""
    nearest = difflib.get_close_matches(name, known, 1)
    if nearest:
        advice = _("Did you mean %(name)s?") % {"name": nearest[0]}
    else:
        advice = _("Known: %(names)s.") % {"names": ", ".join(sorted(known))}
    return " ".join([str(NO_FILTER[of]) % {"name": name[:40]}, advice])


def is_trail(name):
    """Return whether a name tells where a reader came from, and asks nothing."""
    return name in TRAILS or name.startswith(TRAIL_PREFIX)


def one_way(name, value):
    """Return a value as it is written in the one address; a page that is none is the first."""
    value = value.strip()
    if name not in ("page", "year"):
        return value
    try:
        number = int(value)
    except ValueError:
        return "" if name == "page" else value
    return "" if name == "page" and number < 1 else str(number)
