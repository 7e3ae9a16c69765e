"""What is wrong with a bundle: every problem, with its place and what would be right."""

from collections import Counter
from dataclasses import dataclass

SHOWN_PER_FILE = 200  # a file that is wrong throughout would fill memory and screen
SHOWN_CHARACTERS = 80


class BundleError(Exception):
    """A bundle that can't be read or written at all. Its text says why and what to do."""


@dataclass(frozen=True)
class Problem:
    """One problem. ``row`` is a line of the file, as an editor numbers it: where the row begins."""

    file: str
    advice: str
    row: int | None = None
    column: str = ""
    value: str | None = None

    def __str__(self):
        place = [self.file]
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column{'s' * (', ' in self.column)} {self.column}")
        if self.value is not None:
            place.append(f"value {shown(self.value)}")
        return f"{', '.join(place)}: {self.advice}"


def shown(value):
    """Return a value in quotation marks, on one line, without what a terminal would act on."""
    printable = "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in value[: SHOWN_CHARACTERS + 1]
    )
    more = len(value) > SHOWN_CHARACTERS
    return f'"{printable[:SHOWN_CHARACTERS]}…"' if more else f'"{printable}"'


class Problems:
    """The problems of a bundle, file by file. Beyond a bound per file they are only counted."""

    def __init__(self):
        self._found = []
        self._per_file = Counter()

    def __len__(self):
        return self._per_file.total()

    def add(self, file, advice, **place):
        self._per_file[file] += 1
        if self._per_file[file] <= SHOWN_PER_FILE:
            self._found.append(Problem(file, advice, **place))

    def count(self, file, more):
        """Count problems of a file that are not worth telling one by one."""
        self._per_file[file] += more

    def room(self, file):
        """Return how many more problems of a file will be told."""
        return max(SHOWN_PER_FILE - self._per_file[file], 0)

    def lines(self, files):
        """Yield the problems as text, in the order of files and rows."""
        order = {file: place for place, file in enumerate(files)}
        place = lambda problem: (order.get(problem.file, -1), problem.file, problem.row or 0)  # noqa: E731
        yield from map(str, sorted(self._found, key=place))
        for file, count in self._per_file.items():
            if count > SHOWN_PER_FILE:
                yield f"{file}: {count - SHOWN_PER_FILE:,} more problems like these."
