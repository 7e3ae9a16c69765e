"""The quotation check: does a text contain these words?

Exact, typographic and elided are answers of "yes" and never rest on a likeness. Only to point at
the nearest passage of an altered quotation is likeness measured.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, takewhile
from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casefile.folding import ELLIPSIS, FOLDING_RULES, Folded, Span
from casefile.quotation_checks import QuotationCheck

# The most characters that one ellipsis may stand for: about 100 words, a paragraph. What skips more
# joins two passages, and belongs in two quotations.
MOST_OMITTED = 600
# The fewest words on each side of an ellipsis. Shorter scraps ("of the") stand anywhere in a text,
# and whatever they are made to say would be "found".
FEWEST_FRAGMENT_WORDS = 3
# From this likeness on (0 to 100, RapidFuzz) a passage is shown as what was meant: about one word
# in five may differ.
CLOSE = 80
# The likeness that makes a stretch of text worth a closer look. It is as long as the quotation, and
# so has only a part of a passage that is longer.
_WORTH_A_LOOK = 70
# The longest quotation, in characters, whose nearest passage is looked for: some 300 words. The
# search takes time by length of quotation times length of text.
LONGEST_COMPARED = 2000

# For readers: all the rules of the check.
CHECKING_RULES = (
    *FOLDING_RULES,
    format_lazy(
        _(
            "Where a quotation leaves words out with an ellipsis, the parts around it must be found"
            " in the same order, each of at least {words} words, and at most {characters}"
            " characters may be left out in one place."
        ),
        words=FEWEST_FRAGMENT_WORDS,
        characters=MOST_OMITTED,
    ),
)

_ELLIPSIS = re.compile(rf"\[\s*{ELLIPSIS}\s*\]|\(\s*{ELLIPSIS}\s*\)|{ELLIPSIS}")
_COUNTED = re.compile(r"[^\W_]+(?:[^\s—][^\W_]+)*")  # "can't" and "so-called" are one word each
_WORD = re.compile(r'(?<![^\s"“”])[^\s"“”]+')


class Words(NamedTuple):
    """Some words of a word diff: the "same" on both sides, or "removed" or "added" in a quotation.

    Removed are words that the source has and the quotation lacks.
    """

    change: str
    text: str


@dataclass(frozen=True)
class Check:
    """What was found: where in the text, what an ellipsis leaves out, what differs."""

    outcome: QuotationCheck
    spans: tuple[Span, ...] = ()
    omitted: tuple[str, ...] = ()
    diff: tuple[Words, ...] = ()


def check(quotation: str, text: str | Folded) -> Check:
    """Look for a quotation in a text. Fold a text once to look for many."""
    text = text if isinstance(text, Folded) else Folded(text)
    if not text.text.strip():
        return Check(QuotationCheck.UNCHECKED)
    if not _word_count(quotation):
        return Check(QuotationCheck.ABSENT)
    return _whole(quotation, text) or _elided(quotation, text) or _closest(quotation, text)


def word_diff(source: str, quotation: str) -> tuple[Words, ...]:
    """Compare word by word what a source has with what a quotation makes of it."""
    ours, theirs = source.split(), quotation.split()
    matcher = SequenceMatcher(None, _keys(ours), _keys(theirs), autojunk=False)
    diff = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            diff.append(Words("same", " ".join(theirs[k:m])))
            continue
        if i < j:
            diff.append(Words("removed", " ".join(ours[i:j])))
        if k < m:
            diff.append(Words("added", " ".join(theirs[k:m])))
    return tuple(diff)


def _keys(words: Sequence[str]) -> list[tuple]:
    return [Folded(word).key for word in words]


def _whole(quotation: str, text: Folded) -> Check | None:
    """Find the quotation in one piece, preferably character for character."""
    wanted = Folded(quotation.strip())
    found = None
    for span in text.find(wanted):
        if span.of(text.text) == wanted.original(0, len(wanted)).of(wanted.text):
            return Check(QuotationCheck.EXACT, (span,))
        found = found or Check(QuotationCheck.TYPOGRAPHIC, (span,))
    return found


def _elided(quotation: str, text: Folded) -> Check | None:
    """Find the fragments around each ellipsis in order, as close together as they come."""
    fragments = _fragments(quotation)
    if fragments == [quotation.strip()]:
        return None
    if len(fragments) > 1 and min(map(_word_count, fragments)) < FEWEST_FRAGMENT_WORDS:
        return None
    chains = [(span,) for span in text.find(Folded(fragments[0]))]
    for fragment in fragments[1:]:
        chains = list(_lengthened(chains, text.find(Folded(fragment))))
    if not chains:
        return None
    spans = min(chains, key=lambda chain: chain[-1].end - chain[0].start)
    gaps = [Span(one.end, next_one.start) for one, next_one in pairwise(spans)]
    return Check(QuotationCheck.ELIDED, spans, tuple(gap.of(text.text).strip() for gap in gaps))


def _lengthened(chains: list, spans: Iterator[Span]) -> Iterator[tuple[Span, ...]]:
    """Yield chains of spans with one span more, each from the nearest chain before it."""
    ends = [chain[-1].end for chain in chains]
    for span in spans:
        before = bisect_right(ends, span.start)
        if before and span.start - ends[before - 1] <= MOST_OMITTED:
            yield (*chains[before - 1], span)


def _closest(quotation: str, text: Folded) -> Check:
    """Point at the passages nearest to the quotation, if they are near enough."""
    spans, diff = [], []
    for fragment in _fragments(quotation):
        span = _nearest(fragment, text)
        if span is None:
            return Check(QuotationCheck.ABSENT)
        if spans:
            diff.append(Words("same", "…"))
        spans.append(span)
        diff.extend(word_diff(span.of(text.text), fragment))
    return Check(QuotationCheck.ALTERED, tuple(spans), diff=tuple(diff))


def _nearest(fragment: str, text: Folded) -> Span | None:
    """Return where the words stand that come nearest to a fragment, or nothing near enough."""
    from rapidfuzz import fuzz  # for staff with an altered quotation: readers don't wait for it

    wanted = Folded(fragment)
    if len(wanted) > LONGEST_COMPARED:
        return None
    if len(wanted) > len(text):
        stretch, score = Span(0, len(text.text)), 0
    else:
        found = fuzz.partial_ratio_alignment(
            wanted.characters, text.characters, score_cutoff=_WORTH_A_LOOK
        )
        if found is None:
            return None
        stretch, score = text.original(found.dest_start, found.dest_end), found.score
    span = _in_words(stretch, fragment, text.text)
    return span if max(score, fuzz.ratio(fragment, span.of(text.text))) >= CLOSE else None


def _in_words(span: Span, fragment: str, text: str) -> Span:
    """Move the ends of a passage, found by characters, to the words that fit a fragment best."""
    from rapidfuzz import fuzz  # see above

    margin = len(fragment) // 4 + 20

    def words(place: int) -> Iterator[Span]:
        found = (Span(*word.span()) for word in _WORD.finditer(text, max(place - margin, 0)))
        return takewhile(lambda word: word.start < place + margin, found)

    def likeness(passage: Span) -> float:
        return fuzz.ratio(fragment, passage.of(text))

    if span.end - span.start > 4 * len(fragment) + margin:
        return span  # blank or dotted for pages
    ends = [Span(span.start, word.end) for word in words(span.end) if word.end > span.start]
    span = max(ends, key=likeness, default=span)
    starts = [Span(word.start, span.end) for word in words(span.start) if word.start < span.end]
    return max(starts, key=likeness, default=span)


def _fragments(quotation: str) -> list[str]:
    """Return what stands around each ellipsis; without one, the quotation."""
    return [fragment.strip() for fragment in _ELLIPSIS.split(quotation) if _word_count(fragment)]


def _word_count(text: str) -> int:
    return len(_COUNTED.findall(text))
