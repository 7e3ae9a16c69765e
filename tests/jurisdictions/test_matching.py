"""Names as people write them, and the jurisdictions that they mean."""

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

import letters
from jurisdictions.matching import MOST_CANDIDATES, Name, match, read_names
from tests.factories import JurisdictionFactory
from tests.jurisdictions.release import RELEASE


def jurisdiction(name, state, *aliases, kind="city"):
    return JurisdictionFactory(name=name, state=state, aliases=list(aliases), kind=kind)


def one(text):
    """Return the match of the single name in a text."""
    [found] = match(read_names(text))
    return found


@pytest.mark.parametrize("separator", ["; ", "\n", "\r\n", ", ", ";\n"])
@pytest.mark.django_db
def test_all_names_of_the_release_match_the_founding_record(separator, tmp_path):
    record = Path(letters.__file__).parent / "founding_record"
    shutil.copy(record / "jurisdictions.csv", tmp_path)
    call_command("load_record", str(tmp_path), verbosity=0)

    matches = match(read_names(separator.join(RELEASE)))

    assert [found.jurisdiction.slug for found in matches] == list(RELEASE.values())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" ;, ;\n", []),
        ("Chicago", [Name("Chicago")]),
        ("Chicago, Illinois", [Name("Chicago", "IL")]),
        ("Chicago, IL", [Name("Chicago", "IL")]),
        ("Chicago,  illinois.", [Name("Chicago", "IL")]),
        ("Washington, D.C.", [Name("Washington", "DC")]),
        ("New York, New York", [Name("New York", "NY")]),
        ("State of Oregon, Albany, New York", [Name("State of Oregon"), Name("Albany", "NY")]),
        ("Albany, NY, and Reno, NV", [Name("Albany", "NY"), Name("Reno", "NV")]),
        ("Oregon, and Reno, NV", [Name("Oregon"), Name("Reno", "NV")]),
        ("Albany, N.Y.; Reno", [Name("Albany", "NY"), Name("Reno")]),
        ("Board of Corrections, California", [Name("Board of Corrections", "CA")]),
        ("Town of X, County of Y, Ohio", [Name("Town of X, County of Y", "OH")]),
        ("Reno, Nowhere", [Name("Reno, Nowhere")]),
    ],
)
def test_names_are_read_with_their_states(text, expected):
    assert read_names(text) == expected


@pytest.mark.parametrize(
    "text",
    ["Cañon City, CO", "canon city, Colorado", "CAÑON  CITY, co", "The Grand Canon, Colorado"],
)
@pytest.mark.django_db
def test_name_or_alias_is_sure_whatever_its_accents_case_and_spaces(text):
    meant = jurisdiction("Cañon City", "CO", "The Grand Cañon")

    assert one(text).jurisdiction == meant


@pytest.mark.django_db
def test_alias_may_carry_its_state():
    capital = jurisdiction("District of Columbia", "DC", "Washington, DC", kind="other")

    assert one("Washington, D.C.").jurisdiction == capital
    assert one("District of Columbia").jurisdiction == capital


@pytest.mark.django_db
def test_namesake_in_another_state_is_not_meant():
    jurisdiction("City of Jackson", "MI", "Jackson")

    found = one("Jackson, Mississippi")

    assert (found.jurisdiction, found.candidates) == (None, [])


@pytest.mark.django_db
def test_city_without_its_state_is_asked_for_even_if_no_namesake_is_known():
    only = jurisdiction("City of Jackson", "MS", "Jackson")

    found = one("Jackson")

    assert (found.jurisdiction, found.candidates) == (None, [only])


@pytest.mark.django_db
def test_name_of_a_state_alone_means_the_state_and_never_a_city():
    city = jurisdiction("New York City", "NY", "New York")

    assert one("New York").jurisdiction is None
    assert one("New York, New York").jurisdiction == city

    state = jurisdiction("State of New York", "NY", "New York", kind="state")

    assert one("New York").jurisdiction == state
    assert one("State of New York").jurisdiction == state


@pytest.mark.django_db
def test_two_of_the_same_name_in_a_state_are_asked_for():
    city = jurisdiction("City of Aurora", "IL", "Aurora")
    town = jurisdiction("Town of Aurora", "IL", "Aurora", kind="town")

    found = one("Aurora, Illinois")

    assert found.jurisdiction is None
    assert set(found.candidates) == {city, town}


@pytest.mark.parametrize("text", ["Albny, NY", "Town of Albany, NY", "Albanny, New York"])
@pytest.mark.django_db
def test_what_is_alike_is_asked_for_and_the_likest_comes_first(text):
    albany = jurisdiction("City of Albany", "NY", "Albany")
    jurisdiction("City of Yonkers", "NY", "Yonkers")
    jurisdiction("City of Albany", "OR", "Albany")

    found = one(text)

    assert found.jurisdiction is None
    assert found.candidates[0] == albany
    assert {candidate.state for candidate in found.candidates} == {"NY"}


@pytest.mark.django_db
def test_candidates_are_few():
    for _ in range(MOST_CANDIDATES + 2):
        jurisdiction("City of Albany Park", "NY")

    assert len(one("City of Albany Parc, NY").candidates) == MOST_CANDIDATES


@pytest.mark.django_db
def test_sure_names_take_one_query_together(django_assert_num_queries):
    for number in range(5):
        jurisdiction(f"City {number}", "NY")
    names = read_names("; ".join(f"City {number}, NY" for number in range(5)))

    with django_assert_num_queries(1):
        match(names)
