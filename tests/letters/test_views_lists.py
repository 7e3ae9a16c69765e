"""The list pages: only what is public as of the day, at a cost that doesn't grow."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    JurisdictionFactory,
    LetterFactory,
    ProceedingFactory,
    RoundFactory,
    RulingFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


def make_letter(**kwargs):
    return LetterFactory(**kwargs)


def make_jurisdiction(**kwargs):
    return LetterFactory(**kwargs).jurisdiction


def make_round(**kwargs):
    return LetterFactory(**kwargs).round


def make_award(**kwargs):
    award = AwardFactory()
    AwardEventFactory(award=award)
    return award


def make_statement(**kwargs):
    statement = StatementFactory(**kwargs)
    statement.jurisdictions.set([JurisdictionFactory(), JurisdictionFactory()])
    return statement


def make_proceeding(**kwargs):
    proceeding = ProceedingFactory(**kwargs)
    proceeding.jurisdictions.set([JurisdictionFactory()])
    if proceeding.is_published:
        RulingFactory(proceeding=proceeding)
    return proceeding


LISTS = {
    "letter_list": make_letter,
    "jurisdiction_list": make_jurisdiction,
    "round_list": make_round,
    "grant_list": make_award,
    "statement_list": make_statement,
    "proceeding_list": make_proceeding,
}
QUERIES = {
    "letter_list": 3,
    "jurisdiction_list": 4,
    "round_list": 3,
    "grant_list": 3,
    "statement_list": 4,
    "proceeding_list": 5,
}
REVIEWED = {name: make for name, make in LISTS.items() if name != "grant_list"}


def rows(response):
    return response.context["page"].object_list


def main_of(page):
    return page.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("name", LISTS)
def test_list_shows_what_is_public(client, name):
    expected = [LISTS[name](), LISTS[name]()]

    response = client.get(reverse(name))

    assert response.status_code == 200
    assert set(rows(response)) == set(expected)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_any_number_of_rows(
    client, django_assert_num_queries, name, number
):
    for _ in range(number):
        LISTS[name]()
    client.get(reverse(name))  # content types are asked for once in a process

    with django_assert_num_queries(QUERIES[name]):
        response = client.get(reverse(name))

    assert len(rows(response)) == number


@pytest.mark.parametrize("name", REVIEWED)
@pytest.mark.parametrize("status", ["draft", "in_review", "retracted"])
def test_list_shows_nothing_that_is_not_published(client, name, status):
    before = client.get(reverse(name)).content

    REVIEWED[name](status=status)

    assert client.get(reverse(name)).content == before


def test_grant_list_shows_no_award_without_citation(client):
    before = client.get(reverse("grant_list")).content

    AwardFactory(cited=False)

    assert client.get(reverse("grant_list")).content == before


def test_grant_list_shows_no_draft_of_an_event(client):
    AwardFactory()
    before = client.get(reverse("grant_list")).content

    AwardEventFactory(award__cited=False, status="draft")

    assert client.get(reverse("grant_list")).content == before


@pytest.mark.parametrize("name", REVIEWED)
def test_list_as_of_a_day_leaves_out_what_is_later(client, name):
    expected = REVIEWED[name](date=dt.date(2017, 11, 15))
    REVIEWED[name](date=dt.date(2018, 1, 24))

    response = client.get(reverse(name), {"as_of": "2018-01-23"})

    assert rows(response) == [expected]


def test_grant_list_as_of_a_day_leaves_out_later_fiscal_years_and_events(client):
    award = AwardFactory(fiscal_year=2017)
    AwardFactory(fiscal_year=2018)
    AwardEventFactory(award=award, axis="money", award_status="on_hold", date=dt.date(2017, 6, 1))
    AwardEventFactory(award=award, axis="money", award_status="available", date=dt.date(2017, 8, 1))

    response = client.get(reverse("grant_list"), {"as_of": "2017-07-01"})

    (shown,) = rows(response)
    assert (shown, shown.money_status, shown.dispute_status) == (award, "on_hold", None)


@pytest.mark.parametrize("name", LISTS)
def test_list_refuses_a_bad_day_with_a_sentence(client, name):
    response = client.get(reverse(name), {"as_of": "2018-02-30"})

    assert response.status_code == 400
    assert "Type a day from 1789-01-01 to" in response.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_list_refuses_a_choice_that_is_none_and_shows_no_rows(client, name):
    LISTS[name]()

    response = client.get(reverse(name), {"sort": "secret"})

    assert response.status_code == 400
    assert rows(response) == []
    assert response.context["filter"].form.errors.keys() == {"sort"}


@pytest.mark.parametrize("name", LISTS)
def test_list_answers_reading_only(client, name):
    assert client.post(reverse(name)).status_code == 405
    assert client.head(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_list_keeps_the_day_in_its_links(client, name):
    LISTS[name]()

    page = client.get(reverse(name), {"as_of": "2018-03-01"}).content.decode()

    links = re.findall(r'<a href="([^"]*)"', main_of(page))
    assert links
    assert all("as_of=2018-03-01" in link for link in links)


@pytest.mark.parametrize("name", LISTS)
def test_list_page_has_one_heading_a_title_and_a_language(client, name):
    LISTS[name]()

    page = client.get(reverse(name)).content.decode()

    assert page.count("<h1>") == 1
    assert '<html lang="en">' in page
    assert page.count(" | Casefile</title>") == 1


@pytest.mark.parametrize("name", LISTS)
def test_list_never_says_that_a_jurisdiction_failed(client, name):
    LISTS[name]()

    assert "failed to" not in client.get(reverse(name)).content.decode().lower()


def test_letter_list_beyond_its_last_page_shows_the_last_page(client):
    round = RoundFactory()
    letters = LetterFactory.create_batch(51, round=round)

    response = client.get(reverse("letter_list"), {"page": "9", "round": round.slug})

    assert rows(response) == [letters[-1]]
    page = response.content.decode()
    assert "51 letters, 51 to 51 shown" in page
    assert f'href="/letters/?round={round.slug}" rel="prev"' in page


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 900, "1e9", ""])
def test_letter_list_takes_any_page_number(client, number):
    letter = LetterFactory()

    response = client.get(reverse("letter_list"), {"page": number})

    assert rows(response) == [letter]


def test_jurisdiction_list_counts_public_letters_alone(client):
    jurisdiction = JurisdictionFactory()
    LetterFactory(jurisdiction=jurisdiction)
    LetterFactory(jurisdiction=jurisdiction, status="draft")

    (shown,) = rows(client.get(reverse("jurisdiction_list")))

    assert shown.letter_count == 1


def test_jurisdiction_list_adds_up_no_amounts_on_two_bases(client):
    jurisdiction = JurisdictionFactory()
    for amount, basis in [(100, "awarded"), (20, "awarded"), (5000, "approximate")]:
        AwardFactory(jurisdiction=jurisdiction, amount=amount, amount_basis=basis)
    AwardFactory(jurisdiction=jurisdiction, amount=None, amount_basis="")
    AwardFactory(jurisdiction=jurisdiction, amount=7, amount_basis="awarded", cited=False)

    (shown,) = rows(client.get(reverse("jurisdiction_list")))

    assert [(total["basis"], total["sum"]) for total in shown.award_totals] == [
        ("approximate", 5000),
        ("awarded", 120),
    ]


def test_grant_list_totals_what_is_shown_by_basis(client):
    AwardFactory(amount=100, amount_basis="awarded", fiscal_year=2016)
    AwardFactory(amount=20, amount_basis="awarded", fiscal_year=2017)
    AwardFactory(amount=3, amount_basis="reported", fiscal_year=2017)

    totals = client.get(reverse("grant_list"), {"fiscal_year": "2017"}).context["totals"]

    assert [(total["basis"], total["sum"], total["awards"]) for total in totals] == [
        ("awarded", 20, 1),
        ("reported", 3, 1),
    ]


def test_grant_list_says_what_is_not_on_record(client):
    AwardFactory(amount=None, amount_basis="")

    page = client.get(reverse("grant_list")).content.decode()

    assert main_of(page).count("none on record") == 4


def test_proceeding_list_shows_the_latest_public_ruling(client):
    proceeding = ProceedingFactory()
    RulingFactory(proceeding=proceeding, date=dt.date(2018, 4, 19), title="Injunction")
    RulingFactory(proceeding=proceeding, date=dt.date(2018, 6, 4), title="Stay", status="draft")

    page = client.get(reverse("proceeding_list")).content.decode()

    assert "<bdi>Injunction</bdi></span>, 19 April 2018" in page
    assert "Stay" not in page


def test_letter_list_says_that_nobody_has_checked(client):
    LetterFactory(verified_through=None)

    assert "Not verified since the letter" in client.get(reverse("letter_list")).content.decode()
