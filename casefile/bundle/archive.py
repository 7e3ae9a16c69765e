"""Archives: a new bundle, a directory or a zip, that is there whole or not at all."""

import os
import zipfile
from contextlib import contextmanager
from pathlib import Path

from casefile.bundle.problems import BundleError
from casefile.workshops import workshop

LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say; equal records, equal bytes
REGULAR_FILE = 0o100600 << 16


class NewDirectory:
    def __init__(self, root):
        self.root = root

    @contextmanager
    def new_file(self, path):
        """Open a binary file for writing, under a relative path."""
        target = self.root / path
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with target.open("xb") as stream:
            yield stream
            _flush_to_disk(stream)


class NewZip:
    def __init__(self, archive):
        self.archive = archive

    @contextmanager
    def new_file(self, path):
        member = zipfile.ZipInfo(path, LONG_AGO)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = REGULAR_FILE
        member.create_system = 3  # Unix, whatever the machine
        # A size isn't known in advance; without this a file of 2 GB would fail at its end.
        with self.archive.open(member, "w", force_zip64=True) as stream:
            yield stream


@contextmanager
def new_zip(stream):
    """Write a zip to a binary stream that can seek; yield what files are added to."""
    with zipfile.ZipFile(stream, "w") as archive:
        yield NewZip(archive)


@contextmanager
def new_archive(path):
    """Make a bundle at a path, a zip if it ends in .zip; yield what files are added to.

    It grows beside the path under a hidden name, readable by its owner alone, and gets its name
    in one step when all is on disk. After an error nothing is left; what a killed process leaves is
    removed by the next one.

    Raises:
        BundleError: the path is taken, or its folder isn't there.
    """
    path = Path(path).absolute()
    if not path.parent.is_dir():
        raise BundleError(f"There is no directory {path.parent}. Make it first.")
    if path.is_file() or (path.is_dir() and (path.suffix == ".zip" or any(path.iterdir()))):
        raise BundleError(f"{path} exists. Name a new path: nothing is ever overwritten.")
    with workshop(path) as folder:
        partial = folder / path.name
        if path.suffix == ".zip":
            with partial.open("xb") as stream:
                with new_zip(stream) as archive:
                    yield archive
                _flush_to_disk(stream)
            os.chmod(partial, 0o600)
        else:
            partial.mkdir(mode=0o700)
            yield NewDirectory(partial)
        partial.rename(path)


def _flush_to_disk(stream):
    stream.flush()
    os.fsync(stream.fileno())
