"""The paragraphs of a text, whatever it was: typed, pasted, a page, or the print of a PDF."""

import re
from collections.abc import Iterator

from casefile.folding import Span

# A line longer than this was not broken by a printer: it is a paragraph by itself.
LONGEST_PRINTED_LINE = 120

_EMPTY_LINE = re.compile(r"\n[^\S\n\f]*(?:\r?\n[^\S\n\f]*)+")
# A page ends a paragraph where it ends a sentence.
_PAGE_END = re.compile(r"(?<=[.?!:])[\"'”’»)\]]*\s*(\f)")
_LINE_END = re.compile(r"\r?\n|\r")


def paragraphs(text: str) -> list[Span]:
    """Return where the paragraphs of a text stand, without the white space around them."""
    ends = sorted(
        [match.span() for match in _EMPTY_LINE.finditer(text)]
        + [match.span(1) for match in _PAGE_END.finditer(text)]
    )
    found = []
    for block in _between(ends, Span(0, len(text))):
        lines = list(_lines(text, block))
        wrapped = max(map(len, (line.of(text) for line in lines))) <= LONGEST_PRINTED_LINE
        found += [block] if wrapped else lines
    return [part for part in (trimmed(text, span) for span in found) if part.start < part.end]


def trimmed(text: str, span: Span, extra: str = "") -> Span:
    """Return a span without white space at its ends, and without some other signs at its end."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    end = span.start + len(words)
    while end > start and (text[end - 1].isspace() or text[end - 1] in extra):
        end -= 1
    return Span(min(start, end), end)


def _lines(text: str, block: Span) -> Iterator[Span]:
    ends = [match.span() for match in _LINE_END.finditer(text, *block)]
    return _between(ends, block)


def _between(separators: list[tuple[int, int]], whole: Span) -> Iterator[Span]:
    start = whole.start
    for separator_start, separator_end in separators:
        if separator_start >= start:
            yield Span(start, separator_start)
            start = separator_end
    yield Span(start, whole.end)
