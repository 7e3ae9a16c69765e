"""The pages of a list."""

import pytest
from django.contrib.auth.models import Group

from casefile import pagination
from casefile.pagination import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups():
    return Group.objects.bulk_create(Group(name=f"row {n:03}") for n in range(120))


def page(rf, number=None):
    query = {} if number is None else {"page": number}
    return page_of(
        Group.objects.filter(name__startswith="row ").order_by("name"), rf.get("/", query)
    )


def test_first_page_has_fifty_rows(rf, groups):
    first = page(rf)

    assert first.object_list == groups[:50]
    assert (first.paginator.count, first.paginator.is_cut) == (120, False)


def test_last_page_has_the_rest(rf, groups):
    assert page(rf, "3").object_list == groups[100:]


@pytest.mark.parametrize("number", ["4", "1000000", "0", "-1"])
def test_page_that_is_none_is_the_last(rf, groups, number):
    assert page(rf, number).number == 3


@pytest.mark.parametrize("number", ["", "x", "1.5", "9" * 5000])
def test_page_that_is_no_number_is_the_first(rf, groups, number):
    assert page(rf, number).number == 1


def test_list_beyond_the_limit_says_so_and_ends_there(rf, groups, monkeypatch):
    monkeypatch.setattr(pagination, "COUNT_LIMIT", 100)

    last = page(rf, "9")

    assert (last.paginator.count, last.paginator.is_cut) == (100, True)
    assert last.object_list == groups[50:100]


def test_list_whose_length_is_known_is_not_counted(rf, groups, django_assert_num_queries):
    rows = Group.objects.filter(name__startswith="row ").order_by("name")
    with django_assert_num_queries(1):
        last = page_of(rows, rf.get("/", {"page": "9"}), known=lambda: 120, limit=100)

    assert (last.paginator.found, last.paginator.count, last.paginator.is_cut) == (120, 100, True)
    assert last.object_list == groups[50:100]


def test_page_costs_two_queries(rf, groups, django_assert_num_queries):
    with django_assert_num_queries(2):
        page(rf, "2")


def test_rows_without_an_order_have_no_pages(rf, groups):
    with pytest.raises(ValueError, match="need an order"):
        page_of(Group.objects.order_by(), rf.get("/"))
