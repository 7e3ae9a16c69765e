"""Querysets that are built once for a day are as good as those that are built each time."""

from threading import Thread

import pytest
from django.contrib.auth.models import Group

from casefile.built_querysets import built_once


@pytest.fixture
def built():
    """A list of what was built, in its order."""
    return []


@pytest.fixture
def groups_named(built):
    @built_once(2)
    def groups_named(start):
        built.append(start)
        return Group.objects.filter(name__startswith=start)

    return groups_named


def test_queryset_is_built_once_for_the_same_values(groups_named, built):
    for start in ("a", "b", "a", "b"):
        groups_named(start)

    assert built == ["a", "b"]


def test_no_more_than_so_many_are_kept(groups_named, built):
    for start in ("a", "b", "c", "a"):
        groups_named(start)

    assert built == ["a", "b", "c", "a"]


def test_each_thread_builds_its_own(groups_named, built):
    groups_named("a")
    thread = Thread(target=groups_named, args=["a"])
    thread.start()
    thread.join()

    assert built == ["a", "a"]


@pytest.mark.django_db
def test_rows_that_somebody_has_read_are_read_again_by_others(groups_named):
    assert list(groups_named("a")) == []

    group = Group.objects.create(name="a group")

    assert list(groups_named("a")) == [group]
