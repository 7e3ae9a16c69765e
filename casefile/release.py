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
    digest = code_digest(root)
    # What was put in place of the code since the start is not what runs, and its name not ours.
    changed = any(os.stat(path).st_ctime > STARTED for path in _paths(root))
    return f"{digest}, before {STARTED}" if changed else digest


def code_digest(root):
    """Return the SHA-256 of the code, templates and static files below a directory."""
    digest = hashlib.sha256()
    for path in sorted(_paths(root)):
        with open(path, "rb") as file:
            content = file.read()
        digest.update(f"{path[len(str(root)) :]} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _paths(root):
    """Yield the files as plain texts, since the first page of each process waits for them."""
    for part in PARTS:
        for folder, folders, files in os.walk(root / part):
            if "__pycache__" in folders:
                folders.remove("__pycache__")
            yield from (os.path.join(folder, file) for file in files)
