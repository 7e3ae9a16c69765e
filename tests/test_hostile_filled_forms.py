"""Forms of the desk as their pages show them, with anything typed into some of their fields."""

from html.parser import HTMLParser

from django.test import TestCase
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casefile.gate import CONTROL_BUT_LINES
from tests.attacked_desk import POINTS, AttackedDesk, kind_of
from tests.hostile import TEXTS

# Not kept: what leaves the desk, and what is no form of a page.
LEFT_OUT = {"logout", "jsi18n", "use", "login", "begin"}
OTHERS = ["", "1", "on", "2018-02-03", "sNaN", "9" * 8, "9" * 4_000]
OTHERS += ["1\n" * 50_000, "x" * 200_000, "<" * 100_000, "é" * 40_000]
HOSTILE = OTHERS + [text for text in TEXTS.values() if not CONTROL_BUT_LINES.search(text)]
MANY_ROWS = 5


class Forms(HTMLParser):
    """Reads what a browser would post of the forms on a page: [{name: value}]."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.select, self.textarea = [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "select":
            self.select = given.get("name")
            self.forms[-1].setdefault(self.select, "")
        elif tag == "option" and self.select and "selected" in given:
            self.forms[-1][self.select] = given.get("value", "")
        elif tag == "textarea":
            self.textarea = given["name"]
            self.forms[-1][self.textarea] = ""
        elif tag in ("input", "button") and given.get("name"):
            self.forms[-1].setdefault(given["name"], given.get("value") or "")

    def handle_data(self, data):
        if self.textarea:
            self.forms[-1][self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.textarea = None
        elif tag == "select":
            self.select = None


def form_of(response):
    """Return the form of a page that has the most fields, its empty rows made real ones."""
    shown = {}
    for name, value in max(Forms(response.content.decode()).forms, key=len, default={}).items():
        if name.endswith("-TOTAL_FORMS") and int(value) < MANY_ROWS:
            value = str(MANY_ROWS)
        for number in range(MANY_ROWS) if "__prefix__" in name else [""]:
            shown.setdefault(name.replace("__prefix__", str(number)), value)
    return shown


typed = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(HOSTILE) | st.text(max_size=40)),
    min_size=1,
    max_size=60,
)
by_chance = settings(
    max_examples=3,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class FilledForms(AttackedDesk, TestCase):
    def test_anything_typed_into_any_form_is_answered(self):
        for point in POINTS:
            here = self.plain(point)
            shown = self.client.get(here) if kind_of(point) not in LEFT_OUT else None
            if shown is not None and shown.status_code == 200 and not shown.streaming:
                self.fill(here, form_of(shown))

        assert dict(self.attack.faults) == {}
        assert self.attack.count >= 200

    def fill(self, here, form):
        """Post a form several times, some of its fields filled with anything."""
        names = sorted(form)

        @by_chance
        @given(typed)
        def post(entries):
            filled = {names[place % len(names)]: text for place, text in entries}
            what = f"{here} { ({name: text[:50] for name, text in filled.items()}) }"
            self.attack.note(what, lambda: self.client.post(here, form | filled))

        if len(names) > 1:
            post()
