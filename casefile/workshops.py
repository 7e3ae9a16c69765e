"""Workshops: hidden folders in which a file or folder grows beside the place where it will stand.

Who is killed leaves a workshop behind, and the next to make something of that name clears it away.
A lock tells whether somebody still works there: the kernel gives it back however its holder ended.
"""

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def workshop(path: Path):
    """Yield a new folder beside a path, open to its owner alone, that is gone afterwards.

    Raises:
        OSError: there can't be one.
    """
    prefix = f".{path.name}.casefile-"
    # One at a time, so that nobody clears away a workshop whose maker has yet to lock it.
    with _open(path.parent) as beside:
        fcntl.flock(beside, fcntl.LOCK_EX)
        _clear_away(path.parent, prefix)
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=path.parent))
        work = os.open(folder, os.O_RDONLY)
        fcntl.flock(work, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
        os.close(work)


def _clear_away(folder, prefix):
    """Remove the workshops in which nobody works any more."""
    for left in folder.iterdir():
        if left.name.startswith(prefix) and left.is_dir():
            with _open(left) as descriptor:
                try:
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                shutil.rmtree(left)


@contextmanager
def _open(folder):
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
