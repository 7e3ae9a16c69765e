"""HTML pages as text: what a reader sees, and nothing that runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.html_text import html_text

CASES = {
    "paragraphs": ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
    "line break": ("<p>One.<br>Two.</p>", "One.\nTwo."),
    "source lines fold": ("<p>One\n   and\r\ntwo.</p>", "One and two."),
    "inline tags": ("<p>He <b>said</b> “n<i>o</i>”.</p>", "He said “no”."),
    "references": ("<p>AT&amp;T &ldquo;no&rdquo; &#8212; &lt;b&gt;</p>", "AT&T “no” — <b>"),
    "script": ("<p>One</p><script>alert('<p>two</p>')</script>", "One"),
    "style": ("<style>p { color: red }</style><p>One</p>", "One"),
    "title and comment": ("<head><title>T</title></head><!-- c --><p>One</p>", "One"),
    "head left open": ("<head><title>T</title><body><p>One</p>", "One"),
    "drawing": ("<p>One</p><svg><title>x</title><text>y</text></svg><p>Two</p>", "One\n\nTwo"),
    "empty drawing": ("<svg/><p>One</p>", "One"),
    "script left open": ("<p>One</p><script>alert(1)", "One"),
    "cells": ("<table><tr><td>A</td><td>B</td></tr></table>", "A\n\nB"),
    "stray end tags": ("</div></p>One</script>", "One"),
    "no tags": ("Only words", "Only words"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("html", "text"), CASES.values(), ids=CASES)
def test_text(html, text):
    assert html_text(html) == text


@given(st.text(alphabet="<>/!-&;\"' \nabpscript\x00", max_size=80))
def test_any_page_gives_text_without_null(html):
    assert "\x00" not in html_text(html)


def test_depth_costs_no_stack():
    depth = 50_000

    assert html_text("<div>" * depth + "One" + "</div>" * depth) == "One"
