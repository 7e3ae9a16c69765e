"""The name of the code that runs, for what is kept by one release and must not serve another."""

import hashlib

PARTS = ("casefile", "jurisdictions", "letters", "templates", "static")


def code_digest(root):
    """Return the SHA-256 of the code, templates and static files below a directory."""
    digest = hashlib.sha256()
    files = (path for part in PARTS for path in (root / part).rglob("*"))
    for path in sorted(files):
        if path.is_file() and "__pycache__" not in path.parts:
            content = path.read_bytes()
            digest.update(f"{path.relative_to(root)} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()
