"""What the README says is so."""

import re
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import resolve

from letters.states import State

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text()


def test_readme_begins_with_the_two_commands():
    commands = re.findall(r"^    (make \w+)", README, re.MULTILINE)

    assert commands[0] == "make demo"
    assert "make test" in commands[:3]


def test_readme_has_a_row_for_each_state_in_the_order_of_the_rule():
    section = README.partition("## Where a letter stands")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == State.values


def test_readme_names_commands_that_exist():
    named = set(re.findall(r"`manage\.py (\w+)", README))

    assert named
    assert named <= set(get_commands())


def test_readme_names_make_targets_that_exist():
    makefile = (ROOT / "Makefile").read_text()

    for target in set(re.findall(r"`make (\w+)", README)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_readme_names_files_that_exist():
    names = re.findall(
        r"`((?:casefile|jurisdictions|letters|templates|tests|static)/[\w./]*)`", README
    )

    assert names
    assert [name for name in names if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("address", sorted(set(re.findall(r"`(/[a-z][\w/.-]*)[`?]", README))))
def test_readme_names_addresses_that_lead_somewhere(address):
    assert resolve(address)


def test_readme_names_no_machine():
    tracked = subprocess.run(
        ["git", "grep", "-lE", r"/(home|root|work)/\w"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    ).stdout.split()

    allowed = {"tests/test_readme.py", "casefile/embedded_postgres.py"}
    assert [name for name in tracked if name not in allowed and not name.startswith("tests/")] == []
