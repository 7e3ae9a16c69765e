"""The cache in memory holds no more than its bytes."""

import pytest

from casefile.bounded_memory import BoundedMemoryCache


@pytest.fixture
def cache():
    params = {"OPTIONS": {"MAX_BYTES": 1000, "MAX_ENTRIES": 10}}
    kept = BoundedMemoryCache("bounded", params)
    kept.clear()
    return kept


def test_what_was_asked_for_longest_ago_goes_first(cache):
    for name in "abc":
        cache.set(name, bytes(300))
    cache.get("a")

    cache.set("d", bytes(300))

    assert cache.get_many("abcd").keys() == {"a", "c", "d"}


def test_value_larger_than_the_bound_is_not_kept(cache):
    cache.set("a", bytes(300))

    cache.set("b", bytes(1001))

    assert cache.get("b") is None


def test_number_of_values_is_bounded_as_well(cache):
    for number in range(50):
        cache.set(str(number), b"")

    assert sum(str(number) in cache for number in range(50)) <= 10
