"""Matching: which jurisdictions are meant by names as somebody wrote them.

"City and County of Denver, Colorado; Louisville Metro, Kentucky" are two names, each with its
state. A name is sure if it is, accents and case aside, the name or an alias of one jurisdiction of
that state. For any other there are candidates by likeness, for a person to choose from.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from django.contrib.postgres.lookups import Unaccent
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Concat

from jurisdictions.models import Jurisdiction, JurisdictionKind
from jurisdictions.us_states import STATES

MOST_CANDIDATES = 6
# From this likeness on (0 to 1, pg_trgm) a jurisdiction is worth offering. "Albny" has 0.5 of
# "Albany"; what two names of places share by chance stays below.
WORTH_OFFERING = 0.4

GOVERNMENT = re.compile(r"^(the )?(state|commonwealth|district|territory) of ")


@dataclass(frozen=True)
class Name:
    """A name as it was written, and the USPS code of the state named with it, "" if none was."""

    text: str
    state: str = ""

    def __str__(self):
        return f"{self.text}, {self.state}" if self.state else self.text


@dataclass(frozen=True)
class Match:
    """A name, and the one jurisdiction that it surely means, or else candidates, likest first."""

    name: Name
    jurisdiction: Jurisdiction | None
    candidates: list = field(default_factory=list)


def read_names(text):
    """Return the names in a text, where semicolons, line breaks or commas stand between them.

    A comma also stands before a state, which ends a name; so does a name that is itself a state's
    ("State of Oregon"). What else commas divide is left together.
    """
    names = []
    for piece in re.split(r"[;\r\n]+", text):
        waiting = []
        for part in piece.split(","):
            part = re.sub(r"\s+", " ", part).strip(" .")
            if re.match("and ", part, re.IGNORECASE):  # the last of an enumeration
                part = part[4:]
                if waiting:
                    names.append(Name(", ".join(waiting)))
                    waiting = []
            if not part:
                continue
            if waiting and (state := _state_of(part)):
                names.append(Name(", ".join(waiting), state))
                waiting = []
            elif not waiting and GOVERNMENT.match(fold(part)) and _state_named(part):
                names.append(Name(part))
            else:
                waiting.append(part)
        if waiting:
            names.append(Name(", ".join(waiting)))
    return names


def match(names):
    """Return the `Match` of each name, in their order."""
    known = _known(names)
    return [_match(name, known) for name in names]


def fold(text):
    """Return a name without what people write differently: accents, case, spaces, apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())


CODES = {fold(state.name): state.usps for state in STATES} | {
    fold(state.usps): state.usps for state in STATES
}


def _state_of(text):
    """Return the USPS code of the state that a text is the name or code of, or ""."""
    return CODES.get(fold(text).replace(".", ""), "")


def _state_named(text):
    """Return the USPS code of the state whose government a text names: "State of Oregon"."""
    return _state_of(fold(text)) or _state_of(GOVERNMENT.sub("", fold(text)))


def _known(names):
    """Return the jurisdictions of the states that are named, by state and folded name."""
    states = {name.state or _state_named(name.text) for name in names}
    known = {}
    for jurisdiction in Jurisdiction.objects.filter(state__in=states):
        names = [jurisdiction.name, *jurisdiction.aliases]
        for called in {_within(jurisdiction.state, name) for name in names}:
            known.setdefault((jurisdiction.state, called), []).append(jurisdiction)
    return known


def _within(state, name):
    """Return a folded name without the state after it: "Washington, DC" is Washington in DC."""
    place, comma, last = name.rpartition(",")
    return fold(place if comma and _state_of(last) == state else name)


def _match(name, known):
    state = name.state or _state_named(name.text)
    found = known.get((state, fold(name.text)), [])
    if not name.state:
        # Without a state, "New York" is the state's name and no city's; "Jackson" is in many.
        found = [one for one in found if _governs_its_state(one)]
    if len(found) == 1:
        return Match(name, found[0])
    return Match(name, None, found or _alike(name.text, state))


def _governs_its_state(jurisdiction):
    return jurisdiction.kind == JurisdictionKind.STATE or jurisdiction.state == "DC"


def _alike(text, state):
    """Return the jurisdictions of a state, or with "" of any, whose names are most like a text."""
    all_names = Concat(
        F("name"),
        Value("; "),
        Func(F("aliases"), Value("; "), function="array_to_string", output_field=TextField()),
        output_field=TextField(),
    )
    in_state = Q(state=state) if state else Q()
    return list(
        Jurisdiction.objects.filter(in_state)
        .annotate(likeness=TrigramWordSimilarity(fold(text), Unaccent(all_names)))
        .filter(likeness__gte=WORTH_OFFERING)
        .order_by("-likeness", "name", "slug")[:MOST_CANDIDATES]
    )
