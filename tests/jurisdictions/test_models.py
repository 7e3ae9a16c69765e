"""Rules of jurisdictions, designations, policies and awards, kept by the database."""

import datetime as dt

import pytest

from casefile.entries import Status
from casefile.refusals import Refusal, refusals
from jurisdictions.models import Jurisdiction
from tests.constraints import assert_refused
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    DesignationFactory,
    JurisdictionFactory,
    PolicyFactory,
)

pytestmark = pytest.mark.django_db

PARENTS = (
    "a parent must be in the same state and larger (state, then county or consolidated, then city"
    " or town)."
)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"kind": "village"},
            "Kind must be one of state, county, city, consolidated, town, other.",
        ),
        ({"state": "ZZ"}, "State must be a two-letter USPS code, such as CA."),
        ({"state": "il"}, "State must be a two-letter USPS code, such as CA."),
        ({"geoid": "17-031"}, "GEOID must have 2, 5 or 7 digits."),
        ({"geoid": "170"}, "GEOID must have 2, 5 or 7 digits."),
        ({"geoid": "0653000"}, "GEOID must begin with the FIPS code of its state."),
        (
            {"website": "chicago.gov"},
            "Website must begin with http:// or https:// and a host in plain letters, without a"
            " user name.",
        ),
    ],
)
def test_jurisdiction_refuses(fields, sentence):
    assert_refused(JurisdictionFactory(), sentence, **fields)


@pytest.mark.parametrize("geoid", ["", "17", "17031", "1714000"])
def test_jurisdiction_takes_geoids_of_its_state(geoid):
    JurisdictionFactory(state="IL", geoid=geoid).full_clean()


def test_slugs_are_unique():
    JurisdictionFactory(slug="chicago-il")

    assert_refused(
        JurisdictionFactory(), "Jurisdiction with this Slug already exists.", slug="chicago-il"
    )


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        (("state", "IL"), ("county", "IL")),
        (("state", "IL"), ("city", "IL")),
        (("county", "IL"), ("town", "IL")),
        (("consolidated", "IL"), ("city", "IL")),
        (("city", "IL"), ("other", "IL")),
    ],
)
def test_parent_contains_what_is_smaller_in_its_state(parent, child):
    large = JurisdictionFactory(kind=parent[0], state=parent[1])
    small = JurisdictionFactory(kind=child[0], state=child[1], parent=large)

    assert small.parent == large


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        (("state", "WI"), ("county", "IL")),
        (("city", "IL"), ("county", "IL")),
        (("county", "IL"), ("county", "IL")),
        (("county", "IL"), ("consolidated", "IL")),
        (("state", "IL"), ("state", "IL")),
    ],
)
def test_parent_must_be_larger_and_in_the_same_state(parent, child):
    large = JurisdictionFactory(name="Large", kind=parent[0], state=parent[1])

    with pytest.raises(Refusal) as refused, refusals():
        JurisdictionFactory(name="Small", kind=child[0], state=child[1], parent=large)

    assert str(refused.value) == f"Large can't be the parent of Small: {PARENTS}"


def test_parent_cannot_become_too_small_for_its_children():
    county = JurisdictionFactory(name="Cook County", kind="county")
    JurisdictionFactory(name="Chicago", kind="city", parent=county)

    with pytest.raises(Refusal) as refused, refusals():
        Jurisdiction.objects.filter(pk=county.pk).update(kind="city")

    assert str(refused.value) == f"Cook County can't be the parent of Chicago: {PARENTS}"


def test_nothing_is_its_own_parent():
    county = JurisdictionFactory(kind="county")

    with pytest.raises(Refusal), refusals():
        Jurisdiction.objects.filter(pk=county.pk).update(parent=county)


def test_designation_is_not_removed_before_it_was_made():
    designation = DesignationFactory(status=Status.DRAFT)

    assert_refused(designation, "Removed on can't be before date.", removed_on=dt.date(2018, 1, 23))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"kind": "rule"},
            "Kind must be one of constitution, statute, ordinance, resolution, executive_order,"
            " agency_policy.",
        ),
        ({"repealed_on": dt.date(2018, 1, 23)}, "Repealed on can't be before date."),
    ],
)
def test_policy_refuses(fields, sentence):
    assert_refused(PolicyFactory(status=Status.DRAFT), sentence, **fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"amount": -1}, "Amount can't be negative."),
        (
            {"amount_basis": ""},
            "Amount basis must say what the amount is: awarded, allocated, reported, approximate.",
        ),
        (
            {"amount": None, "amount_basis": "guess"},
            "Amount basis must say what the amount is: awarded, allocated, reported, approximate.",
        ),
        (
            {"fiscal_year": 2004},
            "Fiscal year must be between 2005, when Byrne JAG began, and 2100.",
        ),
    ],
)
def test_award_refuses(fields, sentence):
    assert_refused(AwardFactory(), sentence, **fields)


def test_award_keys_are_unique():
    AwardFactory(key="jag")

    assert_refused(AwardFactory(), "Award with this Key already exists.", key="jag")


@pytest.mark.parametrize(
    "fields", [{"axis": "award"}, {"axis": "mood"}, {"award_status": "conditions_enjoined"}]
)
def test_award_status_is_one_of_its_axis(fields):
    event = AwardEventFactory(status=Status.DRAFT, axis="money", award_status="on_hold")

    assert_refused(
        event,
        "Award status must be one of its axis:"
        " award: allocated, applied, awarded, accepted, declined, closed;"
        " money: available, on_hold, drawn_down, deobligated, returned;"
        " dispute: conditions_in_force, conditions_enjoined, conditions_not_enforced, cleared,"
        " clawback_sought.",
        **fields,
    )
