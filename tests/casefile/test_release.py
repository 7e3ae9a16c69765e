"""The name of a release changes with its code, and with nothing else."""

from casefile.release import code_digest


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
