"""The rows of one CSV file, read in a stream and checked for form alone."""

import csv
import re

from casefile.bundle.files import READ_ERRORS

CELL_LIMIT = 1024 * 1024  # characters
LINE_LIMIT = 8 * CELL_LIMIT  # bytes
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
NOT_UTF_8 = "The file must be UTF-8: save it again with that encoding."

# Everything below the space but tab and line feed, and delete.
CONTROL_CHARACTER = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Unreadable(Exception):
    """The rest of a file can't be read. The problem itself has been reported."""


class Lines:
    """The lines of a binary stream as text.

    ``faulty`` is set when a line is reported, ``has_lost_rows`` when a row can't be made out.
    """

    def __init__(self, stream, file, problems):
        self.stream, self.file, self.problems = stream, file, problems
        self.number = 0
        self.bytes = 0
        self.faulty = False
        self.has_lost_rows = False
        self._has_told_line_ends = False

    def __iter__(self):
        while raw := self._read():
            self.number += 1
            self.bytes += len(raw)
            if self.number == 1:
                raw = self._without_mark(raw)
            if len(raw) > LINE_LIMIT:
                self.problems.add(
                    self.file,
                    f"The line is longer than {LINE_LIMIT:,} bytes. The rest was not read.",
                    row=self.number,
                )
                raise Unreadable
            text = self._decoded(raw)
            if CONTROL_CHARACTER.search(text):
                text = self._without_controls(text)
            yield text

    def _read(self):
        try:
            return self.stream.readline(LINE_LIMIT + 1)
        except READ_ERRORS as error:
            advice = f"The file can't be read further: {error}. Make the bundle again."
            self.problems.add(self.file, advice, row=self.number + 1)
            raise Unreadable from error

    def _without_mark(self, raw):
        if raw.startswith(UTF_16_MARKS):
            self.problems.add(self.file, f"The file is UTF-16. {NOT_UTF_8}", row=1)
            raise Unreadable
        if raw.startswith(BYTE_ORDER_MARK):
            self.problems.add(
                self.file,
                "The file begins with a byte order mark: save it as UTF-8 without one.",
                row=1,
            )
            return raw.removeprefix(BYTE_ORDER_MARK)
        return raw

    def _decoded(self, raw):
        try:
            return raw.decode()
        except UnicodeDecodeError as error:
            around = raw[max(error.start - 20, 0) : error.end + 20].decode("latin-1").strip()
            self._tell(f"Byte {raw[error.start]:#04x} is not UTF-8. {NOT_UTF_8}", around)
            return raw.decode(errors="replace")

    def _without_controls(self, text):
        if text.endswith("\r\n"):
            if not self._has_told_line_ends:
                self._has_told_line_ends = True
                self.problems.add(
                    self.file,
                    "Lines end in carriage return and line feed (CRLF): save the file with line"
                    " feeds (LF) alone.",
                    row=self.number,
                )
            text = text[:-2] + "\n"
        if found := CONTROL_CHARACTER.search(text):
            around = text[max(found.start() - 20, 0) : found.end() + 20].strip(" \n")
            self._tell(
                f"Control character U+{ord(found[0]):04X}: a cell holds text, line feeds and tabs"
                " only.",
                around,
            )
            text = CONTROL_CHARACTER.sub(" ", text)
        return text

    def _tell(self, advice, value):
        self.faulty = True
        self.problems.add(self.file, advice, row=self.number, value=value)


def read_rows(lines):
    """Yield (line, cells, is_sound) for each row of `Lines`, the header first.

    ``line`` is where the row begins; a row that isn't sound has been reported.

    Raises:
        Unreadable: the rest can't be read.
    """
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(lines, strict=True)
    width = None
    while True:
        line = lines.number + 1
        lines.faulty = False
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _report_broken_row(lines, line, str(error))
            lines.has_lost_rows = True
            continue
        if width is None:
            width = len(cells)
        elif len(cells) != width:
            lines.problems.add(lines.file, _wrong_width(cells, width), row=line)
            lines.has_lost_rows = True
            continue
        yield line, cells, not lines.faulty


def _report_broken_row(lines, line, error):
    """Report what Python's csv module says of a row; its messages have no codes to go by."""
    if "field limit" in error:
        advice = (
            f"A cell is longer than {CELL_LIMIT:,} characters: shorten it, or close a quotation"
            " mark that stays open. The rest of the file was not read."
        )
        lines.problems.add(lines.file, advice, row=line)
        raise Unreadable
    if "unexpected end" in error:
        advice = "A quotation mark that opens in this row is never closed."
        lines.problems.add(lines.file, advice, row=line)
        raise Unreadable
    lines.problems.add(
        lines.file,
        "A quotation mark inside a quoted cell must be doubled, and a comma must follow the last.",
        row=line,
    )


def _wrong_width(cells, width):
    if not cells:
        return "The line is empty: delete it."
    return (
        f"The row has {len(cells)} cells and the header has {width}: check its commas and"
        " quotation marks."
    )
