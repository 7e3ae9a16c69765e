"""The search finds what is published, and nothing else, whatever is typed."""

import datetime as dt
import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils.html import escape

from letters.models import Letter
from letters.search import entries
from letters.search.kinds import ENTRIES, NAMES
from tests.addresses import make_record
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    DesignationFactory,
    EnforcementStepFactory,
    EventFactory,
    ExtensionFactory,
    HoldFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    PolicyFactory,
    ProceedingFactory,
    ResponseFactory,
    RoundFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

# Each makes a published entry in whose texts a word stands.
WITH_A_WORD = {
    "letters": lambda word, **fields: LetterFactory(addressee=word, deadline=None, **fields),
    "extensions": lambda word, **fields: ExtensionFactory(note=word, **fields),
    "holds": lambda word, **fields: HoldFactory(summary=word, **fields),
    "responses": lambda word, **fields: ResponseFactory(summary=word, **fields),
    "enforcement": lambda word, **fields: EnforcementStepFactory(summary=word, **fields),
    "designations": lambda word, **fields: DesignationFactory(summary=word, **fields),
    "policies": lambda word, **fields: PolicyFactory(title=word, **fields),
    "award_events": lambda word, **fields: AwardEventFactory(note=word, **fields),
    "proceedings": lambda word, **fields: ProceedingFactory(caption=word, **fields),
    "rulings": lambda word, **fields: RulingFactory(outcome=word, **fields),
    "events": lambda word, **fields: EventFactory(title=word, **fields),
    "statements": lambda word, **fields: StatementFactory(text=word, **fields),
}
every_kind = pytest.mark.parametrize("kind", WITH_A_WORD)


@pytest.fixture
def search(client):
    """Return a function that gets the search page for what is typed and chosen."""

    def get(text, **asked):
        return client.get("/search/", {"q": text, **asked})

    return get


def found(response):
    """Return (kind, key) of the names and entries that a page shows, in their order."""
    page = response.context["found"]
    if page.problem:
        return []
    return [(hit.document.kind, hit.document.key) for hit in [*page.names, *page.page.object_list]]


def test_every_kind_of_entry_has_a_case():
    assert {*WITH_A_WORD, "awards"} == set(ENTRIES)


@every_kind
def test_published_entry_is_found_from_its_day_on_and_its_link_leads_to_it(client, search, kind):
    entry = WITH_A_WORD[kind]("zanzibar", date=dt.date(2018, 3, 5))

    before = search("zanzibar", as_of="2018-03-04")
    after = search("Zanzibars", as_of="2018-03-05", kind=kind, year=2018)

    assert found(before) == []
    assert found(after) == [(kind, entry.key)]
    page = after.content.decode()
    assert "<mark>zanzibar</mark>" in page
    assert "5 March 2018" in page
    address = after.context["found"].page.object_list[0].get_absolute_url()
    path, _, anchor = address.partition("#")
    there = client.get(path)
    assert there.status_code == 200
    assert f'id="{anchor}"' in there.content.decode() or not anchor


@every_kind
@pytest.mark.parametrize("status", ["draft", "in_review", "retracted"])
def test_entry_that_is_not_published_is_never_found(search, kind, status):
    WITH_A_WORD[kind]("zanzibar", status=status)

    page = search("zanzibar")

    assert found(page) == []
    assert page.context["found"].counts == []


def test_what_belongs_to_a_draft_is_never_found(search):
    ResponseFactory(letter__status="draft", summary="zanzibar")
    RulingFactory(proceeding__status="draft", outcome="zanzibar")
    AwardEventFactory(award=AwardFactory(cited=False, note="zanzibar"), note="zanzibar")

    assert found(search("zanzibar")) == []


def test_award_is_found_once_it_is_cited_from_its_fiscal_year_on(search):
    award = AwardFactory(note="zanzibar", fiscal_year=2017)
    AwardFactory(note="zanzibar", cited=False)

    assert found(search("zanzibar", as_of="2016-09-30")) == []
    assert found(search("zanzibar", as_of="2016-10-01")) == [("awards", award.key)]


def test_names_are_found_once_something_public_rests_on_them(search):
    hidden = [
        JurisdictionFactory(name="Zanzibar Hidden"),
        OfficialFactory(name="Zanzibar Hidden"),
        RoundFactory(title="Zanzibar Hidden"),
        SourceFactory(title="Zanzibar Hidden"),
    ]
    draft = LetterFactory(
        status="draft", jurisdiction=hidden[0], round=hidden[2], cited__source=hidden[3]
    )
    letter = LetterFactory(
        jurisdiction__name="Zanzibar",
        round__title="Demand to Zanzibar",
        cited__source__title="Zanzibar answers",
    )
    statement = StatementFactory(speaker__name="Jordan Zanzibar")

    names = [hit for hit in found(search("zanzibar")) if hit[0] in NAMES]
    misspelt = search("Zanzibra")

    assert names == [
        ("jurisdictions", letter.jurisdiction.slug),
        ("officials", statement.speaker.slug),
        ("rounds", letter.round.slug),
        ("sources", letter.citations.get().source.key),
    ]
    assert "Hidden" not in misspelt.content.decode()
    assert draft.key not in misspelt.content.decode()


def test_private_text_of_a_source_is_never_searched(search):
    source = SourceFactory(title="Scan", text="zanzibar", note="")
    LetterFactory(cited__source=source)

    assert found(search("zanzibar")) == []
    assert found(search("scan", kind="sources")) == [("sources", source.key)]


def test_accents_and_case_do_not_matter_in_either_direction(search):
    letter = LetterFactory(jurisdiction__name="City of San José", jurisdiction__aliases=["Añasco"])

    for text in ("san jose", "SAN JOSÉ", "anasco", "añasco"):
        assert ("letters", letter.key) in found(search(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Chcago", "chicago"),
        ("Filadelfia", "philadelphia"),
        ("Chcago funds", "chicago funds"),
        ("Hancok", "hancock"),
        ("nwe york", None),
    ],
)
def test_misspelt_name_is_offered_as_it_is_written(search, typed, meant):
    for name in ("City of Chicago", "City of Philadelphia", "State of Oregon"):
        LetterFactory(jurisdiction__name=name)
    StatementFactory(speaker__name="Michael Hancock")

    page = search(typed, as_of="2018-06-30")

    suggestions = page.context["found"].suggestions
    assert suggestions == ([meant] if meant else [])
    if meant:
        assert page.context["found"].names
        link = re.search(r'Did you mean\s*<a href="([^"]*)"', page.content.decode())[1]
        assert link == f"/search/?as_of=2018-06-30&amp;q={meant.replace(' ', '+')}"


def test_operators_of_a_web_search_are_understood(search):
    both = EventFactory(title="Alpha and beta")
    apart = EventFactory(title="Beta, then gamma, then alpha")
    alpha = EventFactory(title="Alpha alone")

    def keys(text):
        return {key for _kind, key in found(search(text))}

    assert keys("alpha") == {both.key, apart.key, alpha.key}
    assert keys("alpha beta") == {both.key, apart.key}
    assert keys('"then gamma"') == {apart.key}
    assert keys("alpha -beta") == {alpha.key}
    assert keys("gamma or alone") == {apart.key, alpha.key}


def test_kind_year_and_state_narrow_a_search_and_stay_in_the_address(search):
    letter = LetterFactory(
        jurisdiction__name="Zanzibar", jurisdiction__state="CA", date=dt.date(2017, 5, 1)
    )
    LetterFactory(jurisdiction__name="Zanzibar", jurisdiction__state="OR")
    event = EventFactory(title="Zanzibar", date=dt.date(2017, 12, 31))
    event.jurisdictions.add(letter.jurisdiction)
    ResponseFactory(letter=letter, date=dt.date(2018, 1, 1))

    assert len(found(search("zanzibar", kind="letters"))) == 2
    assert set(found(search("zanzibar", year=2017, usps="CA"))) == {
        ("letters", letter.key),
        ("events", event.key),
    }
    page = search("zanzibar", usps="CA")
    counts = {kind: count for kind, _plural, count in page.context["found"].counts}
    assert counts == {"jurisdictions": 1, "letters": 1, "responses": 1, "events": 1}
    assert "/search/?kind=letters&amp;q=zanzibar&amp;usps=CA" in page.content.decode()


def test_best_match_comes_first_and_the_newest_of_equals(search):
    EventFactory(title="Another", summary="zanzibar", date=dt.date(2018, 3, 1), key="in-text")
    EventFactory(title="Zanzibar", date=dt.date(2017, 1, 1), key="older-title")
    EventFactory(title="Zanzibar", date=dt.date(2017, 2, 1), key="newer-title")

    keys = [key for _kind, key in found(search("zanzibar"))]

    assert keys == ["newer-title", "older-title", "in-text"]


def test_letter_shows_where_it_stands(search):
    LetterFactory(addressee="zanzibar")

    page = search("zanzibar", as_of="2018-03-01")

    assert page.context["found"].page.object_list[0].state == "overdue"
    assert "No response on record" in page.content.decode() or "state-overdue" in (
        page.content.decode()
    )


def test_more_hits_than_are_ranked_are_said_to_be_more(search, monkeypatch):
    for day in range(1, 6):
        EventFactory(title="Zanzibar", date=dt.date(2018, day, 1), key=f"event-{day}")
    monkeypatch.setattr(entries, "MOST", 3)
    monkeypatch.setattr("letters.search.asking.MOST", 3)

    page = search("zanzibar")

    assert [key for _kind, key in found(page)] == ["event-5", "event-4", "event-3"]
    assert "More than 3 found" in page.content.decode()


@pytest.mark.parametrize("read", [1, 3, 100])
def test_common_words_are_found_as_others_are(search, monkeypatch, read):
    for year in (2016, 2017, 2018):
        for n in range(2):
            EventFactory(title="Zanzibar", date=dt.date(year, 5, 1), key=f"event-{year}-{n}")
    asked = [{}, {"year": 2017}, {"as_of": "2017-05-01"}, {"kind": "events"}, {"kind": "letters"}]
    looked_up = [found(search("zanzibar", **each)) for each in asked]

    monkeypatch.setattr(entries, "COMMON", 0)
    monkeypatch.setattr(entries, "READ", read)

    assert [found(search("zanzibar", **each)) for each in asked] == looked_up
    assert list(map(len, looked_up)) == [6, 2, 4, 6, 0]


@pytest.mark.parametrize("common", [0, 10_000])
def test_newest_entries_are_found_however_few_an_index_may_give(search, monkeypatch, common):
    letter = LetterFactory(jurisdiction__name="Zanzibar", date=dt.date(2018, 6, 1), deadline=None)
    ResponseFactory(letter=letter, date=dt.date(2018, 1, 1))  # later on record than it is dated
    for year in (2016, 2017, 2018):
        EventFactory(title="Zanzibar", date=dt.date(year, 2, 1), key=f"event-{year}")
    monkeypatch.setattr(entries, "COMMON", common)
    monkeypatch.setattr(entries, "READ", 1)
    monkeypatch.setattr(entries, "CANDIDATES", 1)
    monkeypatch.setattr(entries, "MOST", 2)
    monkeypatch.setattr("letters.search.asking.MOST", 2)

    page = search("zanzibar", as_of="2018-03-01", kind="events")
    of_all = search("zanzibar", as_of="2018-03-01")

    assert [key for _kind, key in found(page)] == ["event-2018", "event-2017"]
    assert found(of_all) == found(page)
    assert "More than 2 found" in page.content.decode()


def test_phrase_of_words_that_are_in_too_many_entries_is_looked_for_in_the_newest(
    search, monkeypatch
):
    for year in (2016, 2017, 2018):
        EventFactory(title="Zanzibar demand", date=dt.date(year, 5, 1), key=f"event-{year}")
        EventFactory(title="Demand, says Zanzibar", date=dt.date(year, 6, 1))
    monkeypatch.setattr(entries, "CANDIDATES", 4)

    page = search('"zanzibar demand"')
    nothing = search('"demand zanzibar"')
    narrowed = search('"zanzibar demand"', year=2016)

    assert [key for _kind, key in found(page)] == ["event-2018", "event-2017"]
    assert "more entries than a search looks through" in page.content.decode()
    assert found(nothing) == []
    assert "None of the entries looked through" in nothing.content.decode()
    assert [key for _kind, key in found(narrowed)] == ["event-2016"]
    assert "looks through" not in narrowed.content.decode()


def test_words_left_out_are_left_out_of_phrases_too(search):
    kept = EventFactory(title="Zanzibar, then demand")
    EventFactory(title="Zanzibar demand")

    assert found(search('zanzibar -"zanzibar demand"')) == [("events", kept.key)]


def test_pages_follow_one_another(search):
    for n in range(45):
        EventFactory(title="Zanzibar", key=f"event-{n}")

    pages = [found(search("zanzibar", page=n)) for n in (1, 2, 3)]

    assert [len(page) for page in pages] == [20, 20, 5]
    assert len({hit for page in pages for hit in page}) == 45
    assert found(search("zanzibar", page="x")) == pages[0]


def test_what_was_typed_and_what_is_on_record_are_escaped(search):
    EventFactory(title="<b>zanzibar</b> & \x02co\x03", summary="<script>zanzibar</script>")

    page = search('zanzibar "<i>"').content.decode()
    hit = search("zanzibar").content.decode()

    assert escape('zanzibar "<i>"') in page
    assert "<i>" not in page
    assert "&lt;b&gt;<mark>zanzibar</mark>&lt;/b&gt; &amp; " in hit
    assert "<b>" not in hit
    assert "<script>" not in hit
    assert "\x02" not in hit
    assert "\x03" not in hit


NASTY = {
    "empty": "",
    "blanks": "   ",
    "300 words": "word " * 300,
    "50 short words": "a1 " * 50,
    "only stop words": "the of and",
    "brackets": "((((",
    "quotes": '"""',
    "an apostrophe": "' OR 1=1; --",
    "1.9 kB": "x" * 1900,
    "CJK": "\u6771\u4eac\u90fd",
    "right to left": "\u05e9\u05dc\u05d5\u05dd",
    "emoji": "\U0001f600",
    "a lone surrogate's escape": "%ed%a0%80",
    "one letter": "s",
    "operators only": "! & | - or <-> :*",
    "negation only": "-springfield",
    "backslashes": "\\\\",
    "a label": "\u00a7letters",
    "per cent": "100% %s %(text)s",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_nothing_typed_breaks_the_page(search, text):
    make_record()

    page = search(text)

    assert page.status_code == (400 if len(text.strip()) > 200 else 200)
    content = page.content.decode()
    assert "How to search" in content or "Nothing is shown" in content or found(page)


@pytest.mark.parametrize(
    "asked", [{"kind": "secrets"}, {"year": "0"}, {"year": "x"}, {"usps": "XX"}]
)
def test_what_makes_no_sense_is_marked_in_the_form(search, asked):
    page = search("springfield", **asked)

    assert page.status_code == 400
    assert "errorlist" in page.content.decode()


def test_search_costs_at_most_six_queries(search, django_assert_max_num_queries):
    make_record()
    DesignationFactory()
    ContentType.objects.get_for_models(Letter)

    for text in ("springfield", "Sprngfield", "nothing at all", "demand", ""):
        with django_assert_max_num_queries(6):
            assert search(text).status_code == 200


def test_box_stands_on_every_page_and_keeps_the_day(client):
    make_record()

    for address in ("/", "/letters/the-letter/", "/timeline/"):
        page = client.get(address, {"as_of": "2018-06-30"}).content.decode()
        box = re.search(r'<form method="get" action="/search/".*?</form>', page, re.DOTALL)[0]
        assert 'name="q"' in box
        assert 'name="as_of" value="2018-06-30"' in box


@pytest.mark.django_db(transaction=True)
def test_search_that_takes_too_long_is_stopped_and_says_so(search, settings):
    with connection.cursor() as cursor:
        cursor.execute("ALTER FUNCTION letters_search_shows RENAME TO letters_search_shows_kept")
        cursor.execute(
            "CREATE FUNCTION letters_search_shows(text, bigint, date) RETURNS boolean"
            " LANGUAGE sql VOLATILE AS 'SELECT pg_sleep(60) IS NOT NULL'"
        )
    try:
        with transaction.atomic():
            LetterFactory(jurisdiction__name="Zanzibar")
        settings.SEARCH_TIMEOUT = "100ms"

        page = search("zanzibar")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION letters_search_shows")
            cursor.execute(
                "ALTER FUNCTION letters_search_shows_kept RENAME TO letters_search_shows"
            )

    assert page.status_code == 503
    content = page.content.decode()
    assert "This search took too long" in content
    assert 'value="zanzibar"' in content
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
