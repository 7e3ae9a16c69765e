"""Known names in a text: of jurisdictions and of officials, each where it stands.

A name that several bear is found for all of them: which one is meant, a person says.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from casefile.folding import Span

SHORTEST_NAME = 3  # characters; "LA" is a note, and a state
TITLES = frozenset(
    "Mayor President Governor Gov Senator Sen Representative Rep Congressman Congresswoman"
    " Attorney General Secretary Chief Sheriff Commissioner Director Judge Justice Mr Ms Mrs Miss"
    " Dr Deputy Assistant Acting Speaker Councilman Councilwoman Councilmember Supervisor Chairman"
    " Chairwoman Chair Alderman Solicitor Prosecutor Superintendent Officer Sgt Lt Capt Captain"
    " Spokesman Spokeswoman Spokesperson spokesman spokeswoman spokesperson Professor Prof"
    " Counsel Treasurer Administrator Minister Ambassador then former Former mayor".split()
)
# Words that begin sentences with a capital letter, and are nobody's first name.
NO_NAMES = frozenset(
    "The A An He She They It We I But And Or So In On At As For If When While After Before This"
    " That These Those There Here Yet Still Meanwhile However January February March April May June"
    " July August September October November December Monday Tuesday Wednesday Thursday Friday"
    " Saturday Sunday Today Yesterday Tomorrow His Her Their Our My Its Also Then Later Asked"
    " Speaking Together According Like Unlike With Without Even Only Since Though Although Because"
    " Earlier Last Both To Of By From".split()
)
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\.?$")
# What may begin a surname of several words.
_PARTICLES = {"de", "del", "della", "di", "da", "du", "la", "le", "van", "von", "der", "den", "al"}
_FIRST_WORD = re.compile(r"\w+|$")
_WORD_BEFORE = re.compile(r"([\w.’'-]+)\s+$")


@dataclass(frozen=True)
class Known:
    """A record that a text may name, by any of its names."""

    pk: int
    label: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A name in the text, and whom or what it may mean."""

    span: Span
    records: tuple[Known, ...]
    by_surname: bool = False

    @property
    def is_sure(self):
        """Return whether the name says who is meant: one record, by its full name."""
        return len(self.records) == 1 and not self.by_surname


def named(text: str, known: Iterable[Known]) -> list[Named]:
    """Return where a text names records by one of their names, the longest where names overlap."""
    bearers = defaultdict(dict)
    for record in known:
        for name in record.names:
            if len(words := " ".join(name.split())) >= SHORTEST_NAME:
                bearers[words][record.pk] = record
    return [
        Named(span, tuple(bearers[name].values())) for span, name in _matches(text, bearers, _exact)
    ]


def people(text: str, known: Iterable[Known]) -> list[Named]:
    """Return where a text names people: by full name, or by surname, which is only a proposal."""
    known = list(known)
    full, surnames = defaultdict(dict), defaultdict(dict)
    for person in known:
        for name in person.names:
            words = _SUFFIX.sub("", " ".join(name.split()))
            full[words][person.pk] = person
            if len(surname := surname_of(words)) >= SHORTEST_NAME and surname != words:
                surnames[surname][person.pk] = person
    found = [
        Named(span, tuple(full[name].values())) for span, name in _matches(text, full, _loosely)
    ]
    covered = {place for one in found for place in range(*one.span)}
    for span, surname in _matches(text, surnames, _exact):
        if span.start not in covered and not _is_part_of_another(text, span):
            found.append(Named(span, tuple(surnames[surname].values()), by_surname=True))
    return sorted(found, key=lambda one: one.span)


def surname_of(name: str) -> str:
    """Return the last word of a name with the particles before it: "de Blasio"."""
    words = name.split()
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in _PARTICLES:
        first -= 1
    return " ".join(words[first:])


def _is_part_of_another(text: str, span: Span) -> bool:
    """Return whether a surname follows what looks like the first name of somebody else."""
    before = _WORD_BEFORE.search(text, max(span.start - 40, 0), span.start)
    if not before:
        return False
    word = before[1]
    if word.rstrip(".") in TITLES or word in NO_NAMES or word.isupper():
        return False
    return word[0].isupper() and word.isalpha()


def _matches(text, names, as_pattern):
    """Yield the span of each name in a text, and the name; of those that overlap, the longest."""
    by_first_word = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        by_first_word[_FIRST_WORD.match(name)[0]].append(name)
    patterns, end = {}, 0
    for word in _FIRST_WORD.finditer(text):
        for name in by_first_word.get(word[0], ()) if word.start() >= end else ():
            if name not in patterns:
                patterns[name] = re.compile(rf"(?<![\w-]){as_pattern(name)}(?!\w)")
            if match := patterns[name].match(text, word.start()):
                yield Span(*match.span()), name
                end = match.end()
                break


def _exact(name):
    """Return a pattern of a name that may be broken at the end of a line."""
    return r"\s+".join(re.escape(word) for word in name.split()).replace("'", "['’]")


def _loosely(name):
    """Return a pattern of a person's name, with or without an initial in the middle."""
    words = [_exact(word) for word in name.split()]
    if len(words) < 2:
        return words[0]
    return words[0] + r"\s+(?:[A-Z]\.\s+)?" + r"\s+".join(words[1:])
