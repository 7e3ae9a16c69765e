"""The text of a PDF, read in a child process that a hostile file can't get out of."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_BYTES = 25 * 1024**2
MOST_PAGES = 500
WALL_SECONDS = 30
SIGNATURE = b"%PDF-"
PAGE_BREAK = "\f"

_READER = Path(__file__).with_name("pdf_reading.py")


class UnreadablePdf(Exception):
    """A file gives no text. The message says why, in a sentence."""


def pdf_text(file, *, wall_seconds=WALL_SECONDS):
    """Return the text of an open PDF file, its pages parted by form feeds.

    A PDF of scanned pages has no text, and gives none.

    Raises:
        UnreadablePdf: it is no PDF, encrypted, damaged, or takes more than we give it.
    """
    file.seek(0)
    if file.read(len(SIGNATURE)) != SIGNATURE:
        raise UnreadablePdf("This file is no PDF: a PDF begins with the signs %PDF-.")
    if file.seek(0, os.SEEK_END) > MOST_BYTES:
        raise UnreadablePdf(f"This PDF is larger than {MOST_BYTES // 1024**2} MB.")
    file.seek(0)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as text:
        shutil.copyfileobj(file, given)
        given.seek(0)
        _read(given, text, wall_seconds)
        text.seek(0)
        return text.read().decode("utf-8").replace("\x00", "")


def _read(given, text, wall_seconds):
    # Of our environment, with the database's password in it, the child gets nothing.
    command = [sys.executable, "-I", str(_READER), str(MOST_PAGES)]
    try:
        child = subprocess.run(  # noqa: S603  a fixed command; the file comes in as bytes
            command,
            stdin=given,
            stdout=text,
            stderr=subprocess.PIPE,
            env={},
            cwd="/",
            timeout=wall_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise UnreadablePdf(f"This PDF takes longer than {wall_seconds} s to read.") from None
    if child.returncode < 0:
        raise UnreadablePdf("This PDF takes too much time or memory to read.")
    if child.returncode:
        raise UnreadablePdf(_last_line(child.stderr))


def _last_line(stderr):
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "This PDF can't be read."
