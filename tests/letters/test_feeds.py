"""The Atom feeds: valid whatever the texts hold, with publications and corrections, no drafts."""

import datetime as dt

import feedparser
import pghistory
import pytest

from letters.models import Letter
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    EventFactory,
    JurisdictionFactory,
    LetterFactory,
    PolicyFactory,
    ResponseFactory,
    RoundFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

# What no XML can hold, what ends an element, and what lies beyond the first plane.
NASTY = "a\x0b\x0c\x01\ufffe\uffff]]><b onload='x'>&amp; é \U0001f600"
ATOM = "application/atom+xml; charset=utf-8"


def read(client, address, **query):
    response = client.get(address, query)
    assert (response.status_code, response["Content-Type"]) == (200, ATOM)
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def published(day):
    return dt.datetime(2018, 2, day, 12, tzinfo=dt.UTC)


def correct(record, **values):
    with pghistory.context(reason="A typing error"):
        type(record).objects.filter(pk=record.pk).update(**values)


def test_feed_is_valid_atom_whatever_the_texts_hold(client):
    jurisdiction = JurisdictionFactory(slug="nasty", name=NASTY)
    round = RoundFactory(slug="nasty", title=NASTY)
    letter = LetterFactory(jurisdiction=jurisdiction, round=round, signed_by=NASTY)
    ResponseFactory(letter=letter, summary=NASTY, cited__pin=NASTY, cited__source__title=NASTY)
    StatementFactory(text=NASTY, speaker__name=NASTY, in_reply_to_round=round)
    policy = PolicyFactory(jurisdiction=jurisdiction, title="Plan")
    correct(policy, title=NASTY)

    for address in (
        "/feed.atom",
        "/jurisdictions/nasty/feed.atom",
        "/rounds/nasty/feed.atom",
        "/corrections/feed.atom",
    ):
        found = read(client, address)

        assert found.feed.title
        assert found.feed.author == "Casefile"
        assert found.feed.id.startswith("tag:localhost,2017:feeds/")
        assert [one.href for one in found.feed.links if one.rel == "self"] == [
            f"http://testserver{address}"
        ]
        assert found.entries
        assert len({entry.id for entry in found.entries}) == len(found.entries)
        for entry in found.entries:
            assert entry.link.startswith("http://testserver/")
            assert entry.title
            assert "onload" not in entry.summary or "&lt;b onload" in entry.summary


def test_newest_publication_or_correction_comes_first_and_dates_the_feed(client):
    LetterFactory(key="older", published_at=published(3))
    policy = PolicyFactory(key="policy", title="Plan", published_at=published(2))
    EventFactory(key="newer", published_at=published(5))
    correct(policy, title="City of Refuge")

    found = read(client, "/feed.atom")

    assert [entry.id.rpartition(":")[2].split("/")[0] for entry in found.entries] == [
        "corrections",
        "events",
        "letters",
        "policies",
    ]
    assert found.entries[1].id == "tag:localhost,2017:events/newer"
    assert found.entries[1].updated == "2018-02-05T12:00:00+00:00"
    assert found.entries[0].title == "Corrected: policy policy"
    assert "City of Refuge" in found.entries[0].summary
    assert found.feed.updated == found.entries[0].updated


def test_feed_of_a_jurisdiction_or_round_has_what_concerns_it(client):
    letter = LetterFactory(key="mine", jurisdiction__slug="here", round__slug="this")
    ResponseFactory(key="answer", letter=letter)
    StatementFactory(key="reply", in_reply_to_letter=letter)
    award = AwardFactory(key="award", jurisdiction=letter.jurisdiction, amount=1)
    AwardEventFactory(key="frozen", award=award)
    LetterFactory(key="other")
    correct(award, amount=2)
    correct(Letter.objects.get(key="other"), reference="A-1")

    here = read(client, "/jurisdictions/here/feed.atom")
    this = read(client, "/rounds/this/feed.atom")

    keys = [entry.id.rpartition("/")[2] for entry in here.entries]
    assert set(keys[1:]) == {"mine", "answer", "reply", "frozen"}
    assert here.entries[0].title == "Corrected: award award"
    assert {entry.id.rpartition("/")[2] for entry in this.entries} == {"mine", "answer", "reply"}
    assert len(read(client, "/feed.atom").entries) == 7


def test_retraction_is_told_by_key_alone(client):
    letter = LetterFactory(key="kept", jurisdiction__slug="here")
    response = ResponseFactory(key="taken-back", letter=letter, summary="Marker")
    response.status = "retracted"
    response.save()

    found = read(client, "/jurisdictions/here/feed.atom")

    assert found.entries[0].title == "Retracted: response taken-back"
    assert b"Marker" not in client.get("/jurisdictions/here/feed.atom").content


def test_draft_is_in_no_feed(client):
    LetterFactory(key="a-draft", status="draft", jurisdiction__slug="draft", round__slug="draft")

    assert read(client, "/feed.atom").entries == []
    assert client.get("/jurisdictions/draft/feed.atom").status_code == 404
    assert client.get("/rounds/draft/feed.atom").status_code == 404


def test_feed_has_no_more_than_the_newest_fifty_at_a_set_cost(
    client, django_assert_max_num_queries
):
    for number in range(52):
        EventFactory(key=f"event-{number:02}", published_at=published(1 + number // 4))
    for number in range(3):
        correct(PolicyFactory(title="Plan", published_at=published(1)), title=f"Plan {number}")
    client.get("/feed.atom")

    with django_assert_max_num_queries(10):
        found = read(client, "/feed.atom")

    assert len(found.entries) == 50
    assert found.entries[3].id.endswith("events/event-51")


def test_feed_is_sent_anew_only_once_readers_see_a_change(client, settings):
    settings.KEEP_PAGES = True
    LetterFactory()
    first = client.get("/feed.atom")
    LetterFactory(status="draft")

    again = client.get("/feed.atom", headers={"If-None-Match": first["ETag"]})
    LetterFactory()
    changed = client.get("/feed.atom", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, changed["ETag"] != first["ETag"]) == (200, True)
    assert changed["Access-Control-Allow-Origin"] == "*"


def test_pages_name_their_feeds(client):
    letter = LetterFactory(jurisdiction__slug="here", round__slug="this")

    page = client.get("/jurisdictions/here/").content.decode()

    assert 'type="application/atom+xml" title="Casefile" href="/feed.atom"' in page
    assert 'href="/jurisdictions/here/feed.atom"' in page
    assert 'href="/rounds/this/feed.atom"' in client.get("/rounds/this/").content.decode()
    assert 'href="/feed.atom"' in client.get(letter.get_absolute_url()).content.decode()
