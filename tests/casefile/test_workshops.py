"""What grows beside its place leaves nothing there, even if its maker was killed."""

import signal
import subprocess
import sys

from casefile.workshops import workshop
from tests.production import ROOT

KILLED = """
import os, pathlib, sys
from casefile.workshops import workshop
with workshop(pathlib.Path(sys.argv[1])) as folder:
    (folder / "half").touch()
    os.kill(os.getpid(), 9)
"""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_workshop_is_private_and_gone_afterwards(tmp_path):
    with workshop(tmp_path / "record.zip") as folder:
        (folder / "record.zip").write_bytes(b"half")
        mode = folder.stat().st_mode & 0o777

        assert folder.parent == tmp_path
        assert folder.name.startswith(".record.zip.")
    assert mode == 0o700
    assert names(tmp_path) == []


def test_workshop_of_who_was_killed_is_cleared_away_by_the_next_and_no_other(tmp_path):
    (tmp_path / ".record.zip.own").mkdir()
    with workshop(tmp_path / "record.zip") as at_work:
        killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "record.zip"], cwd=ROOT)
        left = names(tmp_path)
        with workshop(tmp_path / "another.zip"):
            pass
        after_another = names(tmp_path)

        with workshop(tmp_path / "record.zip"):
            pass

        assert killed.returncode == -signal.SIGKILL
        assert after_another == left
        assert len(left) == 3
        assert names(tmp_path) == sorted([".record.zip.own", at_work.name])
