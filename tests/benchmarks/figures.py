"""Tables of what was measured, printed and, for the README, kept."""

import os
import platform
from pathlib import Path

import django
from django.db import connection

README = Path(__file__).resolve().parents[2] / "README.md"


def machine():
    """Return what the figures were measured on, in one line."""
    cpu = "a processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.partition(": ")[2].strip()
            break
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        [server] = cursor.fetchone()
    return (
        f"{os.cpu_count()} cores of {cpu}, Python {platform.python_version()},"
        f" Django {django.__version__}, PostgreSQL {server.split()[0]}"
    )


def table(header, rows):
    """Return rows of cells as a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def keep(name, text):
    """Put a text between the README's marks of that name, where FIGURES is set: make figures."""
    if "FIGURES" not in os.environ:
        return
    start, stop = f"<!-- {name} -->\n", f"<!-- end of {name} -->"
    readme = README.read_text()
    before, found, rest = readme.partition(start)
    _, ended, after = rest.partition(stop)
    assert found, f"README.md has no {start!r}."
    assert ended, f"README.md has no {stop!r}."
    README.write_text(f"{before}{start}{text}\n{stop}{after}")
