"""The libraries of the site: pinned, whole, and under licences that leave the site its own."""

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-demo.txt", "requirements-dev.txt"]
PIN = re.compile(r"([a-z0-9-]+)==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+\n")

# Whoever runs the site owes nothing for them but a notice, and for the LGPL and MPL their own
# source, which is theirs to give: the site takes them as they come.
LICENCES = re.compile(r"\b(MIT|BSD|Apache|PSF|OFL|MPL|LGPL|Unlicense)\b")


def pins(lock):
    """Return the text of each pin of a lock, by name."""
    return {pin[1]: pin[0] for pin in PIN.finditer((ROOT / lock).read_text())}


def licence_of(name):
    """Return all that a library says of its licence."""
    said = metadata.metadata(name)
    classifiers = [one for one in said.get_all("Classifier", []) if one.startswith("License")]
    return " ".join([said.get("License-Expression", ""), said.get("License", ""), *classifiers])


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_has_nothing_but_versions_and_their_hashes(lock):
    rest = PIN.sub("", (ROOT / lock).read_text()).splitlines()

    assert [line for line in rest if line and not line.startswith("#")] == []
    assert len(pins(lock)) > 40


def test_larger_locks_have_what_production_has():
    production, demo, dev = map(pins, LOCKS)

    assert production.items() <= demo.items() <= dev.items()


def test_libraries_here_are_those_of_the_lock_and_fit_each_other():
    here = {name: metadata.version(name) for name in pins(LOCKS[-1])}
    checked = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True)

    assert [name for name, pin in pins(LOCKS[-1]).items() if f"=={here[name]} " not in pin] == []
    assert checked.stdout == "No broken requirements found.\n"


def test_licences_leave_the_site_its_own():
    licences = {name: licence_of(name) for name in pins(LOCKS[0])}

    assert {name for name, said in licences.items() if not LICENCES.search(said)} == set()
    assert {name for name, said in licences.items() if re.search(r"\b(A?GPL|SSPL)", said)} == set()
