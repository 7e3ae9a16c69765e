"""The name of a release changes with its code, and with nothing else."""

import os
import time

import pytest

from casefile import release as releases
from casefile.release import code_digest, release


@pytest.fixture
def code(tmp_path, settings):
    """The folder of some code that has no name given."""
    settings.RELEASE, settings.BASE_DIR = "", tmp_path
    (tmp_path / "casefile").mkdir()
    (tmp_path / "casefile" / "settings.py").write_text("one")
    return tmp_path


def test_digest_changes_with_code_and_templates_alone(tmp_path):
    for name in ("casefile/settings.py", "templates/base.html", "static/a.css"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("one")
    before = code_digest(tmp_path)

    (tmp_path / "casefile" / "__pycache__").mkdir()
    (tmp_path / "casefile" / "__pycache__" / "settings.pyc").write_text("made")
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "file").write_text("made")
    same = code_digest(tmp_path)
    (tmp_path / "templates" / "base.html").write_text("two")
    edited = code_digest(tmp_path)
    (tmp_path / "templates" / "base.html").rename(tmp_path / "templates" / "page.html")

    assert same == before
    assert len({before, edited, code_digest(tmp_path)}) == 3


def test_release_is_what_the_code_comes_to_unless_it_is_given_a_name(code, settings, monkeypatch):
    monkeypatch.setattr(releases, "STARTED", time.time() + 1)

    assert release() == code_digest(code)

    settings.RELEASE = "first"
    assert release() == "first"


def test_process_does_not_name_its_code_by_what_was_put_in_its_place(code, monkeypatch):
    monkeypatch.setattr(releases, "STARTED", time.time() - 1)
    (code / "casefile" / "settings.py").write_text("two")
    os.utime(code / "casefile" / "settings.py", (0, 0))  # as who unpacks an archive may set it

    assert release() != code_digest(code)
    assert release() == release()
