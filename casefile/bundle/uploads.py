"""Uploads: bundles that wait, between their preview and their loading, where no reader gets.

They are kept under names of ours: what a browser calls its file is shown and never a path.
"""

import shutil
import time
import uuid
import zipfile
from pathlib import Path

from django.conf import settings

SIZE_LIMIT = 50 * 1024**2  # bytes
KEPT_SECONDS = 24 * 60 * 60


def keep(file, table=None):
    """Keep an uploaded zip, or the CSV of a table as a bundle of its own. Return its token."""
    _drop_old()
    token = uuid.uuid4().hex
    root = _root()
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (root / f"{token}.zip").open("xb") as stream:
        if table is None:
            shutil.copyfileobj(file, stream)
        else:
            with zipfile.ZipFile(stream, "w") as archive, archive.open(table.file, "w") as member:
                shutil.copyfileobj(file, member)
    return token


def path_of(token):
    """Return the path of an upload, None if it isn't there (any more)."""
    path = _root() / f"{uuid.UUID(token).hex}.zip"
    return path if path.exists() else None


def claim(token):
    """Return the path of an upload for the one who loads it, None where another does or did.

    Nobody else finds it from now on, until it is given back.
    """
    claimed = _root() / f"{uuid.UUID(token).hex}.loading.zip"
    try:
        return (_root() / f"{uuid.UUID(token).hex}.zip").rename(claimed)
    except FileNotFoundError:
        return None


def give_back(token):
    """Let an upload be loaded again that was claimed and not loaded."""
    root, name = _root(), uuid.UUID(token).hex
    (root / f"{name}.loading.zip").rename(root / f"{name}.zip")


def drop(token):
    """Remove an upload, if it is there, claimed or not."""
    for suffix in (".zip", ".loading.zip"):
        (_root() / f"{uuid.UUID(token).hex}{suffix}").unlink(missing_ok=True)


def _drop_old():
    """Remove what was uploaded and then forgotten."""
    for path in _root().glob("*.zip"):
        if path.stat().st_mtime < time.time() - KEPT_SECONDS:
            path.unlink(missing_ok=True)


def _root():
    return Path(settings.MEDIA_ROOT) / "imports"
