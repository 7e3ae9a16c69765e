"""Quotations: what stands in a text between quotation marks of any style.

Marks pair within a paragraph. What does not pair is found all the same, and says that it does not.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from casefile.folding import Span
from letters.intake.paragraphs import paragraphs, trimmed

NO_END = "no closing mark: look where it ends"
NO_START = "no opening mark: look where it begins"
CONTINUES = "continues in the next paragraph"
# How far a possessive is compared with what follows it.
MARKS_LOOKED_AT = 20

_DOUBLE = re.compile(r"``|''|[\"“”„‟«»＂]")
_SINGLE = re.compile(r"(?<!')['‘’‚‹›](?!')")
_SHAPED_OPEN = {"``", "“", "„", "‟", "«"}
_SHAPED_CLOSE = {"''", "”", "»"}
_ANY_MARK = "\"'`“”„‟«»＂‘’‚‹›"
_BEFORE_OPENING = re.compile(r"[\s(\[{/—–-]")
_AFTER_CLOSING = re.compile(r"[\s.,;:!?…)\]}/—–-]")
_POSSESSIVE = re.compile(r"(?<=[sS])['’]\s+\w")
# An apostrophe begins these words; what follows it is no quotation.
_CLIPPED = re.compile(r"(?:\d|(?:em|til|tis|twas|cause|n|bout|round|cuz)\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Quotation:
    """Quoted words, their marks around them, and what is wrong with the marks, if anything."""

    words: Span
    marked: Span
    problem: str = ""
    inside: bool = False  # within another quotation


@dataclass(frozen=True)
class _Mark:
    span: Span
    sign: str
    role: str  # "open", "close" or "either"


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of a text in the order in which they begin, outer before inner."""
    found = []
    blocks = paragraphs(text)
    for i, block in enumerate(blocks):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        double = _double_quoted(text, block, following)
        single = _single_quoted(text, block, double)
        found += [q for q in double + single if any(map(str.isalnum, q.words.of(text)))]
    found.sort(key=lambda q: (q.marked.start, -q.marked.end))
    return list(_with_inside(found))


def _with_inside(found: list[Quotation]) -> Iterator[Quotation]:
    reach = -1
    for quotation in found:
        yield replace(quotation, inside=quotation.marked.end <= reach)
        reach = max(reach, quotation.marked.end)


def _quotation(text, start, end, width_start, width_end, problem=""):
    """Return the quotation between two marks; a width of 0 means that there is no mark."""
    inner = Span(start + width_start, end - width_end)
    return Quotation(trimmed(text, inner, ",;"), Span(start, end), problem)


# Double marks


def _double_quoted(text: str, block: Span, following: Span | None) -> list[Quotation]:
    found: list[Quotation] = []
    pending: list[_Mark] = []
    marks = [_mark(text, match, block) for match in _DOUBLE.finditer(text, *block)]
    free = block.start  # the end of the last mark
    for mark in marks:
        role = mark.role if mark.role != "either" else ("close" if pending else "open")
        if role == "open":
            pending.append(mark)
        elif pending:
            opening = pending.pop()
            found.append(
                _quotation(
                    text, opening.span.start, mark.span.end, len(opening.sign), len(mark.sign)
                )
            )
        elif not _measures(text, mark):
            start = trimmed(text, Span(free, mark.span.start)).start
            found.append(_quotation(text, start, mark.span.end, 0, len(mark.sign), NO_START))
        free = mark.span.end
    openings = [mark.span.start for mark in marks if mark.role == "open"]
    for opening in pending:
        later = bisect_right(openings, opening.span.start)
        end = openings[later] if later < len(openings) else block.end
        continues = end == block.end and following and _begins_quoted(text, following)
        found.append(_unclosed(text, opening, end, CONTINUES if continues else NO_END))
    return found


def _unclosed(text: str, opening: _Mark, end: int, problem: str) -> Quotation:
    """Return a quotation whose end is not marked: it can't reach beyond the next that begins."""
    end = trimmed(text, Span(opening.span.end, end)).end
    return _quotation(text, opening.span.start, end, len(opening.sign), 0, problem)


def _begins_quoted(text: str, block: Span) -> bool:
    match = _DOUBLE.match(text, *block)
    return bool(match) and _mark(text, match, block).role == "open"


def _mark(text: str, match: re.Match, block: Span) -> _Mark:
    """Return a mark with its role: by where it stands, and if that leaves it open, by its shape."""
    sign, span = match[0], Span(*match.span())
    before, after = _around(text, span, block)
    opens = bool(_BEFORE_OPENING.match(before)) and not after.isspace()
    closes = not before.isspace() and bool(_AFTER_CLOSING.match(after))
    if opens != closes:
        role = "open" if opens else "close"
    elif sign in _SHAPED_OPEN:
        role = "open"
    elif sign in _SHAPED_CLOSE:
        role = "close"
    else:
        role = "either"
    return _Mark(span, sign, role)


def _around(text: str, span: Span, block: Span) -> tuple[str, str]:
    """Return the characters around a mark, other marks aside; the ends of a paragraph are space."""
    start, end = span
    while start > block.start and text[start - 1] in _ANY_MARK:
        start -= 1
    while end < block.end and text[end] in _ANY_MARK:
        end += 1
    before = text[start - 1] if start > block.start else " "
    return before, text[end] if end < block.end else " "


def _measures(text: str, mark: _Mark) -> bool:
    """Return whether a mark says inches or seconds."""
    return mark.sign in ('"', "''", "”") and text[mark.span.start - 1 : mark.span.start].isdigit()


# Single marks: quotations within others, and in some papers all quotations. Most such signs are
# apostrophes; one that can't be told from an apostrophe is taken for one.


def _single_quoted(text: str, block: Span, double: list[Quotation]) -> list[Quotation]:
    side = _sides(double)
    marks = list(_single_marks(text, block))
    found = []
    opening = None
    for i, mark in enumerate(marks):
        if mark.role == "open":
            opening = mark
        elif opening and side(opening) == side(mark):
            later = islice(marks, i + 1, i + 1 + MARKS_LOOKED_AT)
            if _possessive(text, mark) and _closes_later(text, later, side, side(mark)):
                continue
            found.append(_quotation(text, opening.span.start, mark.span.end, 1, 1))
            opening = None
    return found


def _single_marks(text: str, block: Span) -> Iterator[_Mark]:
    for match in _SINGLE.finditer(text, *block):
        sign, span = match[0], Span(*match.span())
        before, after = _around(text, span, block)
        if sign != "’" and _BEFORE_OPENING.match(before) and not after.isspace():
            if not _CLIPPED.match(text, span.end):
                yield _Mark(span, sign, "open")
        elif sign != "‘" and not before.isspace() and not after.isalnum():
            yield _Mark(span, sign, "close")


def _possessive(text: str, mark: _Mark) -> bool:
    """Return whether a mark may stand for "of several": after an s, with a word to follow."""
    return bool(_POSSESSIVE.match(text, mark.span.start))


def _closes_later(text: str, later: Iterable[_Mark], side: Callable, wanted: int) -> bool:
    """Return whether a mark before the next opening one closes a quotation without doubt."""
    for mark in later:
        if mark.role == "open" or side(mark) != wanted:
            return False
        if text[mark.span.start - 1] in ".,?!…" or not _possessive(text, mark):
            return True
    return False


def _sides(double: list[Quotation]) -> Callable[[_Mark], int]:
    """Return what tells between which double marks a mark stands: as a number, -1 for none."""
    places, numbers, around = [], [], []
    edges = [(q.marked.start, True, i) for i, q in enumerate(double)]
    edges += [(q.marked.end, False, i) for i, q in enumerate(double)]
    for place, opens, number in sorted(edges):
        if opens:
            around.append(number)
        elif number in around:
            around.remove(number)
        places.append(place)
        numbers.append(around[-1] if around else -1)

    def side(mark: _Mark) -> int:
        i = bisect_right(places, mark.span.start)
        return numbers[i - 1] if i else -1

    return side
