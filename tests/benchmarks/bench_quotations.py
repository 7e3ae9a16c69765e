"""10,000 quotations are checked against texts of 100 KB in at most 60 seconds."""

import datetime as dt
import random
import time
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from casefile.models import Citation, Source
from letters.models import Statement

pytestmark = pytest.mark.django_db

QUOTATIONS = 10_000
TEXTS = 100
TEXT_LENGTH = 100_000
SECONDS = 60

# Of ten quotations, how many are of each outcome.
MIX = ["exact"] * 4 + ["typographic"] * 2 + ["elided", "altered", "absent", "absent"]


def text_of(rng, vocabulary):
    """Return a text of words as frequent as in a language: few often, most seldom."""
    words = rng.choices(vocabulary, [1 / rank for rank in range(1, len(vocabulary) + 1)], k=20_000)
    return " ".join(words)[:TEXT_LENGTH]


def quote(rng, text, outcome):
    words = text.split(" ")
    start = rng.randrange(len(words) - 80)
    chosen = words[start : start + rng.randrange(8, 60)]
    match outcome:
        case "typographic":
            return "\N{NO-BREAK SPACE}".join(chosen)
        case "elided":
            return " ".join([*chosen[:3], "...", *chosen[5:]])
        case "altered":
            return " ".join([*chosen[:4], *chosen[5:]])
        case "absent":
            return " ".join("".join(rng.sample(word, len(word))) for word in chosen)
    return " ".join(chosen)


def test_checking_10_000_quotations_takes_a_minute_at_most():
    rng = random.Random(1)
    vocabulary = [
        "".join(rng.choices("etaoinshrdlucmfwypvbgk", k=rng.randint(2, 11))) for _ in range(8000)
    ]
    sources = Source.objects.bulk_create(
        Source(key=f"s{n}", kind="news_report", title="News", text=text_of(rng, vocabulary))
        for n in range(TEXTS)
    )
    statements = Statement.objects.bulk_create(
        Statement(
            key=f"q{n}",
            date=dt.date(2018, 1, 24),
            side="federal",
            kind="quotation",
            attribution="unnamed",
            text=quote(rng, sources[n % TEXTS].text, MIX[n % len(MIX)]),
        )
        for n in range(QUOTATIONS)
    )
    Citation.objects.bulk_create(
        Citation(entry=statement, source=sources[n % TEXTS])
        for n, statement in enumerate(statements)
    )

    started = time.perf_counter()
    call_command("check_quotations", stdout=StringIO(), stderr=StringIO())
    seconds = time.perf_counter() - started

    found = Counter(Citation.objects.values_list("quotation_check", flat=True))
    print(f"\n{QUOTATIONS:,} quotations, {TEXTS} texts of 100 KB: {seconds:.1f} s, {dict(found)}")
    assert found["exact"] + found["typographic"] + found["elided"] == QUOTATIONS * 0.7
    assert seconds <= SECONDS
