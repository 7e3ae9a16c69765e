"""Whatever is asked of a list, and whatever stands in an address: found by chance, not by hand."""

import csv
import io
import re

from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from letters.filters import LetterFilter, StatementFilter
from letters.parameters import PARAMETERS
from tests.addresses import make_record
from tests.hostile import ALLOWED, faults_of
from tests.reader import Reader

LISTS = {
    "letter_list": (LetterFilter, "letters", r'href="/letters/([\w-]+)/'),
    "statement_list": (StatementFilter, "statements", r'href="/statements/([\w-]+)/'),
}
by_chance = settings(
    max_examples=500,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def values(one):
    """Return a strategy for the values of a filter: what it offers, and what it doesn't."""
    offered = [str(value) for value, _label in one.extra.get("choices", [])]
    offered += ["the-round", "the-jurisdiction", "the-official", "Springfield"]
    return st.sampled_from(offered) | st.text(max_size=30)


def questions(filterset):
    """Return a strategy for what is asked of a list: names that it takes, now and then another."""
    known = {name: values(one) for name, one in filterset.base_filters.items()}
    return st.fixed_dictionaries(
        {}, optional=known | {"page": st.text(max_size=5), "hostile": st.text(max_size=5)}
    )


class Fuzzed(TestCase):
    client_class = Reader

    @classmethod
    def setUpTestData(cls):
        make_record()

    def check_list(self, name, asked):
        _filterset, report, link = LISTS[name]
        page = self.client.get(reverse(name), asked)
        asked = {name: value for name, value in asked.items() if name != "page"}
        file = self.client.get(reverse("report_csv", args=[report]), asked)

        assert list(faults_of(page)) == []
        assert list(faults_of(file)) == []
        if page.status_code == file.status_code == 200:
            found = page.content.decode()
            found = found[found.index('class="found"') if 'class="found"' in found else 0 :]
            rows = csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig")))
            assert {row["key"] for row in rows} == set(re.findall(link, found))

    @by_chance
    @given(questions(LetterFilter))
    @example({"q": "Springfield", "page": "2"})
    def test_letters_and_their_file_are_the_same(self, asked):
        self.check_list("letter_list", asked)

    @by_chance
    @given(questions(StatementFilter))
    def test_statements_and_their_file_are_the_same(self, asked):
        self.check_list("statement_list", asked)

    @by_chance
    @given(st.sampled_from(sorted(PARAMETERS)), st.text(max_size=40), st.text(max_size=20))
    def test_address_of_anything_is_answered(self, name, key, day):
        path = "/" + name.replace("_", "/") + "/" + key
        assert Client().get(path, {"as_of": day}).status_code in ALLOWED
