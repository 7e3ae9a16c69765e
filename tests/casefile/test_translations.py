"""The Spanish catalogue: complete, faithful to its originals, compiled, and one with the code."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from casefile.field_names import FIELDS, KINDS
from letters.corrections import EVERYTHING
from letters.models import DemandItem, Production

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = Path("es/LC_MESSAGES")
CATALOGUE = ROOT / "casefile" / "locale" / MESSAGES
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-zA-Z]|%%|\{[\w.]*\}|<[^>]+>")
# What isn't shown to readers: whose the entry is, and where it stands in review.
OF_THE_DESK = {"ID", "status", "submitted by", "submitted at", "published by", "published at"}


@pytest.fixture(scope="module")
def entries():
    return polib.pofile(str(CATALOGUE / "django.po"))


def keys(entries):
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries}


def texts(entry):
    """Return the pairs of an original and its translation."""
    if entry.msgid_plural:
        originals = (entry.msgid, entry.msgid_plural)
        return list(zip(originals, entry.msgstr_plural.values(), strict=True))
    return [(entry.msgid, entry.msgstr)]


def test_every_message_is_translated(entries):
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []
    assert [
        original for entry in entries for original, translated in texts(entry) if not translated
    ] == []


def test_translation_has_what_its_original_has_in_it(entries):
    for entry in entries:
        for original, translated in texts(entry):
            assert sorted(PLACEHOLDER.findall(translated)) == sorted(
                PLACEHOLDER.findall(original)
            ), original
            assert translated[:1].isspace() == original[:1].isspace(), original
            assert (translated[-1:] in ".:?") == (original[-1:] in ".:?"), original


def test_compiled_catalogue_is_that_of_the_text(entries):
    compiled = polib.mofile(str(CATALOGUE / "django.mo"))

    def found(entries):
        return {(entry.msgctxt, entry.msgid): texts(entry) for entry in entries}

    assert found(compiled) == found(entries)


@pytest.mark.skipif(not shutil.which("xgettext"), reason="GNU gettext is not installed")
def test_catalogue_has_every_message_of_the_code_and_no_other(
    entries, settings, tmp_path, monkeypatch
):
    settings.LOCALE_PATHS = [tmp_path]
    monkeypatch.chdir(ROOT)
    makefile = (ROOT / "Makefile").read_text()
    ignored = re.search(r"--ignore ,(.*?)\)", makefile, re.DOTALL)[1].replace("\\", "").split()
    # Else what is found in the folder that has the catalogue would go into that.
    ignored.append("locale")

    call_command(
        "makemessages",
        locale=["es"],
        ignore_patterns=ignored,
        extensions=["html,svg,py"],
        verbosity=0,
    )

    assert keys(entries) == keys(polib.pofile(str(tmp_path / MESSAGES / "django.po")))


def test_every_field_and_kind_that_corrections_name_is_in_the_catalogue():
    models = [*EVERYTHING, DemandItem, Production]
    fields = {
        str(field.verbose_name)
        for model in models
        for field in [*model._meta.concrete_fields, *model._meta.many_to_many]
    }

    assert fields - OF_THE_DESK <= {*FIELDS, *KINDS}
    assert {str(model._meta.verbose_name) for model in models} <= {*KINDS}
