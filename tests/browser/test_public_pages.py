"""Every public page in a real browser: accessible, narrow, by keyboard, without complaint."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction

from tests.addresses import PAGES, make_record
from tests.hostile import turn

# The report pages are one template: two of them stand for all.
SHOWN = {
    name: address
    for name, address in PAGES.items()
    if name.removeprefix("report_detail ") in {name, "letters", "quotations"}
}

SHARES = 4  # of the pages, each with a record of its own: all processes may work on them
FIRST_VIEW = 100_000  # bytes; servers send stylesheets and scripts compressed

pytestmark = pytest.mark.django_db(transaction=True)


def width_needed(page):
    return page.evaluate("document.documentElement.scrollWidth")


@pytest.fixture(autouse=True)
def record():
    with transaction.atomic():  # an entry and its citations come together
        make_record()


@pytest.mark.parametrize("number", range(SHARES))
def test_pages_are_light_accessible_in_both_themes_and_fit_a_phone(open_page, live_server, number):
    for name, address in turn(list(SHOWN.items()), number, SHARES):
        page = open_page(address)

        html, *others = [answer.body() for answer in page.answers]
        weight = len(html) + sum(len(gzip.compress(body)) for body in others)
        assert weight <= FIRST_VIEW, name
        asked = {answer.url for answer in page.answers}
        assert [url for url in asked if not url.startswith(live_server.url)] == [], name

        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        for theme, width in (("light", 1280), ("dark", 390)):
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size({"width": width, "height": 900})
            found = Axe().run(page)
            assert found.violations_count == 0, (name, theme, found.generate_report())
            assert width_needed(page) <= width, name
        # As wide as 1280 pixels are at 400% zoom: WCAG 2.2, 1.4.10.
        page.set_viewport_size({"width": 320, "height": 900})
        assert width_needed(page) <= 320, name
        assert page.complaints == [], name
        page.close()


def test_print_gives_the_addresses_of_links_and_the_day_and_leaves_out_what_is_pressed(open_page):
    page = open_page("/sources/the-source/?as_of=2019-01-01")
    page.emulate_media(media="print")

    links = page.locator("main a[href^=http]")
    addresses = links.evaluate_all(
        "all => all.map(one => getComputedStyle(one, '::after').content)"
    )
    pressed = page.locator("nav, form, button").evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML)"
    )

    assert addresses
    assert all("http" in address for address in addresses)
    assert pressed == []
    assert "1 January 2019" in page.locator("body").inner_text()


def test_reader_without_scripts_goes_from_the_list_to_a_source(open_page, live_server):
    page = open_page("/letters/", java_script_enabled=False)

    page.get_by_label("State", exact=True).select_option("IL")
    page.get_by_role("button", name="Show").last.click()
    page.get_by_role("link", name="Response on record 1").click()
    page.locator("main tbody a").first.click()
    page.locator("summary").first.click()
    page.locator("details[open] a").first.click()

    assert page.url == f"{live_server.url}/sources/the-source/"


def test_keyboard_reaches_the_content_first(open_page):
    page = open_page("/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "content"
