"""The texts of a bundle: files under ``texts/`` that a table's cells name."""

import re

from casefile.bundle.cells import CellError
from casefile.bundle.files import READ_ERRORS, TEXTS

TEXT_LIMIT = 50 * 1024**2  # bytes: a book has about one million
PATH = re.compile(re.escape(TEXTS) + r"[^/\\\x00-\x1f]+")


class Texts:
    """Reads one text at a time. ``named`` are the paths that cells have named."""

    def __init__(self, files):
        self.files = files
        self.named = set()

    def read(self, path):
        """Return the text of a file, to the byte; raise CellError if it can't be had."""
        if not PATH.fullmatch(path):
            raise CellError("Write the path of a text in the bundle, such as texts/a-source.txt.")
        size = self.files.sizes.get(path)
        if size is None:
            raise CellError("There is no such file in the bundle: add it, or leave the cell empty.")
        self.named.add(path)
        if size > TEXT_LIMIT:
            raise CellError(f"The text is longer than {TEXT_LIMIT:,} bytes.")
        try:
            with self.files.open(path) as stream:
                text = stream.read().decode()
        except UnicodeDecodeError:
            raise CellError("The text must be UTF-8: save it again with that encoding.") from None
        except READ_ERRORS as error:
            raise CellError(f"The text can't be read: {error}.") from None
        if not text:
            raise CellError("The text is empty: leave the cell empty too.")
        if "\x00" in text:
            raise CellError("The text holds a NUL character: remove it.")
        return text
