"""The pages of single records: only what is public as of the day, each fact beside its sources."""

import datetime as dt
import re

import pytest

from letters.docket.branches import KINDS
from letters.models import Response
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CitationFactory,
    EventFactory,
    ExtensionFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    PolicyFactory,
    ProceedingFactory,
    ProductionFactory,
    ResponseFactory,
    RoundFactory,
    RulingFactory,
    SourceFactory,
    StatementFactory,
)
from tests.letters.matters import PAGES, fill, make_matter, text_of

pytestmark = pytest.mark.django_db

JUNE = "2018-06-30"


def test_letter_page_never_shows_the_production_of_a_draft_response(client):
    production = ProductionFactory(response__status="draft", note="XYZZY")

    response = client.get(production.response.letter.get_absolute_url())

    assert "XYZZY" not in response.content.decode()


def test_page_of_a_draft_is_not_found(client):
    matter = make_matter()
    matter.round = RoundFactory()
    fill(matter, status="draft")
    matter.jurisdiction = LetterFactory(status="draft").jurisdiction
    matter.source = SourceFactory()
    LetterFactory(status="draft", cited__source=matter.source)

    found = {page: client.get(address(matter)).status_code for page, address in PAGES.items()}

    assert found == dict.fromkeys(PAGES, 404) | {"timeline": 200}


def test_page_of_what_nothing_rests_on_is_not_found(client):
    for record in (JurisdictionFactory(), RoundFactory(), OfficialFactory(), SourceFactory()):
        assert client.get(record.get_absolute_url()).status_code == 404


def test_jurisdiction_page_as_of_a_day_leaves_out_what_came_later(client):
    matter = make_matter()
    fill(matter)
    ResponseFactory(letter=matter.letter, date=dt.date(2018, 7, 1), summary="Came later")
    RulingFactory(proceeding=matter.proceeding, date=dt.date(2018, 7, 1), title="Ruled later")
    award = matter.jurisdiction.awards.get()
    AwardEventFactory(award=award, date=dt.date(2018, 7, 1), note="Paid later")
    PolicyFactory(jurisdiction=matter.jurisdiction, repealed_on=dt.date(2018, 7, 1), title="Law")

    page = text_of(client.get(matter.jurisdiction.get_absolute_url(), {"as_of": JUNE}))

    assert "Law" in page
    for later in ("Came later", "Ruled later", "Paid later", "repealed", "1 July 2018"):
        assert later not in page


def test_letter_page_as_of_a_day_leaves_out_later_dates_and_their_sources(client):
    letter = LetterFactory(
        received_on=dt.date(2018, 2, 1), cleared_on=dt.date(2018, 4, 12), sent_on=None
    )
    CitationFactory(entry=letter, field="cleared_on", source__title="The clearance report")
    CitationFactory(entry=letter, field="received_on", source__title="The receipt")

    before = text_of(client.get(letter.get_absolute_url(), {"as_of": "2018-01-30"}))
    after = text_of(client.get(letter.get_absolute_url(), {"as_of": "2018-04-12"}))

    for later in ("The clearance report", "The receipt", "12 April 2018", "1 February 2018"):
        assert later not in before
        assert later in after.replace("as of 12 April 2018", "")


def test_jurisdiction_page_as_of_a_day_leaves_out_the_sources_of_a_later_clearance(client):
    letter = LetterFactory(cleared_on=dt.date(2018, 4, 12))
    CitationFactory(entry=letter, field="cleared_on", source__title="The clearance report")
    address = letter.jurisdiction.get_absolute_url()

    assert "The clearance report" not in text_of(client.get(address, {"as_of": "2018-01-30"}))
    assert "The clearance report" in text_of(client.get(address))


def test_links_keep_the_day(client):
    matter = make_matter()
    fill(matter)

    page = client.get(matter.jurisdiction.get_absolute_url(), {"as_of": JUNE}).content.decode()

    assert f'href="{matter.letter.get_absolute_url()}?as_of={JUNE}"' in page
    assert f'href="{matter.letter.get_absolute_url()}"' not in page


def test_letter_page_says_what_is_not_on_record(client):
    letter = LetterFactory(deadline=None)

    page = text_of(client.get(letter.get_absolute_url()))

    assert "No response on record. Not verified since the letter." in page
    assert "The letter gives none that is on record" in page
    assert "<dt>Received</dt> <dd> not on record" in page


def test_letter_page_says_until_when_answers_were_looked_for(client):
    letter = LetterFactory(verified_through=dt.date(2018, 5, 1))
    address = letter.get_absolute_url()

    assert "Checked through 30 April 2018." in text_of(client.get(address, {"as_of": "2018-04-30"}))
    assert "Checked through 1 May 2018, not verified since." in text_of(client.get(address))


@pytest.mark.parametrize("name", ["jurisdiction", "round", "letter"])
def test_no_page_says_that_a_jurisdiction_failed_to_answer(client, name):
    matter = make_matter()
    matter.letter = LetterFactory(jurisdiction=matter.jurisdiction, round=matter.round)

    text = text_of(client.get(PAGES[name](matter)))

    assert "No response on record" in text
    assert "fail" not in text.lower()


def test_letter_page_shows_that_the_round_was_announced_before_the_letter_was_received(client):
    letter = LetterFactory(received_on=dt.date(2018, 1, 29))

    page = text_of(client.get(letter.get_absolute_url()))

    assert "The round was announced 5 days before." in page


def test_letter_page_shows_the_original_and_the_current_deadline_and_why(client):
    letter = LetterFactory(deadline_text="no later than February 23, 2018")
    ExtensionFactory(letter=letter, cited__source__title="Letter of extension")

    page = text_of(client.get(letter.get_absolute_url()))

    assert "“no later than February 23, 2018”" in page
    assert "Extension of 10 February 2018" in page
    assert "Letter of extension" in page
    assert "In force: <strong>23 March 2018</strong>" in page


def test_letter_page_explains_a_deadline_that_the_letter_gives_as_a_period(client):
    letter = LetterFactory(deadline_days=30, deadline_unit="calendar", deadline_basis="received")

    page = text_of(client.get(letter.get_absolute_url()))

    assert "30 calendar days from the day it was received" in page


def test_letter_page_shows_what_a_response_produced_item_by_item(client):
    production = ProductionFactory(extent="withheld", note="Privileged", item__text="All orders")

    page = text_of(client.get(production.response.letter.get_absolute_url()))

    assert f"{production.item.number}. All orders" in page
    assert "Withheld" in page
    assert "Privileged" in page


def test_letter_page_shows_sources_that_disagree_beside_one_another(client):
    letter = LetterFactory(cited__source__title="The letter itself")
    CitationFactory(
        entry=letter,
        field="deadline",
        stance="contradicts",
        source__title="A paper",
        passage="Dec. 5",
    )

    page = text_of(client.get(letter.get_absolute_url()))
    deadline = page[page.index("<h2>Deadline") : page.index("<h2>Responses")]

    assert "Sources disagree" in deadline
    assert "Contradicts this" in deadline
    assert deadline.index("The letter itself") < deadline.index("A paper")


def test_statement_page_shows_an_altered_text_as_such(client):
    statement = StatementFactory(altered_text="We will not.", cited__source__kind="news_report")

    page = text_of(client.get(statement.get_absolute_url()))

    assert "These are the words of the copy, not of the speaker." in page
    assert "We will not." in page


def test_statement_page_explains_the_attribution_in_words(client):
    statement = StatementFactory(speaker=None, attribution="unnamed")

    page = text_of(client.get(statement.get_absolute_url()))

    assert "Unnamed official: the source does not name who said this." in page
    assert "not named on record" in page


def test_statement_page_names_what_it_answers_if_that_is_public(client):
    letter = LetterFactory(jurisdiction__name="Springfield")
    answered = StatementFactory(in_reply_to_letter=letter)
    hidden = StatementFactory(in_reply_to_letter=LetterFactory(status="draft"))
    hidden_round = StatementFactory(in_reply_to_round=RoundFactory(title="Hidden round"))

    assert f'href="{letter.get_absolute_url()}"' in text_of(client.get(answered.get_absolute_url()))
    for statement in (hidden, hidden_round):
        page = text_of(client.get(statement.get_absolute_url()))
        assert "<dt>In reply to</dt> <dd>none on record</dd>" in page
        assert "Hidden round" not in page


def test_dates_are_no_more_exact_than_they_are_known(client):
    matter = make_matter()
    fill(matter)
    Response.objects.filter(pk=matter.response.pk).update(
        date=dt.date(2018, 2, 1), date_precision="month"
    )

    for page in ("jurisdiction", "letter", "timeline"):
        text = text_of(client.get(PAGES[page](matter)))
        assert "February 2018" in text
        assert "1 February 2018" not in text.replace("21 February", "")


def test_source_page_shows_the_passages_cited_from_it_and_from_no_other(client):
    matter = make_matter()
    letter = LetterFactory(cited__source=matter.source, cited__passage="A passage of this source")
    CitationFactory(entry=letter, passage="A passage of another source")

    page = text_of(client.get(matter.source.get_absolute_url()))

    assert "A passage of this source" in page
    assert "A passage of another source" not in page


def test_source_page_of_an_award_alone_is_found(client):
    source = SourceFactory()
    AwardFactory(cited__source=source, jurisdiction__name="Springfield")

    page = text_of(client.get(source.get_absolute_url()))

    assert "<bdi>Byrne JAG</bdi> FY2017, <bdi>Springfield</bdi>" in page


def test_jurisdiction_page_says_how_it_lies_among_others(client):
    county = JurisdictionFactory(kind="county", name="Cook County")
    city = JurisdictionFactory(name="Chicago", parent=county)
    JurisdictionFactory(name="Hidden City", parent=county)
    LetterFactory(jurisdiction=county)
    LetterFactory(jurisdiction=city)

    assert "<dt>Lies in</dt>" in text_of(client.get(city.get_absolute_url()))
    page = text_of(client.get(county.get_absolute_url()))
    assert f'<dt>Contains</dt> <dd><a href="{city.get_absolute_url()}">' in page
    assert "Hidden City" not in page


def test_jurisdiction_page_says_what_is_not_on_record(client):
    jurisdiction = LetterFactory().jurisdiction

    page = text_of(client.get(jurisdiction.get_absolute_url()))

    assert "<dt>Census GEOID</dt> <dd>not on record</dd>" in page
    assert "No response on record" in page
    assert page.count("None on record.") == 5  # money, policies, lists, litigation, words


def test_jurisdiction_page_shows_awards_on_three_axes(client):
    award = AwardFactory(amount=570_000, amount_basis="approximate")
    AwardEventFactory(award=award, axis="dispute", award_status="cleared", note="By letter")
    AwardEventFactory(award=award, axis="money", award_status="on_hold")

    page = text_of(client.get(award.jurisdiction.get_absolute_url()))
    cells = page[page.index(f'id="{award.key}"') : page.index("Policies at issue")]

    assert '$570,000 <span class="soft">approximate</span>' in cells
    assert '<td data-label="Award"> <div> none on record' in cells
    assert '<td data-label="Money"> <div> On hold' in cells
    assert '<td data-label="Dispute"> <div> Cleared' in cells
    assert "24 January 2018: <span>By letter</span>" in cells


def test_round_page_counts_states_and_links_to_the_letters_behind_them(client):
    letter = LetterFactory()
    LetterFactory(round=letter.round)

    page = text_of(client.get(letter.round.get_absolute_url(), {"as_of": "2018-02-01"}))

    address = f"/letters/?as_of=2018-02-01&amp;round={letter.round.slug}&amp;state=awaiting"
    assert f'<a data-count="2" href="{address}">2</a>' in page


def test_jurisdiction_page_says_where_it_stands_in_a_sentence(client):
    letter = LetterFactory()

    page = text_of(client.get(letter.jurisdiction.get_absolute_url(), {"as_of": "2018-02-01"}))

    assert (
        '<p class="lead">One letter to it is on record: on that of 24 January 2018, no response is'
        " on record, and the deadline is 23 February 2018 (not verified since the letter).</p>"
    ) in page


def test_jurisdiction_page_draws_its_awards_and_tells_them_in_words(client):
    award = AwardFactory(amount=570_000, amount_basis="approximate")

    page = text_of(client.get(award.jurisdiction.get_absolute_url()))

    assert '<rect class="basis-approximate" y="20" width="100.00%" height="14"/>' in page
    assert "Byrne JAG FY2017: $570,000 approximate; No status on record.</desc>" in page


def test_jurisdiction_page_shows_the_newest_of_many_and_where_all_are(client):
    jurisdiction = LetterFactory().jurisdiction
    for number in range(27):
        date = dt.date(2018, 3, 1) + dt.timedelta(number)
        PolicyFactory(jurisdiction=jurisdiction, date=date, title=f"Ordinance no {number}.")
        AwardFactory(jurisdiction=jurisdiction, note=f"Award no {number}.", fiscal_year=2018)
        proceeding = ProceedingFactory(date=date, caption=f"Suit no {number}.")
        proceeding.jurisdictions.set([jurisdiction])
        StatementFactory(date=date).jurisdictions.set([jurisdiction])
    address = jurisdiction.get_absolute_url()

    page = text_of(client.get(address))

    sections = page[: page.index('id="timeline"')]
    assert "Ordinance no 2." in sections
    assert "Ordinance no 1." not in sections
    assert "Suit no 1." not in sections
    assert sections.count("We will satisfy") == 25
    assert sections.count("Award no ") == 25
    for link in (
        f"{address}?kind=policies#timeline",
        f"{address}?kind=statements#timeline",
        f"/grants/?jurisdiction={jurisdiction.slug}",
        f"/proceedings/?jurisdiction={jurisdiction.slug}",
    ):
        assert f'<a href="{link}">' in sections


def test_jurisdiction_page_finds_every_answer_to_the_letters_it_shows(client):
    letter = LetterFactory()
    for number in range(27):
        ResponseFactory(letter=letter, date=dt.date(2018, 2, 1) + dt.timedelta(number))
    oldest = LetterFactory(jurisdiction=letter.jurisdiction, date=dt.date(2017, 11, 15))
    ResponseFactory(letter=oldest, date=dt.date(2017, 12, 1))

    page = text_of(client.get(letter.jurisdiction.get_absolute_url()))

    assert "No response on record" not in page


def test_counts_on_the_jurisdiction_page_lead_to_the_lists_that_make_them(client):
    award = AwardFactory()
    jurisdiction = LetterFactory(jurisdiction=award.jurisdiction).jurisdiction
    ProceedingFactory().jurisdictions.set([jurisdiction])

    page = text_of(client.get(jurisdiction.get_absolute_url(), {"as_of": JUNE}))

    for name in ("letters", "grants", "proceedings"):
        address = f"/{name}/?as_of={JUNE}&amp;jurisdiction={jurisdiction.slug}"
        assert f'<a data-count="1" href="{address}">1</a>' in page


def test_round_page_says_the_response_rate_and_of_what(client):
    response = ResponseFactory()
    LetterFactory(round=response.letter.round)
    address = response.letter.round.get_absolute_url()
    of_round = f"/letters/?round={response.letter.round.slug}"

    page = text_of(client.get(address))
    before = text_of(client.get(address, {"as_of": "2018-02-01"}))

    assert f'<a data-count="2" href="{of_round}">2</a> letters on record.' in page
    assert f'<a data-count="1" href="{of_round}&amp;response=on_record">1</a> of them (50%)' in page
    assert f'<a data-count="1" href="{of_round}&amp;response=none">1</a>' in page
    assert "No substantive response to any of them is on record." in before
    assert "and so no day of one" in before


def test_round_page_plots_the_days_to_answer_beside_the_deadline(client):
    response = ResponseFactory()

    round = response.letter.round

    page = text_of(client.get(round.get_absolute_url()))

    assert "Deadline: day 30. Day 27: 1 letter.</desc>" in page
    assert page.count('<circle class="exact"') == 1
    assert f'<a data-count="1" href="/letters/?round={round.slug}&amp;days=27">1</a>' in page
    assert "<td>to the day</td>" in page


def test_round_page_shows_what_followed_and_ties_no_lawsuit_to_the_round(client):
    matter = make_matter()
    fill(matter)
    earlier = ProceedingFactory(date=dt.date(2017, 8, 7), caption="Filed before")
    earlier.jurisdictions.set([matter.jurisdiction])
    ProceedingFactory(caption="Elsewhere")

    page = text_of(client.get(matter.round.get_absolute_url()))

    followed = page[page.index('id="followed"') : page.index('id="timeline"')]
    assert "Subpoena threatened" in followed
    assert matter.proceeding.caption in followed
    assert "does not say that it is about these letters" in followed
    assert "We will satisfy" in followed
    assert "Filed before" not in page
    assert "Elsewhere" not in page


def test_statement_page_shows_an_altered_copy_word_by_word(client):
    statement = StatementFactory(text="We will not comply.", altered_text="We can not comply.")

    page = text_of(client.get(statement.get_absolute_url()))

    assert "We <del>will</del> <ins>can</ins> not comply." in page
    assert "Struck out: only in the statement. Underlined: only in the altered copy." in page


def test_statement_page_lists_the_others_in_reply_to_the_same(client):
    letter = LetterFactory()
    statement, other = StatementFactory.create_batch(2, in_reply_to_letter=letter)
    draft = StatementFactory(in_reply_to_letter=letter, status="draft")

    page = text_of(client.get(statement.get_absolute_url()))

    others = page[page.index("Others in reply") :]
    assert f'<a href="{other.get_absolute_url()}">' in others
    assert draft.get_absolute_url() not in others


def test_official_page_shows_roles_over_time_and_counts_statements(client):
    statement = StatementFactory(speaker_title="Mayor", date=dt.date(2017, 5, 1))
    StatementFactory(speaker=statement.speaker, speaker_title="Senator")

    page = text_of(client.get(statement.speaker.get_absolute_url()))

    assert page.index('<th scope="row">Mayor</th>') < page.index('<th scope="row">Senator</th>')
    address = f"/statements/?official={statement.speaker.slug}"
    assert f'<a data-count="2" href="{address}">2</a>' in page


def test_proceeding_page_shows_the_newest_of_many_rulings(client):
    proceeding = ProceedingFactory()
    for number in range(27):
        date = dt.date(2018, 3, 1) + dt.timedelta(number)
        RulingFactory(proceeding=proceeding, date=date, title=f"Ruling no {number}.")

    page = text_of(client.get(proceeding.get_absolute_url()))

    assert "The newest 25 are shown." in page
    assert "Ruling no 1." not in page
    assert page.index("Ruling no 2.") < page.index("Ruling no 26.")


def test_source_page_lists_all_that_rests_on_it_by_kind(client):
    matter = make_matter()
    fill(matter)

    page = text_of(client.get(matter.source.get_absolute_url()))

    assert re.findall(r"<h3>([^<]*)</h3>", page) == ["Awards", *KINDS.values()]


def test_source_page_narrowed_by_hand_is_an_empty_list_or_a_refusal(client):
    source = SourceFactory()
    LetterFactory(cited__source=source)
    address = source.get_absolute_url()

    empty = client.get(address, {"kind": "rulings"})
    nonsense = client.get(address, {"kind": "x"})
    letters = client.get(address, {"kind": "letters"})

    assert (empty.status_code, nonsense.status_code, letters.status_code) == (200, 400, 200)
    assert "None on record." in text_of(empty)
    assert "what is no kind of entry" in text_of(nonsense)
    assert "Letter to" in text_of(letters)


def test_source_page_shows_the_newest_of_many_and_where_all_are(client):
    source = SourceFactory()
    for number in range(27):
        EventFactory(
            date=dt.date(2018, 3, 1) + dt.timedelta(number),
            title=f"Event no {number}.",
            cited__source=source,
        )
    address = source.get_absolute_url()

    page = text_of(client.get(address))
    narrowed = text_of(client.get(address, {"kind": "events"}))

    assert "Event no 1." not in page
    assert f'<a href="{address}?kind=events#timeline">' in page
    assert "Event no 1." in narrowed


def test_timeline_of_a_page_offers_the_kinds_that_it_has_and_keeps_those_chosen(client):
    matter = make_matter()
    fill(matter)
    address = matter.official.get_absolute_url()

    page = text_of(client.get(address, {"kind": ["statements", "events"]}))

    boxes = re.findall(r'<input type="checkbox" name="kind" value="(\w+)"[^>]*? checked>', page)
    assert boxes == ["events", "statements"]
    assert page.count('type="checkbox"') == 2
    assert client.get(address, {"kind": "policies"}).status_code == 400


def test_letter_page_draws_its_life_and_tells_it_in_words(client):
    matter = make_matter()
    fill(matter)

    page = text_of(client.get(matter.letter.get_absolute_url()))

    assert '<svg class="lifeline" width="100%"' in page
    assert '<title id="lifeline-title">The life of the letter to Springfield' in page
    assert '<span class="nowrap">23 February 2018</span>: Deadline in the letter' in page
    assert "style=" not in page
