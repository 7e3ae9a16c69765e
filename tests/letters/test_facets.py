"""How many rows each choice of a list would leave."""

import datetime as dt

import pytest

from jurisdictions.models import Award
from letters import facets
from letters.facets import facets_of
from letters.filters import (
    GrantFilter,
    JurisdictionFilter,
    LetterFilter,
    ListFilter,
    StatementFilter,
)
from letters.models import Letter, Statement
from letters.standing import with_standing
from letters.visibility import public_jurisdictions
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    JurisdictionFactory,
    LetterFactory,
    ResponseFactory,
    RoundFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 1)


def counts(name, rows=None, filter_set=LetterFilter, **query):
    """Return {value: count} of a facet as of DAY, given what is asked."""
    rows = Letter.objects.standing(DAY) if rows is None else rows
    facet = facets_of(filter_set(query, rows, DAY))[name]
    return {choice.value: choice.count for choice in facet.choices}


@pytest.fixture
def letters():
    """Four letters: two overdue in CA, one overdue and one responded in VT."""
    first, second = RoundFactory(slug="first"), RoundFactory(slug="second")
    LetterFactory(jurisdiction__state="CA", round=first)
    LetterFactory(jurisdiction__state="CA", round=second)
    LetterFactory(jurisdiction__state="VT", round=first)
    ResponseFactory(letter=LetterFactory(jurisdiction__state="VT", round=first))
    LetterFactory(jurisdiction__state="TX", round=first, status="draft")


def test_choices_are_those_that_leave_rows_with_how_many(letters):
    assert counts("state") == {"overdue": 3, "responded": 1}
    assert counts("usps") == {"CA": 2, "VT": 2}
    assert counts("round") == {"first": 3, "second": 1}
    assert counts("exposure") == {"no response": 3}
    assert counts("enforcement") == {}


def test_choice_counts_among_what_else_is_asked(letters):
    assert counts("state", usps="VT") == {"overdue": 1, "responded": 1}
    assert counts("usps", state="overdue", round="first") == {"CA": 1, "VT": 1}
    assert counts("usps", usps="VT", state="responded") == {"VT": 1}


def test_chosen_value_stays_a_choice_where_nothing_fits(letters):
    assert counts("state", state="refused", usps="CA") == {"overdue": 2, "refused": 0}
    assert counts("round", round="second", usps="VT") == {"first": 2, "second": 0}


def test_cell_of_two_values_counts_for_both():
    ResponseFactory(kind="refusal", date=dt.date(2018, 2, 26))

    assert counts("exposure") == {"incomplete": 1, "untimely": 1}


def test_jurisdictions_count_once_for_each_state_of_their_letters():
    jurisdiction = JurisdictionFactory(kind="county")
    LetterFactory.create_batch(2, jurisdiction=jurisdiction)
    ResponseFactory(letter=LetterFactory(jurisdiction=jurisdiction))
    rows = with_standing(public_jurisdictions(DAY), DAY)

    assert counts("state", rows, JurisdictionFilter) == {"overdue": 1, "responded": 1}
    assert counts("kind", rows, JurisdictionFilter) == {"county": 1}


def test_awards_without_a_status_count_as_such():
    AwardEventFactory(axis="money", award_status="on_hold")
    AwardFactory(fiscal_year=2016)
    rows = Award.objects.public(DAY).with_status(DAY)

    assert counts("money", rows, GrantFilter) == {"on_hold": 1, "none": 1}
    assert counts("fiscal_year", rows, GrantFilter) == {"2016": 1, "2017": 1}


def awards_of_both_states():
    """Make three awards: two in CA, of which one is on hold, and one in VT without an amount."""
    california = AwardFactory(jurisdiction__state="CA", amount_basis="awarded")
    AwardFactory(jurisdiction__state="CA", fiscal_year=2016, amount_basis="reported")
    AwardFactory(jurisdiction__state="VT", fiscal_year=2016, amount=None, amount_basis="")
    AwardEventFactory(award=california, axis="money", award_status="on_hold")
    AwardFactory(jurisdiction__state="TX", cited=False)
    return Award.objects.standing(DAY)


@pytest.mark.parametrize("limit", [1_000, 0])
def test_kept_sums_tell_the_choices_of_awards_however_many_there_are(limit, monkeypatch):
    monkeypatch.setattr(GrantFilter, "sample_size", limit)
    rows = awards_of_both_states()

    assert counts("usps", rows, GrantFilter) == {"CA": 2, "VT": 1}
    assert counts("fiscal_year", rows, GrantFilter) == {"2016": 2, "2017": 1}
    assert counts("money", rows, GrantFilter) == {"on_hold": 1, "none": 2}
    assert counts("basis", rows, GrantFilter) == {"awarded": 1, "reported": 1}
    assert counts("basis", rows, GrantFilter, usps="CA") == {"awarded": 1, "reported": 1}
    assert counts("basis", rows, GrantFilter, usps="VT") == {}
    assert counts("usps", rows, GrantFilter, usps="VT") == {"CA": 2, "VT": 1}
    assert counts("usps", rows, GrantFilter, basis="reported") == {"CA": 1}
    assert counts("usps", rows, GrantFilter, basis="approximate") == {}


def test_choices_of_awards_are_counted_where_sums_do_not_tell_them(monkeypatch):
    rows = awards_of_both_states()

    assert counts("money", rows, GrantFilter, usps="CA") == {"on_hold": 1, "none": 1}
    assert counts("usps", rows, GrantFilter, money="none", fiscal_year="2016") == {"CA": 1, "VT": 1}
    assert counts("usps", rows, GrantFilter, q="xylophone") == {}
    assert len(counts("jurisdiction", rows, GrantFilter)) == 3

    monkeypatch.setattr(GrantFilter, "sample_size", 2)

    assert counts("jurisdiction", rows, GrantFilter) == {}


@pytest.mark.parametrize(
    ("query", "queries"), [({}, 2), ({"basis": "awarded"}, 2), ({"money": "returned"}, 1)]
)
def test_choices_of_awards_cost_no_rows_where_there_are_none(
    query, queries, django_assert_num_queries
):
    """One query is that of the kept sums, the other finds the jurisdictions of awards."""
    rows = awards_of_both_states()

    with django_assert_num_queries(queries):
        facets_of(GrantFilter(query, rows, DAY))


def test_statement_about_two_jurisdictions_counts_for_each_and_once_for_its_side():
    a, b = JurisdictionFactory(slug="a"), JurisdictionFactory(slug="b")
    StatementFactory().jurisdictions.set([a, b])
    StatementFactory(side="federal").jurisdictions.set([b])
    rows = Statement.objects.public(DAY)

    assert counts("jurisdiction", rows, StatementFilter) == {"a": 1, "b": 2}
    assert counts("side", rows, StatementFilter) == {"federal": 1, "jurisdiction": 1}
    assert counts("side", rows, StatementFilter, jurisdiction="a") == {"jurisdiction": 1}


def test_very_many_rows_are_counted_in_part_and_all_choices_stay(letters, monkeypatch):
    monkeypatch.setattr(ListFilter, "sample_size", 1)

    found = facets_of(LetterFilter({}, Letter.objects.standing(DAY), DAY))

    assert found["state"].at_least
    assert sum(choice.count or 0 for choice in found["state"].choices) == 2
    assert len(found["state"].choices) == 12
    assert [choice.value for choice in found["round"].choices] == ["first", "second"]
    assert found["jurisdiction"].choices == []


def test_of_many_names_the_most_frequent_are_offered(letters, monkeypatch):
    monkeypatch.setattr(facets, "MOST_CHOICES", 1)

    assert counts("round") == {"first": 3}
    assert counts("round", round="second") == {"first": 3, "second": 1}


def test_text_that_nothing_contains_leaves_no_choices(letters):
    assert counts("state", q="xylophone") == {}


def test_days_to_answer_are_counted_in_the_round_that_is_asked(letters):
    assert counts("round", round="second", days="30") == {"second": 0}


def test_what_is_no_choice_leaves_nothing_counted(letters):
    assert set(counts("state", state="secret").values()) == {None}
    assert counts("round", round="none-such") == {"none-such": None}


def test_facets_cost_one_query(letters, django_assert_num_queries):
    filters = LetterFilter({"usps": "VT", "state": "overdue"}, Letter.objects.standing(DAY), DAY)

    with django_assert_num_queries(1):
        facets_of(filters)
