"""The API: the rows of every report as JSON, and one row by its key."""

import csv
import datetime as dt
import io
import json
from base64 import urlsafe_b64encode

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.api import PUBLIC_REPORTS
from letters.reports import DOCKET, REPORTS
from tests.addresses import make_record
from tests.factories import (
    AwardEventFactory,
    CitationFactory,
    EventFactory,
    ExtensionFactory,
    JurisdictionFactory,
    LetterFactory,
    ResponseFactory,
    RulingFactory,
    StatementFactory,
)
from tests.letters.records import Chance, store

pytestmark = pytest.mark.django_db

DAY = "2018-03-10"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2026-11-24T17:00:00Z"):
        yield


def get(client, address, status=200, **query):
    response = client.get(address, query)
    assert response.status_code == status, response.content
    return response.json()


def rows_of(client, report, limit, **query):
    """Return all rows of a report, page by page as ``next`` leads."""
    page = get(client, f"/api/{report.name}", limit=limit, **query)
    rows = page["rows"]
    while page["next"]:
        assert len(page["rows"]) == limit
        page = get(client, page["next"])
        rows += page["rows"]
    return rows


def csv_of(client, report, **query):
    response = client.get(f"/reports/{report.name}.csv", {"raw": "1", **query})
    return list(csv.DictReader(io.StringIO(response.getvalue().decode(), newline="")))


def as_json(report, line):
    """Return a line of a CSV as the API has to give it."""
    convert = {
        "integer": int,
        "year": int,
        "number": float,
        "boolean": {"true": True, "false": False}.get,
    }
    return {
        column.name: convert.get(column.type, str)(line[column.name]) if line[column.name] else None
        for column in report.columns
    }


def make_hostile_record():
    letter = make_record()
    for number in range(3):
        other = LetterFactory(
            key=f"z-{number}", addressee='=HYPERLINK("x")', reference="-1\n\x0b\ufffe<b>"
        )
        ResponseFactory(letter=other, date="2018-02-27", kind="complete", summary="'=1")
        AwardEventFactory(award__amount="12345678901.25", award__note="@x")
        statement = StatementFactory(text="+1\u2028</script>", date="2018-03-11")
        CitationFactory(entry=statement, pin="=p. 1")
        RulingFactory()
        EventFactory(date="2018-03-09")
    return letter


def test_every_report_gives_the_same_rows_as_json_and_as_csv_on_any_day(client):
    make_hostile_record()

    for report in PUBLIC_REPORTS:
        for query in ({}, {"as_of": DAY}):
            wanted = [as_json(report, line) for line in csv_of(client, report, **query)]

            assert rows_of(client, report, 2, **query) == wanted, report.name
            assert wanted, report.name


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_pages_of_the_docket_are_its_csv_whatever_is_asked(client, limit):
    store([Chance(5).letter() for _ in range(12)])

    for query in (
        {},
        {"kind": ["letters", "responses"]},
        {"year": "2018"},
        {"kind": "letters", "as_of": "2018-01-15"},
    ):
        wanted = [as_json(DOCKET, line) for line in csv_of(client, DOCKET, **query)]

        assert rows_of(client, DOCKET, limit, **query) == wanted, query
        assert len(wanted) > 10, query


def test_letter_that_was_overdue_twice_stands_on_two_pages_of_the_docket(client):
    letter = LetterFactory(key="the-letter", date="2018-01-24", deadline="2018-02-23")
    ExtensionFactory(letter=letter, date="2018-03-01", new_deadline="2018-03-05")

    pages = rows_of(client, DOCKET, 1, kind="letters", as_of=DAY)

    assert [(row["date"], row["dated_by"]) for row in pages] == [
        ("2018-01-24", "date"),
        ("2018-02-24", "overdue_on"),
        ("2018-03-06", "overdue_on"),
    ]


def test_json_has_what_staff_alone_see_at_no_address(client):
    private = [report for report in REPORTS if report.staff_only]

    assert private
    for report in private:
        assert client.get(f"/api/{report.name}").status_code == 404


def test_same_filters_give_the_rows_of_the_list_and_say_where_their_csv_is(client):
    for usps, number in (("IL", 3), ("CA", 2)):
        for _ in range(number):
            LetterFactory(jurisdiction__state=usps)

    page = get(client, "/api/letters", usps="CA", q="springfield", limit=1, as_of=DAY)

    assert [row["usps"] for row in page["rows"]] == ["CA"]
    assert (page["total"], page["total_is_capped"]) == (2, False)
    assert (page["report"], page["as_of"]) == ("letters", DAY)
    assert page["license"].startswith("https://creativecommons.org/")
    assert page["attribution"] == "Casefile, http://localhost:8000"
    assert get(client, page["next"])["next"] is None
    assert client.get(page["csv"]).content.decode().count("\n") == 3


def test_total_counts_no_further_than_it_says(client, monkeypatch):
    monkeypatch.setattr("letters.api.rows.COUNT_LIMIT", 2)
    for _ in range(3):
        LetterFactory()

    page = get(client, "/api/letters")

    assert (page["total"], page["total_is_capped"], len(page["rows"])) == (2, True, 3)


def test_one_row_comes_with_what_it_rests_on_and_where_its_page_is(client):
    make_record()

    found = get(client, "/api/statements/the-statement")

    assert found["row"] in get(client, "/api/statements")["rows"]
    assert found["page"] == "http://testserver/statements/the-statement/"
    cited = {citation["source"]: citation for citation in found["citations"]}
    assert cited["the-source"] == {
        "source": "the-source",
        "field": None,
        "stance": "supports",
        "pin": None,
        "passage": "We will satisfy the request.",
        "passage_check": "exact",
        "quotation_check": "absent",
    }
    assert get(client, "/api/jurisdictions/the-jurisdiction")["citations"] is None
    assert get(client, "/api/responses/the-response")["page"] is None


def test_citation_of_a_date_that_is_yet_to_come_is_not_told(client):
    letter = LetterFactory(key="the-letter", withdrawn_on="2018-05-01")
    CitationFactory(entry=letter, field="withdrawn_on", passage="It is withdrawn.")

    before = get(client, "/api/letters/the-letter", as_of=DAY)["citations"]
    today = get(client, "/api/letters/the-letter")["citations"]

    assert [citation["field"] for citation in before] == [None]
    assert {citation["field"] for citation in today} == {None, "withdrawn_on"}


def test_draft_or_unknown_key_is_not_there(client):
    LetterFactory(key="a-draft", status="draft")

    for key in ("a-draft", "none-such"):
        found = get(client, f"/api/letters/{key}", status=404)

        assert found == {"problem": "This is not on the public record as of the day."}


def token(value):
    return urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    ("address", "query", "words"),
    [
        ("/api/letters", {"stat": "overdue"}, "no filter named stat. Did you mean state?"),
        ("/api/letters", {"state": "late"}, "state: "),
        ("/api/letters", {"round": "none-such"}, "round: This is not on the record"),
        ("/api/letters", {"q": "ab"}, "q: Type at least three letters."),
        ("/api/letters", {"q": "a\0bc"}, "has a control character"),
        ("/api/letters", {"usps": ["CA", "IL"]}, "usps is given more than once."),
        ("/api/letters", {"drafts": "1"}, "no filter named drafts"),
        ("/api/letters", {"known_on": "2026-01-01T00:00:00Z"}, "no filter named known_on"),
        ("/api/letters", {"limit": "1001"}, "limit: Input should be less than or equal to 1000."),
        ("/api/letters", {"limit": "x"}, "limit: Input should be a valid integer"),
        ("/api/letters", {"as_of": "2018-02-30"}, "as_of is not a day."),
        ("/api/letters", {"after": "é"}, "after: This is no place in this report."),
        ("/api/letters", {"after": token([])}, "after: "),
        ("/api/letters", {"after": token({"a": 1})}, "after: "),
        ("/api/letters", {"after": token([1])}, "after: "),
        ("/api/letters", {"after": token(["a\0"])}, "after: "),
        ("/api/letters", {"after": token(["\ud800"])}, "after: "),
        ("/api/letters", {"after": token(["a", "b"])}, "after: "),
        ("/api/docket", {"after": token(["2018-02-30", "letters", "a"])}, "after: "),
        ("/api/letters/the-letter", {"limit": "1"}, "limit: One row takes as_of alone."),
    ],
)
def test_what_makes_no_sense_gets_a_sentence_that_names_it(client, address, query, words):
    assert words in get(client, address, status=400, **query)["problem"]


def test_answer_is_sent_anew_only_once_readers_see_a_change(client, settings):
    settings.KEEP_PAGES = True
    letter = LetterFactory(key="the-letter")
    first = client.get("/api/letters/the-letter")
    ResponseFactory(letter=letter, status="draft")

    again = client.get("/api/letters/the-letter", headers={"If-None-Match": first["ETag"]})
    letter.status = "retracted"
    letter.save()
    gone = client.get("/api/letters/the-letter", headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["Access-Control-Allow-Origin"] == "*"
    assert (gone.status_code, "ETag" in gone) == (404, False)


def test_page_costs_the_same_for_few_rows_and_many(client):
    make_record()
    costs = {}
    for _ in range(2):
        for report in PUBLIC_REPORTS:
            client.get(f"/api/{report.name}", {"limit": 2})  # content types, once in a process
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/api/{report.name}", {"limit": 3})
            costs.setdefault(report.name, set()).add(len(asked(queries)))
        for _ in range(3):
            LetterFactory()
            AwardEventFactory()
            StatementFactory().jurisdictions.add(JurisdictionFactory())
            RulingFactory()

    # The revision, the rows and their number.
    assert costs == {name: {3} for name in costs}


def asked(queries):
    """Return the queries that read the record, and not those that open a snapshot."""
    return [
        query["sql"]
        for query in queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))
    ]


def test_query_that_takes_too_long_is_answered_with_a_sentence(client, settings):
    settings.PAGE_TIMEOUT = "1ms"
    for _ in range(3):
        make_many()

    response = client.get("/api/docket", {"limit": 1000})

    assert response.status_code == 503
    assert "Narrow it by a filter" in response.json()["problem"]


def make_many():
    for _ in range(100):
        LetterFactory()


def test_guide_names_each_report_and_its_filters(client):
    page = client.get("/api/").content.decode()

    for report in PUBLIC_REPORTS:
        assert f"<code>/api/{report.name}</code>" in page
    assert "<code>due_soon</code>" in page
    assert 'href="/api/openapi.json"' in page


def test_document_describes_each_column_with_type_and_unit(client):
    document = get(client, "/api/openapi.json")

    amount = document["components"]["schemas"]["GrantsRow"]["properties"]["amount"]
    assert {"type": "number"} in amount["anyOf"]
    assert amount["description"] == "The amount. Never add amounts on two bases. In US dollars."
    letters = document["paths"]["/api/letters"]
    assert list(letters) == ["get"]
    asked = {one["name"]: one["schema"] for one in letters["get"]["parameters"]}
    assert "overdue" in asked["state"]["enum"]
    assert asked["limit"]["maximum"] == 1000
    assert set(letters["get"]["responses"]) == {"200", "400", "414", "503"}
    identifiers = [one["get"]["operationId"] for one in document["paths"].values()]
    assert len(identifiers) == len(set(identifiers))


def test_days_are_days(client):
    LetterFactory(date=dt.date(2018, 1, 24))

    assert get(client, "/api/letters")["rows"][0]["date"] == "2018-01-24"
