"""Choosing a passage by its first and last words. Where several fit, all are offered."""

from casefile.folding import Folded, Span
from letters.intake.paragraphs import trimmed
from letters.intake.sentences import Sentences

# The longest passage, in characters: about a page.
LONGEST_PASSAGE = 4000
MOST_OFFERED = 20


def between(text: str, first: str, last: str) -> list[Span]:
    """Return where a text has a passage that begins and ends with some words.

    Quotation marks, dashes and white space may be typed in any form, as in the quotation check.
    From each place where the first words stand it goes to the nearest of the last. Without last
    words the first are the passage.
    """
    folded = Folded(text)
    begins = list(folded.find(Folded(first.strip())))
    if not last.strip():
        return begins[:MOST_OFFERED]
    ends = list(folded.find(Folded(last.strip())))
    found, i = [], 0
    for begin in begins:
        while i < len(ends) and ends[i].start < begin.start:
            i += 1
        at = next((end for end in ends[i:] if end.end >= begin.end), None)
        if at and at.end - begin.start <= LONGEST_PASSAGE:
            found.append(Span(begin.start, at.end))
    return found[:MOST_OFFERED]


def quoted_words(text: Sentences, passage: Span) -> Span:
    """Return the words of a passage that are spoken: without the marks around them, if it has any.

    A passage of several paragraphs, or without marks, is spoken as it is.
    """
    passage = trimmed(text.text, passage)
    for quotation in text.quotations:
        if passage == quotation.marked:
            return quotation.words
    return passage
