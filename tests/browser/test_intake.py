"""The intake of a source in a real browser: what is selected is what is cited."""

import pytest

from casefile.models import Citation
from letters.models import Statement
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

# Signs outside the first plane of Unicode are two for a browser and one for Python.
ARTICLE = "🏛️ Paper & Pen\n\nMayor Rivers said “we <will> not — 🙂 — hand over a page” today."
SELECT = """words => {
  const text = document.getElementById("source-text");
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walker.nextNode()); ) {
    if (node.data.includes(words[0])) range.setStart(node, node.data.indexOf(words[0]));
    if (node.data.includes(words[1]))
      range.setEnd(node, node.data.indexOf(words[1]) + words[1].length);
  }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def desk(open_page, client, live_server):
    """Return a window in which an editor is signed in."""
    client.force_login(UserFactory(group="Editors"))
    page = open_page("/healthz")
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.complaints.clear()
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_statement_is_made_of_what_is_selected(desk, live_server, width):
    desk.set_viewport_size({"width": width, "height": 844})

    desk.goto(f"{live_server.url}/admin/casefile/source/take-in/")
    desk.fill("#id_title", "An article")
    desk.select_option("#id_kind", "news_report")
    desk.fill("#id_published_on", "2018-01-25")
    desk.fill("#id_pasted", ARTICLE)
    desk.click("input[value='Take in']")
    desk.evaluate(SELECT, ["we <will>", "a page"])
    desk.click("input[value='Use the selection']")
    desk.fill("#id_speaker_title", "Mayor")
    desk.select_option("#id_attribution", "unnamed")
    desk.select_option("#id_side", "jurisdiction")
    desk.check("#id_confirmed")
    desk.click("input[name=_submit]")

    assert "Submitted" in desk.inner_text(".messagelist")
    assert desk.evaluate("document.documentElement.scrollWidth") == width
    statement, citation = Statement.objects.get(), Citation.objects.get()
    assert statement.text == "we <will> not — 🙂 — hand over a page"
    assert citation.passage == ARTICLE.partition("\n\n")[2]
    assert (citation.passage_check, citation.quotation_check) == ("exact", "exact")
    assert [one for one in desk.complaints if "Content Security Policy" in one] == []


def test_everything_is_there_without_scripts(client, live_server, browser):
    client.force_login(UserFactory(group="Editors"))
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()

    page.goto(f"{live_server.url}/admin/casefile/source/take-in/")
    page.fill("#id_title", "An article")
    page.select_option("#id_kind", "news_report")
    page.fill("#id_published_on", "2018-01-25")
    page.fill("#id_pasted", ARTICLE)
    page.click("input[value='Take in']")
    page.fill("#id_first", "hand over")
    page.fill("#id_last", "page")
    page.click("input[value='Find the passage']")
    page.click("#draft ol a")
    page.select_option("#id_attribution", "unnamed")
    page.select_option("#id_side", "jurisdiction")
    page.check("#id_confirmed")
    page.click("input[value='Save draft']")
    shown = page.inner_text("#taken")
    context.close()

    assert "Mayor Rivers said" in shown
    assert Statement.objects.get().text == "hand over a page"
