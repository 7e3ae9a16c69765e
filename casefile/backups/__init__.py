"""Backups: the whole database and the uploaded files, as one archive that proves itself whole.

``archive.py`` says what an archive is, ``contents.py`` what a database holds, ``backing_up.py`` and
``restoring.py`` are what the commands ``backup`` and ``restore`` do.
"""


class BackupError(Exception):
    """No backup could be made or restored. The message says why, and what to do."""
