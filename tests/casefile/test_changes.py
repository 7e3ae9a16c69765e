import pghistory
import pytest

from casefile.changes import LIMIT, changes_of
from casefile.entries import Status
from tests.factories import (
    EventFactory,
    JurisdictionFactory,
    OfficialFactory,
    PolicyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def shown(record):
    return [
        (change.label, [(f.label, f.before, f.after) for f in change.fields])
        for change in changes_of(record)
    ]


def test_changes_come_newest_first_with_what_was_before():
    official = OfficialFactory(name="J. Sessions", slug="sessions")
    official.name = "Jeff Sessions"
    official.save()

    assert shown(official) == [
        ("Changed", [("name", "J. Sessions", "Jeff Sessions")]),
        ("Added", [("slug", "", "sessions"), ("name", "", "J. Sessions")]),
    ]


def test_choices_lists_and_records_are_shown_by_their_names():
    county = JurisdictionFactory(name="Cook County", kind="county")
    city = JurisdictionFactory(aliases=[])
    city.kind, city.parent, city.aliases = "town", county, ["A", "B"]
    city.save()

    (_, fields), *_ = shown(city)

    assert fields == [
        ("aliases", "", "A; B"),
        ("kind", "City", "Town"),
        ("parent", "", county),
    ]


def test_links_are_changes_of_the_record():
    event = EventFactory(status=Status.DRAFT)
    place = JurisdictionFactory()

    event.jurisdictions.add(place)
    event.jurisdictions.remove(place)

    links = [change for change in shown(event) if change[1][0][0] == "jurisdictions"]
    assert links == [
        ("Changed", [("jurisdictions", place, "")]),
        ("Changed", [("jurisdictions", "", place)]),
    ]


def test_change_names_who_made_it_and_where():
    user = UserFactory()
    with pghistory.context(user=user.pk, url="/admin/"):
        policy = PolicyFactory(status=Status.DRAFT)

    [change] = changes_of(policy)

    assert (change.user, change.url) == (user, "/admin/")


def test_change_by_a_program_names_nobody():
    [change] = changes_of(OfficialFactory())

    assert (change.user, change.url) == (None, "")


def test_long_history_is_cut_at_its_newest():
    official = OfficialFactory()
    for number in range(LIMIT + 5):
        official.note = str(number)
        official.save()

    changes = changes_of(official)

    assert len(changes) == LIMIT
    assert changes[-1].fields[0].before == "4"
