"""Records that the tests of a module share, as many a test makes none of its own."""

from contextlib import contextmanager

import pytest
from django.db import transaction


def once_in_a_module(make):
    """Return a fixture of what ``make()`` returns: made for the first test of a module.

    What a test changes is undone after it, as ever, and the record after the module's last test.
    Not for tests that commit.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), undone():
            yield make()

    return made


@contextmanager
def undone():
    """Undo in the end what is done within."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
