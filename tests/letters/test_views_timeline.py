"""The timeline of the whole record: all that has a date, narrowed as lists are."""

import csv
import datetime as dt
import re

import pytest

from tests.factories import (
    AwardEventFactory,
    EventFactory,
    LetterFactory,
    PolicyFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

TIMELINE = "/timeline/"


def text_of(response):
    """Return the text of a page with its white space folded."""
    return " ".join(response.content.decode().split())


def total(page):
    return int(re.search(r'data-total="(\d+)"', page)[1])


def csv_rows(client, page):
    """Return the rows of the report that a page offers."""
    address = re.search(r'<a href="([^"]*)"[^>]* data-csv>', page)[1].replace("&amp;", "&")
    answer = client.get(address)
    return list(csv.DictReader(answer.getvalue().decode().splitlines()))


@pytest.fixture
def record():
    """Two letters, one of them overdue and withdrawn in 2018, a policy and a statement."""
    LetterFactory(date=dt.date(2017, 11, 15), deadline=None)
    LetterFactory(withdrawn_on=dt.date(2018, 5, 1))
    LetterFactory(status="draft")
    PolicyFactory(date=dt.date(2012, 1, 1), repealed_on=dt.date(2019, 3, 1))
    StatementFactory(date=dt.date(2018, 2, 1))
    StatementFactory(status="draft")
    AwardEventFactory(award__cited=False)


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({}, 7),
        ({"kind": "letters"}, 4),
        ({"kind": ["letters", "policies"]}, 6),
        ({"year": "2018"}, 4),
        ({"year": "2018", "kind": ["letters"]}, 3),
        ({"year": "2018", "kind": "letters", "as_of": "2018-02-23"}, 1),
        ({"kind": "policies", "as_of": "2019-02-28"}, 1),
        ({"year": "1999"}, 0),
    ],
)
def test_timeline_counts_its_rows_and_offers_the_same_as_csv(client, record, asked, number):
    response = client.get(TIMELINE, asked)

    page = text_of(response)
    rows = csv_rows(client, page)
    shown = {(row.key, row.branch.date, str(row.date)) for row in response.context["page"].rows}
    assert (total(page), len(shown), len(rows)) == (number, number, number)
    assert {(row["key"], row["dated_by"], row["date"]) for row in rows} == shown


def test_timeline_counts_what_each_kind_and_year_would_leave(client, record):
    def offered(**asked):
        facets = client.get(TIMELINE, asked).context["facets"]
        return {
            name: {choice.value: choice.count for choice in facet.choices}
            for name, facet in facets.items()
        }

    assert offered()["kind"] == {"policies": 2, "letters": 4, "statements": 1}
    assert offered()["year"] == {"2019": 1, "2018": 4, "2017": 1, "2012": 1}
    assert offered(year="2018")["kind"] == {"letters": 3, "statements": 1}
    assert offered(kind="policies")["year"] == {"2019": 1, "2012": 1}
    assert offered(kind="policies")["kind"]["letters"] == 4


def test_each_kind_asked_is_taken_back_by_a_link_of_its_own(client, record):
    asked = {"kind": ["letters", "policies"], "year": "2018", "from": "2018-12-31~letters~a"}

    page = text_of(client.get(TIMELINE, asked))

    links = dict(re.findall(r'<a id="without-([\w-]+)" href="([^"]*)"', page))
    assert links == {
        "kind-letters": "/timeline/?kind=policies&amp;year=2018",
        "kind-policies": "/timeline/?kind=letters&amp;year=2018",
        "year": "/timeline/?kind=letters&amp;kind=policies",
    }
    assert re.findall(r'name="kind" id="id_kind_\w+" value="(\w+)" checked', page) == [
        "policies",
        "letters",
    ]


def test_long_timeline_says_at_least_and_offers_years(client, record, monkeypatch):
    monkeypatch.setattr("letters.filters.TimelineFilter.sample_size", 1)

    response = client.get(TIMELINE)

    years = response.context["facets"]["year"].choices
    assert "At least" in text_of(response)
    assert "data-total" not in text_of(response)
    assert len(years) == 100
    assert years[-1].value == str(int(years[0].value) - 99)
    long_ago = client.get(TIMELINE, {"year": "1866"}).context["facets"]["year"]
    assert long_ago.chosen.value == "1866"


@pytest.mark.parametrize("asked", [{"kind": "x"}, {"year": "x"}, {"year": "99999"}, {"from": "x"}])
def test_timeline_refuses_what_makes_no_sense(client, asked):
    LetterFactory(round__title="The round")

    response = client.get(TIMELINE, asked)

    assert response.status_code == 400
    assert "The round" not in text_of(response)


def test_timeline_goes_on_to_older_entries(client):
    for number in range(51):
        EventFactory(date=dt.date(2018, 3, 1) - dt.timedelta(number), title=f"Event no {number}.")

    first = client.get(TIMELINE)
    older = client.get(TIMELINE, {"from": first.context["page"].older})

    assert "Event no 50." not in text_of(first)
    assert "Older entries" in text_of(first)
    assert "Event no 50." in text_of(older)
    assert "Event no 49." not in text_of(older)


def test_event_is_linked_to_its_place_in_the_timeline(client):
    for number in range(60):
        EventFactory(date=dt.date(2018, 3, 1), key=f"event-{number:02}")
    event = EventFactory(date=dt.date(2018, 1, 1), title="The meeting")
    first = client.get(TIMELINE, {"year": "2018", "from": "2018-01-01~events~a"})
    row = first.context["page"].rows[0]

    response = client.get(row.get_absolute_url())

    assert response.context["page"].rows[0].pk == event.pk
    assert f'id="{row.anchor}"' in text_of(response)
