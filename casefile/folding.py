"""Folding: what a quotation and its source may differ in, because it is presentation alone.

A text is folded to the characters that have to agree, plus *joints*: the places of dashes and
hyphens between words. Joints stand apart because a hyphen at the end of a line can be read in two
ways, as part of the word or as the printer's, and either reading is faithful. Every folded
character knows where it came from, so that what is found can be shown in the original text.

Unicode's own compatibility folding (NFKC) is not used: it would turn 10² into 102.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

# For readers: all that is folded. Nothing else is.
FOLDING_RULES = (
    _(
        "Spaces, line breaks and no-break, thin or zero-width spaces count as one space, however"
        " many stand together; a zero-width space inside a word counts as nothing."
    ),
    _(
        "Quotation marks and apostrophes of any shape count as the same mark. After a digit, single"
        " and double marks stay different."
    ),
    _(
        "Dashes and hyphens of any length count as the same mark, with or without spaces on both"
        " sides. An invisible hyphen counts as nothing."
    ),
    _("A hyphen at the end of a line may belong to the word or to the line: both readings count."),
    _(
        "Nothing is folded in a number: a dash between two digits must be the same dash. Next to"
        " one digit, a hyphen, a short dash and a long dash stay different."
    ),
    _("Three or more dots and the ellipsis sign count as the same mark, with or without spaces."),
    _(
        "An accent counts the same whether it is stored with its letter or after it, and a printed"
        " ligature (ﬁ) counts as its letters."
    ),
    _(
        "Words, capital and small letters, digits and all other signs must be the same. A quotation"
        " must begin and end with whole words and whole numbers."
    ),
)

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_ZERO_WIDTH = "\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
_HYPHENS = "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{SMALL HYPHEN-MINUS}\N{FULLWIDTH HYPHEN-MINUS}"
_SHORT_DASH = "\N{EN DASH}"
_SHORT_DASHES = "\N{FIGURE DASH}\N{EN DASH}\N{MINUS SIGN}"
_LONG_DASHES = "\N{EM DASH}\N{HORIZONTAL BAR}\N{TWO-EM DASH}\N{THREE-EM DASH}\N{SMALL EM DASH}"
_DASHES = _HYPHENS + _SHORT_DASHES + _LONG_DASHES
_SINGLE_MARKS = (
    "'`\N{ACUTE ACCENT}\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{SINGLE LOW-9 QUOTATION MARK}\N{SINGLE HIGH-REVERSED-9 QUOTATION MARK}\N{PRIME}"
    "\N{MODIFIER LETTER APOSTROPHE}\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
    "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}\N{FULLWIDTH APOSTROPHE}"
)
_DOUBLE_MARKS = (
    '"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}'
    "\N{DOUBLE LOW-9 QUOTATION MARK}\N{DOUBLE HIGH-REVERSED-9 QUOTATION MARK}\N{DOUBLE PRIME}"
    "\N{LEFT-POINTING DOUBLE ANGLE QUOTATION MARK}"
    "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}\N{FULLWIDTH QUOTATION MARK}"
)
_LIGATURES = {
    "\N{LATIN SMALL LIGATURE FF}": "ff",
    "\N{LATIN SMALL LIGATURE FI}": "fi",
    "\N{LATIN SMALL LIGATURE FL}": "fl",
    "\N{LATIN SMALL LIGATURE FFI}": "ffi",
    "\N{LATIN SMALL LIGATURE FFL}": "ffl",
}

_SPACE = rf"[\s{_ZERO_WIDTH}]"
_GAP = rf"[\s{_ZERO_WIDTH}{SOFT_HYPHEN}{re.escape(_DASHES)}]"
_SOFT_LINE_END = re.compile(rf"{SOFT_HYPHEN}[ \t]*(?:\r\n|[\n\f]){_SPACE}*")
_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_INVISIBLE = dict.fromkeys(map(ord, _ZERO_WIDTH + SOFT_HYPHEN))

#: Three or more dots, spaced or not, or the sign itself.
ELLIPSIS = rf"(?:\.{_SPACE}*)?(?:…|\.{_SPACE}*\.{_SPACE}*\.)(?:{_SPACE}*[.…])*"

# What is not already as it will be. A lone plain space is, and so is a plain apostrophe.
_FOLDED = re.compile(
    rf"{_SPACE}*(?P<ellipsis>{ELLIPSIS}){_SPACE}*"
    rf"|(?P<gap>(?!\ (?!{_GAP})){_GAP}+)"
    rf"|(?P<mark>''|``|[{_SINGLE_MARKS[1:]}{_DOUBLE_MARKS}])"
    r"|(?P<accented>[^\W\d_][\u0300-\u036f]+)"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
)

# Joints: a dash between phrases, a hyphen inside a word, a hyphen at the end of a line.
BREAK = "—"
HYPHEN = "-"
LINE_END = SOFT_HYPHEN

# Where a quotation would begin or end (at the line break) inside a word or a number. Whoever cuts
# "non-compliant" to "compliant", "can't" to "can" or "$2.5" to "5" has changed what was said.
_CUT_BEFORE = re.compile(rf"\w[-{_SHORT_DASH}']?\n\w|\d[.,:/—]\n\d|[-{_SHORT_DASH}+$€£¥]\n\d")
_CUT_AFTER = re.compile(rf"\w\n[-{_SHORT_DASH}']?\w|\d\n[.,:/—]\d|\d\n ?%")


class Span(NamedTuple):
    """Where a passage stands in a text, as in ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]


class Folded:
    """A text made ready for searching: it finds other folded texts in itself."""

    def __init__(self, text: str):
        self.text = text
        self._joints: list[int] = []
        self._joint_kinds: list[str] = []
        # Each piece is either as it was, character by character, or stands for what was there.
        self._pieces: list[int] = []
        self._sources: list[Span] = []
        parts: list[str] = []
        length = 0

        def keep(folded: str, source: Span) -> None:
            nonlocal length
            if folded:
                self._pieces.append(length)
                self._sources.append(source)
                parts.append(folded)
                length += len(folded)

        done = 0
        for match in _FOLDED.finditer(text):
            source = Span(*match.span())
            keep(text[done : source.start], Span(done, source.start))
            if match.lastgroup == "gap":
                before, joint, after = _fold_gap(text, source)
                keep(before, source)
                if joint:
                    self._joints.append(length)
                    self._joint_kinds.append(joint)
                keep(after, source)
            else:
                keep(_fold_sign(match), Span(*match.span(match.lastgroup)))
            done = source.end
        keep(text[done:], Span(done, len(text)))
        self._pieces.append(length)
        self.characters = "".join(parts)

    def __len__(self):
        return len(self.characters)

    @property
    def key(self) -> tuple:
        """Return what two texts have in common that differ in presentation alone."""
        return self.characters, tuple(self._joints)

    def original(self, start: int, end: int) -> Span:
        """Return where folded characters came from, without white space around them."""
        first, last = self._source_of(start).start, self._source_of(end - 1).end
        found = self.text[first:last]
        if not found.strip():
            return Span(first, last)
        return Span(last - len(found.lstrip()), first + len(found.rstrip()))

    def find(self, wanted: "Folded") -> Iterator[Span]:
        """Yield where another text stands in this one, as whole words, in spans of the original."""
        if not wanted.characters:
            return
        start = self.characters.find(wanted.characters)
        while start != -1:
            end = start + len(wanted)
            if self._has_joints_of(wanted, start) and not self._cuts(start, end):
                yield self.original(start, end)
            start = self.characters.find(wanted.characters, start + 1)

    def _source_of(self, character: int) -> Span:
        piece = bisect_right(self._pieces, character) - 1
        source = self._sources[piece]
        length = self._pieces[piece + 1] - self._pieces[piece]
        if source.end - source.start != length:
            return source
        start = source.start + character - self._pieces[piece]
        return Span(start, start + 1)

    def _has_joints_of(self, wanted: "Folded", start: int) -> bool:
        here = self._inner_joints(start, start + len(wanted))
        there = wanted._inner_joints(0, len(wanted))
        # A hyphen at the end of a line needs no partner, but may have one.
        return all(
            position in others
            for joints, others in ((here, there), (there, here))
            for position, kind in joints.items()
            if kind != LINE_END
        )

    def _inner_joints(self, start: int, end: int) -> dict[int, str]:
        inner = range(bisect_right(self._joints, start), bisect_left(self._joints, end))
        return {self._joints[i] - start: self._joint_kinds[i] for i in inner}

    def _cuts(self, start: int, end: int) -> bool:
        """Return whether a passage's ends are inside a word or a number."""
        text = self.characters
        return bool(
            _CUT_BEFORE.search(
                text[max(start - 2, 0) : start] + self._glue(start) + "\n" + text[start : start + 1]
            )
            or _CUT_AFTER.search(text[end - 1 : end] + "\n" + self._glue(end) + text[end : end + 2])
        )

    def _glue(self, position: int) -> str:
        """Return what is between two characters: a dash between phrases separates them."""
        i = bisect_left(self._joints, position)
        if i == len(self._joints) or self._joints[i] != position:
            return ""
        return " " if self._joint_kinds[i] == BREAK else "-"


def _fold_sign(match: re.Match) -> str:
    """Return what one sign folds to."""
    sign = match[match.lastgroup]
    match match.lastgroup:
        case "ellipsis":
            return "…"
        case "ligature":
            return _LIGATURES[sign]
        case "accented":
            return unicodedata.normalize("NFC", sign)
    after_digit = match.string[match.start() - 1 : match.start()].isnumeric()
    # Five feet (5') are not five inches (5").
    return '"' if after_digit and sign not in _SINGLE_MARKS else "'"


def _fold_gap(text: str, source: Span) -> tuple[str, str, str]:
    """Return what a run of spaces and dashes folds to: characters, a joint or "", characters."""
    run = source.of(text)
    before = text[source.start - 1 : source.start]
    after = text[source.end : source.end + 1]
    lead, dashes, trail = re.fullmatch(
        r"(\s*)(.*?)(\s*)", run.translate(_INVISIBLE), re.DOTALL
    ).groups()
    in_word = before.isalpha() and after.isalpha()
    if not dashes:
        # A soft hyphen at the end of a line is always the printer's.
        split = in_word and _SOFT_LINE_END.fullmatch(run)
        return " " if lead and not split else "", "", ""
    # Where a text begins or ends with a dash, nobody can tell what was there.
    is_apart = (lead or not before) and (trail or not after)
    lead, trail = lead if before else "", trail if after else ""
    at_line_end = not lead and len(dashes) == 1 and bool(_LINE_BREAK.search(trail))
    if at_line_end:
        trail = ""  # "well-" and "known" on the next line have no space between them
    is_long = len(dashes) > 1 or dashes in _LONG_DASHES or is_apart
    lead, trail = " " if lead else "", " " if trail else ""
    if before.isnumeric() and after.isnumeric():
        return lead + dashes + trail, "", ""
    if before.isnumeric() or after.isnumeric():
        if is_long:
            return "—", "", ""
        return lead + ("-" if dashes in _HYPHENS else _SHORT_DASH) + trail, "", ""
    if is_long:
        return "", BREAK, ""
    if at_line_end and in_word and dashes in _HYPHENS:
        return "", LINE_END, ""
    return lead, HYPHEN, trail
