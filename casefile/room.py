"""Room on disk, where uploads, reports and temporary files are written."""

import shutil
from pathlib import Path

from django.conf import settings

NO_ROOM = (
    "There is no room left on the disk to keep this file. Nothing was saved: tell whoever runs the"
    " site, and upload it again later."
)


def existing(path) -> Path:
    """Return a folder, or the nearest one above it that is there already."""
    return next(folder for folder in (Path(path), *Path(path).parents) if folder.exists())


def has_room(path, size: int) -> bool:
    """Return whether so many bytes are free where a path is, or will be."""
    return shutil.disk_usage(existing(path)).free >= size


def has_room_for(upload) -> bool:
    """Return whether an uploaded file can be kept, and some room is left then."""
    return has_room(settings.MEDIA_ROOT, upload.size + settings.UPLOAD_RESERVE_BYTES)
