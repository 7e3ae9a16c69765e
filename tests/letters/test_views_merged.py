"""Old addresses of merged records lead to the survivor, and tell nothing that isn't public."""

import pytest
from django.urls import reverse

from casefile import merging
from casefile.models import Source
from jurisdictions.models import Jurisdiction
from tests.factories import (
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "jurisdiction_detail": JurisdictionFactory,
    "jurisdiction_deadlines": JurisdictionFactory,
    "official_detail": OfficialFactory,
    "source_detail": SourceFactory,
}
every_address = pytest.mark.parametrize(("name", "factory"), ADDRESSES.items(), ids=ADDRESSES)


@pytest.fixture
def ada():
    return UserFactory(group="Administrators")


def merge(survivor, merged, user):
    return merging.merge(survivor, merged, user, "Entered twice")


def address(name, record):
    return reverse(name, args=[record.key if isinstance(record, Source) else record.slug])


def publish_something_about(record, **fields):
    """Make a published letter or statement that rests on a record."""
    if isinstance(record, Source):
        return LetterFactory(cited__source=record, deadline=None, **fields)
    if isinstance(record, Jurisdiction):
        return LetterFactory(jurisdiction=record, deadline=None, **fields)
    return StatementFactory(speaker=record, **fields)


@every_address
def test_old_address_leads_to_the_survivor_in_one_step_until_undone(client, ada, name, factory):
    first, second, third = factory(), factory(), factory()
    publish_something_about(first)
    old = address(name, first)
    merge(second, first, ada)
    outer = merge(third, second, ada)

    answers = [client.get(old), client.head(old), client.get(address(name, second))]
    asked = client.get(old, {"as_of": "2018-02-01"})

    assert {answer.status_code for answer in answers} == {301}
    assert {answer.headers["Location"] for answer in answers} == {address(name, third)}
    assert asked.headers["Location"] == f"{address(name, third)}?as_of=2018-02-01"
    assert asked.headers["Cache-Control"] == "no-cache"
    assert "Vary" not in asked.headers or "Cookie" not in asked.headers["Vary"]
    assert client.get(asked.headers["Location"]).status_code == 200
    if not old.endswith((".ics", ".atom")):
        assert client.get(f"/es{old}").headers["Location"] == f"/es{address(name, third)}"
    merging.undo(outer, ada, "They are two")
    assert client.get(old).headers["Location"] == address(name, second)


@every_address
def test_old_address_is_not_found_where_the_survivor_is_not_public(client, ada, name, factory):
    kept, merged = factory(), factory()
    publish_something_about(merged, status="draft")
    publish_something_about(kept, date="2018-03-01")
    unseen = factory(), factory()
    old = [address(name, merged), address(name, unseen[1])]
    merge(kept, merged, ada)
    merge(*unseen, ada)

    before_it = client.get(old[0], {"as_of": "2018-02-01"})
    drafts_alone = client.get(old[1])
    never = client.get(address(name, factory.build()))

    assert [r.status_code for r in (before_it, drafts_alone, never)] == [404] * 3
    assert client.get(old[0]).status_code == 301


def test_merged_record_is_gone_from_lists_and_search_finds_it_by_its_old_name(client, ada):
    kept, merged = JurisdictionFactory(name="City of Chicago"), JurisdictionFactory(name="Chicgo")
    LetterFactory(jurisdiction=merged)
    merge(kept, merged, ada)

    listed = client.get("/jurisdictions/").content.decode()
    letters = client.get("/letters/", {"q": "Chicgo"}).content.decode()

    assert kept.slug in listed
    assert merged.slug not in listed
    assert kept.slug in letters


def test_correction_says_that_two_records_became_one(client, ada):
    kept, merged = JurisdictionFactory(name="City of Chicago"), JurisdictionFactory(name="Chicgo")
    letter = LetterFactory(jurisdiction=merged)
    merge(kept, merged, ada)

    for page in ("/corrections/", f"/letters/{letter.key}/"):
        shown = client.get(page).content.decode()
        assert "<del>Chicgo</del> became <ins>City of Chicago</ins>" in shown
        assert "Two records of the same thing" in shown
        assert "Entered twice" in shown
        assert "Unconfirmed" not in shown
