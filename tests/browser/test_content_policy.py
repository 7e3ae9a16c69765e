"""All public pages and the desk's in one real browser: nothing refused, nothing from elsewhere."""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse

from casefile.models import Citation, SignInEvent, Source
from jurisdictions.models import Jurisdiction
from letters.models import Letter, Official, Response, Round, Statement
from tests.addresses import make_record
from tests.browser.conftest import refused
from tests.browser.test_public_pages import PAGES
from tests.desk import page as desk_page

pytestmark = pytest.mark.django_db(transaction=True)

SERIOUS = {"error", "warning"}  # beside these, Chromium advises how forms of passwords are made
COMPLAINTS = """() => {
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
}"""


def desk_pages(letter):
    """Return addresses of the desk: lists, forms that are filled in and empty, work, one's own."""
    return [
        reverse("admin:index"),
        reverse("admin:app_list", args=["letters"]),
        reverse("admin:password_change"),
        reverse("second_factors"),
        reverse("second_factor_add"),
        *(desk_page(model, "changelist") for model in (Letter, Citation, User, SignInEvent)),
        *(desk_page(model, "add") for model in (Round, Official, Source)),
        desk_page(Letter, "change", letter.pk),
        desk_page(Letter, "history", letter.pk),
        desk_page(Round, "change", letter.round_id),
        desk_page(Jurisdiction, "change", letter.jurisdiction_id),
        desk_page(Source, "change", Source.objects.get(key="the-source").pk),
        desk_page(Response, "change", Response.objects.get().pk),
        desk_page(Statement, "change", Statement.objects.get().pk),
    ]


def test_no_page_breaks_the_policy_or_asks_another_site(sign_in, live_server):
    with transaction.atomic():  # an entry and its citations come together
        letter = make_record()
    page = sign_in("ada", "Administrators")
    page.get_by_role("heading", name="The record").wait_for()
    page.add_init_script(f"({COMPLAINTS})()")
    asked, complaints, broken = set(), [], {}
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(refused(request)))
    page.on("console", lambda said: said.type in SERIOUS and complaints.append(said.text))
    page.on("request", lambda request: asked.add(urlsplit(request.url)[:2]))
    desk = desk_pages(letter)

    for address in [*desk, *PAGES.values()]:
        answer = page.goto(live_server.url + address, wait_until="load")
        told = complaints + page.evaluate("window.refused")
        if told or answer.status != 200:
            broken[address] = (answer.status, told)
        complaints.clear()

    assert len(desk) >= 15
    assert broken == {}
    assert {f"{scheme}://{host}" for scheme, host in asked} == {live_server.url}
