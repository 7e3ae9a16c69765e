"""The progress bar of commands that read or write the whole record."""

import sys

from tqdm import tqdm


class Progress:
    """A progress bar, on a terminal only."""

    def __init__(self):
        self.bar = tqdm(disable=not sys.stderr.isatty(), unit="B", unit_scale=True)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.bar.close()

    def start(self, total):
        self.bar.reset(total)

    def advance(self, file, count):
        self.bar.set_description(file, refresh=False)
        self.bar.update(count)
