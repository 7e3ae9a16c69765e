"""Two migrate on an empty database at once: one does it, and both end well."""

import subprocess

import pytest

from tests.soak.site import Site

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_migrate_on_an_empty_database(tmp_path):
    site = Site(tmp_path / "var")
    try:
        both = [site.command("migrate", stdout=subprocess.PIPE, text=True) for _ in range(2)]
        said = [process.communicate()[0] for process in both]
        [[applied, different]] = site.query(
            "SELECT count(*), count(DISTINCT (app, name)) FROM django_migrations"
        )
    finally:
        site.stop()

    assert [process.returncode for process in both] == [0, 0]
    assert sorted("No migrations to apply" in text for text in said) == [False, True]
    # What squashed others is noted beside them, and not told.
    assert 0 < sum(text.count("Applying ") for text in said) <= applied == different
