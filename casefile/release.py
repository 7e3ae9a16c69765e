"""The name of the code that runs, for what is kept by one release and must not serve another."""

import hashlib
import os

PARTS = ("casefile", "jurisdictions", "letters", "templates", "static")


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
    """Yield the files as plain texts, since each start of the site goes through them."""
    for part in PARTS:
        for folder, folders, files in os.walk(root / part):
            if "__pycache__" in folders:
                folders.remove("__pycache__")
            yield from (os.path.join(folder, file) for file in files)
