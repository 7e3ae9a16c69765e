"""What the pages and files of the reports hold: the rows that the lists of the site show."""

import html
import re

import pytest
from django.urls import reverse

from letters.reports import REPORTS
from letters.states import State
from tests.addresses import make_record
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    JurisdictionFactory,
    LetterFactory,
    ProceedingFactory,
    ResponseFactory,
    StatementFactory,
)
from tests.letters.report_pages import csv_of, keys, page_of
from tests.once import once_in_a_module

PUBLIC = [report for report in REPORTS if not report.staff_only]
every_report = pytest.mark.parametrize("report", PUBLIC, ids=lambda report: report.name)


def make_varied_record():
    """Make rows of which each filter of a list keeps some."""
    make_record()
    chicago = JurisdictionFactory(slug="chicago-il", name="City of Chicago", geoid="1714000")
    for number, state in enumerate(["CA", "NY"]):
        jurisdiction = JurisdictionFactory(slug=f"place-{number}", state=state, kind="state")
        LetterFactory(key=f"letter-{number}", jurisdiction=jurisdiction, deadline="2018-03-12")
        award = AwardFactory(
            key=f"won-{number}",
            jurisdiction=jurisdiction,
            fiscal_year=2016,
            amount_basis="awarded",
        )
        AwardEventFactory(award=award, axis="dispute", award_status="cleared")
    ResponseFactory(letter=LetterFactory(key="refused", jurisdiction=chicago), kind="refusal")
    StatementFactory(
        key="unnamed", speaker=None, speaker_title="A spokesman", attribution="unnamed",
        side="federal", kind="paraphrase",
    ).jurisdictions.add(chicago)  # fmt: skip
    ProceedingFactory(key="another-suit").jurisdictions.add(chicago)


record = once_in_a_module(make_varied_record)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]

LISTS = {
    "letters": ("letter_list", "letters"),
    "jurisdictions": ("jurisdiction_list", "jurisdictions"),
    "statements": ("statement_list", "statements"),
    "proceedings": ("proceeding_list", "proceedings"),
}
FILTERS = [
    *(("letters", {"state": state}) for state in State),
    ("letters", {"exposure": "no response"}),
    ("letters", {"due_soon": "true"}),
    ("letters", {"enforcement": "subpoena_threatened"}),
    ("letters", {"round": "the-round"}),
    ("letters", {"jurisdiction": "chicago-il"}),
    ("letters", {"usps": "CA"}),
    ("letters", {"q": "Chicago"}),
    ("letters", {"usps": "NY", "state": "awaiting", "sort": "deadline"}),
    ("jurisdictions", {"kind": "state"}),
    ("jurisdictions", {"usps": "NY"}),
    ("jurisdictions", {"state": "refused"}),
    ("jurisdictions", {"exposure": "incomplete"}),
    ("jurisdictions", {"q": "Chicago"}),
    ("statements", {"side": "federal"}),
    ("statements", {"attribution": "unnamed"}),
    ("statements", {"kind": "paraphrase"}),
    ("statements", {"official": "the-official"}),
    ("statements", {"jurisdiction": "chicago-il"}),
    ("proceedings", {"jurisdiction": "chicago-il"}),
    ("proceedings", {"q": "Sessions"}),
    *((name, {}) for name in LISTS),
]


@pytest.mark.parametrize(("name", "asked"), FILTERS, ids=str)
def test_file_holds_what_the_page_lists(client, name, asked):
    address, path = LISTS[name]
    asked = asked | {"as_of": "2018-03-10"}

    page = client.get(reverse(address), asked).content.decode()
    file = csv_of(client, name, **asked)

    table = page[page.index('class="found"') : page.index("</main>")]
    assert set(keys(file)) == set(re.findall(rf'href="/{path}/([\w-]+)/', table))
    assert len(keys(file)) == len(set(keys(file)))


@pytest.mark.parametrize(
    "asked",
    [
        {"fiscal_year": "2016"},
        {"usps": "CA"},
        {"basis": "awarded"},
        {"dispute": "cleared"},
        {"dispute": "none"},
        {"money": "on_hold"},
        {"jurisdiction": "the-jurisdiction"},
        {"q": "Springfield"},
        {},
    ],
    ids=str,
)
def test_grants_file_holds_what_the_page_counts(client, asked):
    page = client.get(reverse("grant_list"), asked).content.decode()

    found = re.search(r'data-total="(\d+)"', page)[1]
    assert len(keys(csv_of(client, "grants", **asked))) == int(found)


@pytest.mark.parametrize(
    ("address", "name"), [*((a, n) for n, (a, _) in LISTS.items()), ("grant_list", "grants")]
)
def test_list_links_to_its_rows_as_a_file(client, address, name):
    page = client.get(reverse(address), {"q": "Springfield", "page": "1", "as_of": "2018-03-10"})
    link = html.unescape(
        re.search(r'href="([^"]+)"[^>]*>Download these rows', page.content.decode())[1]
    )

    assert link == f"/reports/{name}.csv?as_of=2018-03-10&q=Springfield"
    assert client.get(link).status_code == 200


@every_report
def test_page_shows_the_first_rows_the_columns_and_the_downloads(client, report):
    content = page_of(client, report.name).content.decode()

    assert keys(csv_of(client, report.name))[0] in content
    for column in report.columns:
        assert html.escape(column.description) in content
    for link in re.findall(r'href="(/reports/[^"]+\.csv[^"]*)"', content):
        assert client.get(html.unescape(link)).status_code == 200


@every_report
def test_pages_and_files_take_a_fixed_number_of_queries(
    client, report, django_assert_max_num_queries
):
    name = report.name
    csv_of(client, name)  # content types are looked up once per process

    with django_assert_max_num_queries(10):
        csv_of(client, name, as_of="2018-03-10")
    with django_assert_max_num_queries(4):
        csv_of(client, name, as_of="2018-03-10")
    with django_assert_max_num_queries(14):
        page_of(client, name)
