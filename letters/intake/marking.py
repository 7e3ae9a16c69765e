"""A text with what was found in it marked, as HTML."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from casefile.folding import Span


@dataclass(frozen=True)
class Mark:
    """A stretch of text to mark as something. Where it has an address, it is a link to it."""

    span: Span
    kind: str
    says: str
    address: str = ""


def marked_up(text: str, marks: Iterable[Mark]) -> SafeString:
    """Return a text as HTML with its marks; marks within marks nest.

    All of the text is there, character for character, and nothing else is. A mark that would reach
    over the end of another is cut there, and a link within a link is none.
    """
    parts: list[str] = []
    open_marks: list[tuple[int, str]] = []  # where each ends, and its end tag
    place = 0

    def go_to(end: int) -> None:
        nonlocal place
        # A browser would read a bare carriage return as a line break, and offsets would shift.
        parts.append(escape(text[place:end]).replace("\r", "&#13;"))
        place = end

    def close_up_to(end: int) -> None:
        while open_marks and open_marks[-1][0] <= end:
            ends, tag = open_marks.pop()
            go_to(ends)
            parts.append(tag)

    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end)):
        close_up_to(mark.span.start)
        end = min([mark.span.end, *(ends for ends, _ in open_marks[-1:])])
        if end <= mark.span.start:
            continue
        go_to(mark.span.start)
        is_link = mark.address and all(tag != "</a>" for _, tag in open_marks)
        tag = "a" if is_link else "mark"
        where = format_html(' href="{}"', mark.address) if is_link else ""
        parts.append(
            format_html('<{}{} class="found {}" title="{}">', tag, where, mark.kind, mark.says)
        )
        open_marks.append((end, f"</{tag}>"))
    close_up_to(len(text))
    go_to(len(text))
    return mark_safe("".join(parts))  # noqa: S308  every part is escaped above
