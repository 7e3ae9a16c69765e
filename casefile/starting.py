"""What keeps the site from starting, and what it starts without: each as a sentence.

Whoever serves the site asks, for what they may write is not what another may.
"""

import os
import socket
from collections.abc import Iterator

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.cache import caches

from casefile.health import deep_health
from casefile.room import existing


def hindrances(port: int | None = None) -> Iterator[str]:
    """Yield what has to be mended before the site can start, on a port of the loopback if any."""
    for name in ("MEDIA_ROOT", "REPORT_ROOT"):
        folder = existing(getattr(settings, name))
        if not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
            yield f"{name} can't be written to: see who owns {folder}."
    if isinstance(staticfiles_storage, ManifestFilesMixin) and not staticfiles_storage.hashed_files:
        yield "STATIC_ROOT has no static files. Run manage.py collectstatic."
    if not _pages_are_kept():
        yield "CACHE_URL names a place where no page can be kept."
    if port and _is_taken(port):
        yield f"Port {port} is taken: another program listens there."


def lacks() -> Iterator[str]:
    """Yield what the site can start without, and answers 503 until it is there."""
    health = deep_health()
    if not health["database"]:
        yield "The database of DATABASE_URL gives no answer, or has no tables yet."
    elif not health["migrations"]:
        yield "The database is of an older release. Run manage.py migrate."


def _pages_are_kept():
    try:
        caches["pages"].set("start", "kept", 1)
    except Exception:  # each kind of cache has errors of its own
        return False
    return True


def _is_taken(port):
    """Return whether somebody listens on a port.

    granian shares its port with any server that the same user starts, and the kernel deals requests
    out to both: so a second one, of another release perhaps, would go unnoticed.
    """
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return True
    return False
