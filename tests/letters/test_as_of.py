"""The as-of day works on every page."""

import re

import pytest
import time_machine

from tests.addresses import ADDRESSES, PAGES, make_record
from tests.once import once_in_a_module

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]

INTERNAL = re.compile(r'href="(/[^"#]*)')

record = once_in_a_module(make_record)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_page_of_a_past_day_says_so_and_offers_the_way_back(client, address):
    page = client.get(address, {"as_of": "2018-06-30"}).content.decode()

    assert "30 June 2018" in page
    assert re.search(rf'href="{re.escape(address)}"[^>]*>[^<]*today', page, re.IGNORECASE)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_links_keep_the_day(client, address):
    page = client.get(address, {"as_of": "2018-06-30"}).content.decode()

    content = page[page.index("<main") : page.index("</main>")]
    links = [link for link in INTERNAL.findall(content) if not link.startswith("/static/")]
    without = [link for link in links if "as_of=2018-06-30" not in link]
    # What is the same on every day, and the way back to today.
    allowed = {address, "/reports/check/", "/reports/"}
    assert [link for link in without if link not in allowed] == []


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
@pytest.mark.parametrize("day", ["2018-02-30", "yesterday", "20180223", "2018-2-3", "9999-12-31"])
def test_what_is_no_past_day_gets_a_sentence(client, address, day):
    response = client.get(address, {"as_of": day})

    assert response.status_code == 400
    assert "YYYY-MM-DD" in response.content.decode()


@pytest.mark.parametrize(
    "name", [name for name in ADDRESSES if name.split("_")[0] in ("letter", "round", "statement")]
)
def test_record_before_its_first_entry_is_empty(client, name):
    response = client.get(ADDRESSES[name], {"as_of": "2018-01-23"})

    assert response.status_code in (200, 404)
    assert b"We will satisfy the request" not in response.getvalue()
    assert b"Springfield" not in response.getvalue()


@time_machine.travel("2018-02-24T04:30:00Z")  # half past eleven in the evening in Washington
def test_today_is_the_day_in_washington(client):
    assert client.get("/letters/").context["day"].isoformat() == "2018-02-23"


@time_machine.travel("2018-02-24T05:30:00Z")
def test_tomorrow_begins_at_midnight_in_washington(client):
    assert client.get("/letters/").context["day"].isoformat() == "2018-02-24"


@pytest.mark.parametrize("session", [{}, {"sessionid": "whatever"}])
def test_blank_day_is_today(client, session):
    client.cookies.load(session)

    response = client.get("/letters/", {"as_of": ""})

    assert response.status_code == 200
    assert "The record as of today" in response.content.decode()
