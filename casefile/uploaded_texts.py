"""Uploaded documents as texts: plain text, HTML, PDF. Told apart by name and by content."""

import hashlib
import re
from collections.abc import Callable
from pathlib import PurePath

from casefile.html_text import html_text
from casefile.pdf_text import UnreadablePdf, pdf_text
from casefile.room import NO_ROOM, has_room_for

LONGEST_TEXT = 2_000_000  # characters
MOST_BYTES = 5 * 1024**2  # of text or HTML
# What no text has: characters that control a machine.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class UnreadableUpload(Exception):
    """A file gives no text. The message says why, in a sentence."""


def uploaded_text(file) -> tuple[str, str]:
    """Return the text of an uploaded file, and a name for the file that is ours alone.

    Raises:
        UnreadableUpload: it is of another kind, damaged, or too large, or there is no room for it.
    """
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in _READERS:
        raise UnreadableUpload("Upload a PDF, an HTML page or a plain text: .pdf, .html or .txt.")
    text = tidy(_READERS[ending](file))
    if not has_room_for(file):
        raise UnreadableUpload(NO_ROOM)
    return text, f"{_sha256(file)}{ending}"


def tidy(text: str) -> str:
    """Return a text as it is stored: line breaks of one kind, no white space around it.

    Raises:
        UnreadableUpload: it isn't text, or too long.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _CONTROL.search(text):
        raise UnreadableUpload("This is not plain text: it has characters that no text has.")
    if len(text) > LONGEST_TEXT:
        raise UnreadableUpload(
            f"This text has more than {LONGEST_TEXT:,} characters. Take in the part that counts."
        )
    return text


def _pdf(file) -> str:
    try:
        return _CONTROL.sub("", pdf_text(file))
    except UnreadablePdf as refusal:
        raise UnreadableUpload(str(refusal)) from refusal


def _html(file) -> str:
    return html_text(_decoded(file))


def _decoded(file) -> str:
    """Return what a text file says. One that isn't UTF-8 is taken for Windows' Western European.

    That is what browsers take a page for that doesn't say what it is.
    """
    if file.size > MOST_BYTES:
        raise UnreadableUpload(f"This file is larger than {MOST_BYTES // 1024**2} MB.")
    file.seek(0)
    content = file.read()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        return text
    raise UnreadableUpload("This file is not plain text in UTF-8.")


_READERS: dict[str, Callable] = {".pdf": _pdf, ".html": _html, ".htm": _html, ".txt": _decoded}


def _sha256(file) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
