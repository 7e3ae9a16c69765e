"""The name of the code that runs, for what is kept by one release and must not serve another."""

import hashlib
import os
import time
from functools import cache

from django.conf import settings

PARTS = ("casefile", "jurisdictions", "letters", "templates", "static")
STARTED = time.time()


def release():
    """Return the name of the code that this process runs: RELEASE, or what the code comes to.

    All files are read for it, and only what is kept needs it: a sign of life doesn't wait for it.
    """
    return settings.RELEASE or _running(settings.BASE_DIR)


@cache
def _running(root):
    digest, changed_at = _read(root)
    # What was put in place of the code since the start is not what runs, and its name not ours.
    return f"{digest}, before {STARTED}" if changed_at > STARTED else digest


def code_digest(root):
    """Return the SHA-256 of the code, templates and static files below a directory."""
    return _read(root)[0]


def _read(root):
    """Return the digest of all files, and when one was changed last, in seconds since 1970.

    The first page of each process waits for it.
    """
    digest, changed_at = hashlib.sha256(), 0
    for path in sorted(_paths(root)):
        with open(path, "rb", buffering=0) as file:
            changed_at = max(changed_at, os.fstat(file.fileno()).st_ctime)
            content = file.readall()
        digest.update(f"{path[len(str(root)) :]} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest(), changed_at


def _paths(root):
    """Yield the files, as plain texts, that make a page what it is."""
    for part in PARTS:
        for folder, folders, files in os.walk(root / part):
            if "__pycache__" in folders:
                folders.remove("__pycache__")
            yield from (os.path.join(folder, file) for file in files)
