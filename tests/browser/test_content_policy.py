"""All public pages and the desk's in one real browser, with scripts in all texts of the record.

None becomes one, no page breaks the policy, and none asks another site.
"""

from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.urls import reverse

from casefile.models import Citation, SignInEvent, Source
from jurisdictions.models import Jurisdiction
from letters.models import Letter, Official, Response, Round, Statement
from letters.record import RECORD
from tests.addresses import make_record
from tests.browser.conftest import refused
from tests.browser.test_public_pages import PAGES
from tests.desk import page as desk_page
from tests.hostile import LINK, SCRIPTS

pytestmark = pytest.mark.django_db(transaction=True)

SERIOUS = {"error", "warning"}  # beside these, Chromium advises how forms of passwords are made
COMPLAINTS = """() => {
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
}"""

# What would be there if a text had become markup, whether or not the policy then stops it.
BECAME_MARKUP = """() => [...document.querySelectorAll("*")].flatMap((element) => {
  const faults = [...element.attributes].map((one) => one.name).filter((name) => /^on/i.test(name));
  const leads = ["href", "action", "formaction", "xlink:href"].map((n) => element.getAttribute(n));
  const isScript = element.localName === "script" && !element.src && !/json/.test(element.type);
  if (isScript || element.matches("iframe, object, embed, base, math, marquee, video, audio, x"))
    faults.push(element.localName);
  faults.push(...leads.filter((to) => /^\\s*(javascript|vbscript|data:text)/i.test(to || "")));
  return faults;
})"""


def spoil_texts():
    """Put all scripts into each text, line, list and link of a record."""
    scripts = " ".join(SCRIPTS)
    for model in {table.model for table in RECORD}:
        spoilt = {}
        for field in model._meta.concrete_fields:
            if field.choices or isinstance(field, models.SlugField | models.FileField):
                continue
            if isinstance(field, ArrayField):
                spoilt[field.name] = SCRIPTS
            elif "url" in field.name or field.name == "website":
                spoilt[field.name] = LINK
            elif isinstance(field, models.CharField | models.TextField):
                spoilt[field.name] = scripts
        for name in ("geoid", "field"):  # these are no texts
            spoilt.pop(name, None)
        model.objects.update(**spoilt)


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


def test_scripts_in_all_texts_run_nowhere_and_no_page_asks_another_site(sign_in, live_server):
    with transaction.atomic():  # an entry and its citations come together
        letter = make_record()
    with transaction.atomic():
        spoil_texts()
    page = sign_in("ada", "Administrators")
    page.get_by_role("heading", name="The record").wait_for()
    page.add_init_script(f"({COMPLAINTS})()")
    asked, complaints, broken, spoilt = set(), [], {}, 0
    page.on("dialog", lambda dialog: (complaints.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.extend(refused(request)))
    page.on("console", lambda said: said.type in SERIOUS and complaints.append(said.text))
    page.on("request", lambda request: asked.add(urlsplit(request.url)[:2]))
    desk = desk_pages(letter)

    for address in [*desk, *PAGES.values(), "/search/?q=alert"]:
        answer = page.goto(live_server.url + address, wait_until="load")
        told = complaints + page.evaluate("window.refused") + page.evaluate(BECAME_MARKUP)
        spoilt += "alert(1)" in answer.text()
        if told or answer.status != 200:
            broken[address] = (answer.status, told)
        complaints.clear()

    assert len(desk) >= 15
    assert broken == {}
    assert len(SCRIPTS) == 60
    assert spoilt > 30
    assert {f"{scheme}://{host}" for scheme, host in asked} == {live_server.url}
