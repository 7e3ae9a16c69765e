"""Sentences of a text, and how to tell a reader in which one a passage stands."""

import re
from bisect import bisect_right
from functools import cached_property

from casefile.folding import Span
from casefile.pdf_text import PAGE_BREAK
from letters.intake.paragraphs import paragraphs, trimmed
from letters.intake.quoted import Quotation, quotations

_CLOSING = "\"'”’»)]"
# Another sentence begins with a quotation, whose words are hidden, or with no small letter.
_END = re.compile(rf"[.?!…]+[{re.escape(_CLOSING)}]*(?=\s+(?:[\"“„«`]|['‘(\[]*[^\Wa-z_])|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Reps|Sens|Gen|Lt|Sgt|Capt|Col|Hon|Rev|Prof|St|Jr|Sr|No|Nos|vs?"
    r"|Inc|Corp|Co|Dept|Assn|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ave|Blvd|Ill|Calif|Mass"
    r"|Conn|Wash|Ore|Colo|Fla|Pa|e\.g|i\.e|Supp|Stat|art|sec|cf)|\b[A-Z])\.$"
)
# How much before a full stop tells whether it ends a sentence.
_LOOK_BACK = 12
HIDDEN = "x"
# After a question or exclamation the sentence goes on with who asked or exclaimed.
_GOES_ON = re.compile(r"\s*(?:[\w.’'-]+[\s,]+){0,7}?(?:said|asked|says|added|wrote|replied)\b")


class Sentences:
    """A text in paragraphs and sentences, with its quotations.

    ``hidden`` is the text with the words of all outermost quotations hidden, place by place: what
    the writer says, as against those who are quoted.
    """

    def __init__(self, text: str):
        self.text = text
        self.paragraphs = paragraphs(text)
        self.quotations = quotations(text)
        self.hidden = hide(text, [q for q in self.quotations if not q.inside])

    @cached_property
    def spans(self) -> list[Span]:
        """Return where the sentences stand, in order. None reaches over a paragraph's end."""
        return [span for block in self.paragraphs for span in _sentences(self.hidden, block)]

    @cached_property
    def _paragraph_starts(self):
        return [block.start for block in self.paragraphs]

    @cached_property
    def _sentence_starts(self):
        return [span.start for span in self.spans]

    def paragraph_number(self, place: int) -> int:
        """Return which paragraph a place in the text is in, from 1."""
        return max(bisect_right(self._paragraph_starts, place), 1)

    def sentence_number(self, place: int) -> int:
        """Return which sentence of the text a place is in, from 1."""
        return max(bisect_right(self._sentence_starts, place), 1)

    def sentences_of(self, span: Span) -> list[Span]:
        """Return the sentences that a span is in or reaches into."""
        first, last = self.sentence_number(span.start), self.sentence_number(max(*span) - 1)
        return self.spans[first - 1 : last]

    def whole(self, span: Span) -> Span:
        """Return a span widened to whole sentences, if there are any."""
        around = self.sentences_of(span)
        if not around:
            return span
        return Span(min(span.start, around[0].start), max(span.end, around[-1].end))

    def pin(self, span: Span) -> str:
        """Return where a passage stands: ``page 2, paragraph 5, sentences 1-2``.

        The text must have words.
        """
        first, last = self.paragraph_number(span.start), self.paragraph_number(max(*span) - 1)
        pages = self.text.count(PAGE_BREAK)
        page = f"page {self.text.count(PAGE_BREAK, 0, span.start) + 1}, " if pages else ""
        if first != last:
            return f"{page}paragraphs {first}-{last}"
        before = bisect_right(self._sentence_starts, self._paragraph_starts[first - 1] - 1)
        one = self.sentence_number(span.start) - before
        other = self.sentence_number(max(*span) - 1) - before
        which = f"sentence {one}" if one == other else f"sentences {one}-{other}"
        return f"{page}paragraph {first}, {which}"


def hide(text: str, quoted: list[Quotation]) -> str:
    """Return a text of the same length in which some quotations say nothing.

    The full stop of a quotation that ends its sentence stays.
    """
    parts, done = [], 0
    for quotation in quoted:
        start, end = quotation.words
        if start < done:
            continue
        last = text[start:end][-1:]
        ends = last == "." or (last in "?!" and not _GOES_ON.match(text, quotation.marked.end))
        parts += [text[done:start], HIDDEN * (end - start - ends), last if ends else ""]
        done = end
    return "".join([*parts, text[done:]])


def _sentences(hidden: str, block: Span):
    start = block.start
    for match in _END.finditer(hidden, *block):
        before = hidden[max(match.start() - _LOOK_BACK, start) : match.start() + 1]
        if _ABBREVIATION.search(before) and match.end() < block.end:
            continue
        yield trimmed(hidden, Span(start, match.end()))
        start = match.end()
    if (rest := trimmed(hidden, Span(start, block.end))).start < rest.end:
        yield rest
