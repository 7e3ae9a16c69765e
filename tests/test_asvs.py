"""The table of OWASP ASVS 5.0, level 2, names tests that exist, settings as they are, and all.

`asvs.csv` has a line for each requirement of levels 1 and 2, by its number in
https://github.com/OWASP/ASVS/tree/v5.0.0/5.0, in words of ours.
"""

import ast
import csv
import json
import re
from functools import cache
from pathlib import Path

from tests.production import in_production

TESTS = Path(__file__).resolve().parent
README = (TESTS.parent / "README.md").read_text()
with (TESTS / "asvs.csv").open() as table:
    ROWS = list(csv.DictReader(table))

# How many requirements of levels 1 and 2 a section has: they are numbered first, from 1 on.
# Chapters that don't apply as a whole (9, 10, 17) have one line.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip


def shown_by(kind):
    """Return what the table names of one kind, each once: tests, settings, parts of the README."""
    named = {one for row in ROWS for one in row["shown by"].split("; ") if one}
    return sorted(one for one in named if re.match(kind, one))


@cache
def names_in(module):
    tree = ast.parse((TESTS.parent / module).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_each_requirement_stands_once_in_its_order():
    wanted = [
        f"{section}.{number}" for section, last in SECTIONS.items() for number in range(1, last + 1)
    ]

    assert [row["requirement"] for row in ROWS if row["level"]] == wanted
    assert len(wanted) == 210
    assert [row["requirement"] for row in ROWS if not row["level"]] == ["9", "10", "17"]


def test_each_answer_is_shown_or_explained():
    for row in ROWS:
        name = row["requirement"]
        assert row["answer"] in ("met", "not met", "operator", "does not apply"), name
        assert row["shown by"] or row["answer"] == "does not apply", name
        assert row["note"] or row["answer"] == "met", name


def test_each_named_test_exists():
    named = [one.split("::") for one in shown_by(r"tests/\S+::test_\w+$")]

    assert len(named) > 100
    assert [(module, name) for module, name in named if name not in names_in(module)] == []


def test_each_named_part_of_the_readme_exists():
    named = {one.partition(": ")[2] for one in shown_by("README.md: ")}
    headings = re.findall(r"^(?:## (.+)|\*\*(.+?)\.\*\*)", README, re.MULTILINE)

    assert named
    assert named <= {"".join(heading) for heading in headings}


def test_each_named_setting_is_so_in_production():
    named = dict(one.split("=") for one in shown_by(r"[A-Z_]+(\[0\])?="))
    done = in_production(
        "-c",
        "import json; from django.conf import settings;"
        f"print(json.dumps({{name: str(eval('settings.' + name)) for name in {list(named)}}}))",
    )

    assert json.loads(done.stdout) == named


def test_what_is_shown_is_of_a_kind_that_is_checked():
    kinds = [r"tests/\S+::test_\w+$", "README.md: ", r"[A-Z_]+(\[0\])?="]

    assert sorted(one for kind in kinds for one in shown_by(kind)) == shown_by("")
