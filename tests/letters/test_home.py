"""The front page, and what is shown when a page cannot be."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from letters.states import State
from tests.factories import (
    JurisdictionFactory,
    LetterFactory,
    ResponseFactory,
    RoundFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db


def test_home_of_an_empty_record_says_so(client):
    page = client.get("/").content.decode()

    assert "No letters are on record" in page
    assert page.count("<h1>") == 1
    assert "<title>" in page
    assert '<html lang="en">' in page


def test_home_counts_letters_by_state_and_links_to_them(client):
    LetterFactory(jurisdiction__name="Overdue")
    responded = ResponseFactory().letter
    LetterFactory(status="draft")
    ResponseFactory(status="draft", letter=LetterFactory(round=responded.round))

    response = client.get("/", {"as_of": "2018-03-01"})

    counts = {state: count for state, count in response.context["state_counts"] if count}
    assert counts == {State.OVERDUE: 2, State.RESPONDED: 1}
    assert 'href="/letters/?as_of=2018-03-01&amp;state=overdue"' in response.content.decode()


@pytest.mark.parametrize("state", ["overdue", "responded"])
def test_home_counts_are_those_of_the_lists(client, state):
    LetterFactory.create_batch(2)
    ResponseFactory.create_batch(3)

    counts = dict(client.get("/").context["state_counts"])
    found = client.get(reverse("letter_list"), {"state": state}).context["page"].paginator.count

    assert counts[state] == found


def test_home_shows_what_is_due_next(client):
    due = LetterFactory(deadline=dt.date(2018, 2, 23))
    LetterFactory(deadline=dt.date(2018, 2, 1))
    LetterFactory(deadline=dt.date(2018, 2, 20), status="draft")

    response = client.get("/", {"as_of": "2018-02-10"})

    assert response.context["due"] == [due]


def test_home_shows_no_draft(client):
    before = client.get("/").content

    LetterFactory(status="draft")
    StatementFactory(status="in_review")
    RoundFactory()
    JurisdictionFactory()

    assert client.get("/").content == before


@pytest.mark.parametrize("number", [1, 3])
def test_home_costs_the_same_for_any_record(client, django_assert_num_queries, number):
    for _ in range(number):
        ResponseFactory()
        LetterFactory(deadline=dt.date(2100, 1, 1))
        StatementFactory().jurisdictions.set([JurisdictionFactory()])
    client.get("/")  # content types are asked for once in a process

    with django_assert_num_queries(8):
        client.get("/")


def test_home_answers_reading_only(client):
    assert client.post("/").status_code == 405


def test_sign_of_life_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_robots_are_told_what_to_leave_alone(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    rules = set(response.content.decode().splitlines())
    assert {"Disallow: /admin/", "Disallow: /*?", "Allow: /sitemap-"} < rules
    assert "Sitemap: http://testserver/sitemap.xml" in rules


def test_page_that_is_not_there_says_that_the_day_may_be_why(client):
    response = client.get("/letters/none-such/", {"as_of": "2018-03-01"})

    assert response.status_code == 404
    page = response.content.decode()
    assert "There is no page at this address as of 1 March 2018" in page
    assert 'href="/letters/none-such/">Look at this address as of today' in page


def test_page_of_another_day_offers_the_way_back_and_keeps_the_question(client):
    page = client.get("/letters/", {"as_of": "2018-03-01", "usps": "IL"}).content.decode()

    assert "You see the record as of 1 March 2018." in page
    assert '<a href="/letters/?usps=IL">Back to today</a>' in page
    assert '<input type="hidden" name="usps" value="IL">' in page


def test_page_of_today_says_so(client):
    page = client.get("/letters/").content.decode()

    assert "The record as of today" in page
    assert "Back to today" not in page


def test_error_page_needs_nothing_but_itself(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string("500.html")

    assert "Something went wrong on our side" in page
    assert page.count("<h1>") == 1


@pytest.mark.parametrize("template", ["403.html", "403_csrf.html", "404.html", "400.html"])
def test_error_pages_stand_without_a_day(rf, template):
    page = render_to_string(template, request=rf.get("/"))

    assert page.count("<h1>") == 1
    assert "<title>" in page


def test_pages_carry_no_inline_style_or_script(client):
    LetterFactory()

    for address in ["/", "/letters/", "/jurisdictions/"]:
        page = client.get(address).content.decode()

        data = page.count('<script type="application/ld+json">')
        assert page.count("<script") - data == len(
            re.findall(r'<script src="[^"]+" defer></script>', page)
        )
        assert "<style" not in page
        assert " style=" not in page
