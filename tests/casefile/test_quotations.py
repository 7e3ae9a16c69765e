# ruff: noqa: RUF001  signs that look alike are what this is about
"""What the quotation check says, rule by rule, and that it never says yes to a changed word."""

import random
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from casefile.folding import Folded
from casefile.quotation_checks import FOUND, QuotationCheck
from casefile.quotations import (
    CHECKING_RULES,
    FEWEST_FRAGMENT_WORDS,
    LONGEST_COMPARED,
    MOST_OMITTED,
    check,
    word_diff,
)

TEXT = (
    "The mayor answered on the same day. “We will not satisfy this request — not by February 23,"
    " and not later,” he said. “The city can’t produce 1,373 pages for a so-called ‘review’ that"
    " costs $2.5 million in 2017–2018.” The letter (No. 17-cv-04642) is non-compliant… or so they"
    " say. The Depart-\nment has a well-\nknown record."
)

TABLE = {
    # exact
    "the same words": ("We will not satisfy this request", "exact"),
    "the whole text": (TEXT, "exact"),
    "spaces around": ("  We will not satisfy \n", "exact"),
    "the text's own dash": ("this request — not by", "exact"),
    "the text's own hyphen at a line end": ("The Depart-\nment has", "exact"),
    "the text's own ellipsis": ("is non-compliant… or so they", "exact"),
    "the text's own ellipsis at the end": ("is non-compliant…", "exact"),
    "a number": ("1,373 pages", "exact"),
    "one word": ("answered", "exact"),
    # typographic
    "a line break": ("We will not\nsatisfy this request", "typographic"),
    "a no-break space": ("We will not\N{NO-BREAK SPACE}satisfy", "typographic"),
    "a thin space": ("We will not\N{THIN SPACE}satisfy", "typographic"),
    "a zero-width space": ("We will not sat\N{ZERO WIDTH SPACE}isfy", "typographic"),
    "a byte order mark": ("We \N{ZERO WIDTH NO-BREAK SPACE}will not satisfy", "typographic"),
    "a soft hyphen": ("We will not sat\N{SOFT HYPHEN}isfy", "typographic"),
    "a soft hyphen at a line end": ("We will not sat\N{SOFT HYPHEN}\nisfy", "typographic"),
    "a straight apostrophe": ("The city can't produce", "typographic"),
    "straight quotation marks": ('"We will not satisfy', "typographic"),
    "double marks for single": ("a so-called “review” that", "typographic"),
    "angle quotation marks": ("a so-called «review» that", "typographic"),
    "two apostrophes for a mark": ("a so-called ''review'' that", "typographic"),
    "a closed-up dash": ("this request—not by", "typographic"),
    "two hyphens for a dash": ("this request -- not by", "typographic"),
    "a hyphen for a dash": ("this request - not by", "typographic"),
    "a no-break hyphen": ("a so\N{NON-BREAKING HYPHEN}called ‘review’", "typographic"),
    "a docket number's no-break hyphen": (
        "No. 17\N{NON-BREAKING HYPHEN}cv\N{NON-BREAKING HYPHEN}04642",
        "typographic",
    ),
    "a line-end hyphen read as the printer's": ("The Department has", "typographic"),
    "a line-end hyphen read as the word's": ("a well-known record", "typographic"),
    "both readings at once": ("The Department has a well-known record", "typographic"),
    "a line-end hyphen in the quotation": ("We will not sat-\nisfy", "typographic"),
    "dots for an ellipsis sign": ("is non-compliant... or so", "typographic"),
    "spaced dots for an ellipsis sign": ("is non-compliant . . . or so", "typographic"),
    # elided
    "an ellipsis": ("The mayor answered ... We will not satisfy", "elided"),
    "an ellipsis in brackets": ("The mayor answered [...] We will not satisfy", "elided"),
    "spaced dots": ("The mayor answered . . . We will not satisfy", "elided"),
    "the ellipsis sign": ("The mayor answered … We will not satisfy", "elided"),
    "a full stop and an ellipsis": ("on the same day. ... We will not satisfy", "elided"),
    "two ellipses": ("The mayor answered ... We will not ... The city can't", "elided"),
    "an ellipsis over a typographic fragment": (
        "The mayor answered ... this request—not",
        "elided",
    ),
    "an ellipsis at the start": ("... satisfy this request", "elided"),
    "an ellipsis at the end": ("satisfy this request ...", "elided"),
    # altered
    "a dropped not": ("We will satisfy this request", "altered"),
    "an added word": ("We will really not satisfy this request", "altered"),
    "another letter": ("We will not satisfy that request", "altered"),
    "a capital": ("we will not satisfy this request", "altered"),
    "another digit": ("by February 28, and not later", "altered"),
    "another dash in a range": ("$2.5 million in 2017-2018", "altered"),
    "a spaced dash in a range": ("$2.5 million in 2017 – 2018", "altered"),
    "another dash in a docket number": ("The letter (No. 17–cv–04642)", "altered"),
    "a lost hyphen": ("a socalled ‘review’ that costs", "altered"),
    "a space for a hyphen": ("a so called ‘review’ that costs", "altered"),
    "a changed comma": ("by February 23 and not later", "altered"),
    "a cut word at the start": ("e will not satisfy this request", "altered"),
    "a cut word at the end": ("We will not satisfy this reque", "altered"),
    "a cut prefix": ("compliant… or so they say", "altered"),
    "a cut n't": ("“The city can", "altered"),
    "a cut number at the start": ("373 pages for a", "altered"),
    "a cut decimal": ("5 million in", "altered"),
    "a cut currency": ("2.5 million in", "altered"),
    "a cut range": ("2.5 million in 2017", "altered"),
    "a scrap beside an ellipsis": ("The mayor ... will not satisfy", "altered"),
    "fragments in the wrong order": ("We will not satisfy ... The mayor answered on", "altered"),
    "an altered fragment": ("The mayor answered ... We will satisfy", "altered"),
    # absent
    "other words": ("Nothing of the kind was ever uttered by anyone", "absent"),
    "more than the whole text": (TEXT + " And so on, and so forth, at great length." * 9, "absent"),
    "punctuation": ("—", "absent"),
    "an ellipsis alone": ("...", "absent"),
    "no words": ("", "absent"),
}


@pytest.mark.parametrize(("quotation", "expected"), TABLE.values(), ids=TABLE)
def test_check_says(quotation, expected):
    assert check(quotation, TEXT).outcome == expected


def test_every_outcome_has_a_case():
    assert {expected for _, expected in TABLE.values()} | {"unchecked"} == set(QuotationCheck)


@pytest.mark.parametrize("text", ["", " \n"])
def test_no_text_is_unchecked(text):
    assert check("We will", text).outcome == QuotationCheck.UNCHECKED


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("ten² units", "ten2 units"),
        ("½ of it", "1⁄2 of it"),
        ("the № 5", "the No 5"),
        ("Straße", "Strasse"),
        ("a wall of 5'", 'a wall of 5"'),
        ("it was -5 degrees", "it was –5 degrees"),
        ("5 degrees", "it was -5 degrees"),
        ("a rise of 5", "a rise of 5%"),
        ("the 30-day term", "the 30—day term"),
        ("fifty 10", "fifty 1 0"),
        ("the city", "the city's letter"),
    ],
)
def test_never_folded(quotation, text):
    assert check(quotation, text).outcome not in FOUND


@pytest.mark.parametrize(
    ("quotation", "text"),
    [
        ("Jos\N{LATIN SMALL LETTER E WITH ACUTE} said", "Jose\N{COMBINING ACUTE ACCENT} said"),
        ("the first office", "the \N{LATIN SMALL LIGATURE FI}rst o\N{LATIN SMALL LIGATURE FFI}ce"),
        ("the 30-day term", "the 30-\nday term"),
        ("call 555-0100", "call 555-\n0100"),
        ("on May 1—the last day", "on May 1 -- the last day"),
        ("short- and long-term", "short- and long\N{HYPHEN}term"),
        ("the officials", "the officials' letter"),
        ("enough is enough", "enforcement—enough is enough"),
        ("10 000 pages", "10\N{NARROW NO-BREAK SPACE}000 pages"),
    ],
)
def test_presentation_is_folded(quotation, text):
    assert check(quotation, text).outcome in FOUND


def test_exact_is_preferred_to_an_earlier_typographic_match():
    text = "can’t do. But he said: can't do."

    found = check("can't do", text)

    assert found.outcome == QuotationCheck.EXACT
    assert found.spans[0].of(text) == "can't do"


def test_spans_point_into_the_original_text():
    found = check("\"The city can't produce 1,373 pages", TEXT)

    assert [span.of(TEXT) for span in found.spans] == ["“The city can’t produce 1,373 pages"]


def test_omitted_words_are_kept():
    text = "We will, in fact, not comply with this, and that is all."

    found = check("We will, in fact ... comply with this", text)

    assert found.outcome == QuotationCheck.ELIDED
    assert found.omitted == (", not",)
    assert [span.of(text) for span in found.spans] == ["We will, in fact", "comply with this"]


def test_elided_fragments_are_taken_as_close_together_as_they_come():
    text = "They said no. They said no. So they did not go there. So they did go there."

    found = check("They said no ... So they did", text)

    assert found.omitted == (".",)


def test_elided_fragments_may_be_a_paragraph_apart_but_no_more():
    near = "We will not comply " + "x" * (MOST_OMITTED - 2) + " with that request"
    far = "We will not comply " + "x" * (MOST_OMITTED - 1) + " with that request"
    quotation = "We will not comply ... with that request"

    assert check(quotation, near).outcome == QuotationCheck.ELIDED
    assert check(quotation, far).outcome == QuotationCheck.ALTERED


def test_elided_needs_a_later_start_where_the_first_is_too_far():
    text = "We will not comply. " + "x " * MOST_OMITTED + "We will not comply today with that one."

    assert check("We will not comply ... with that one", text).outcome == QuotationCheck.ELIDED


def test_elided_fragments_have_enough_words():
    words = TEXT.split()[:FEWEST_FRAGMENT_WORDS]

    assert check(f"{' '.join(words)} ... We will not", TEXT).outcome == QuotationCheck.ELIDED
    assert check(f"{' '.join(words[1:])} ... We will not", TEXT).outcome not in FOUND


def test_altered_shows_the_words_that_differ():
    found = check("We will satisfy that request", TEXT)

    assert [span.of(TEXT) for span in found.spans] == ["We will not satisfy this request"]
    assert [tuple(words) for words in found.diff] == [
        ("same", "We will"),
        ("removed", "not"),
        ("same", "satisfy"),
        ("removed", "this"),
        ("added", "that"),
        ("same", "request"),
    ]


def test_altered_text_shorter_than_its_quotation_is_shown_whole():
    found = check("We will not satisfy the request", "We will satisfy the request")

    assert found.outcome == QuotationCheck.ALTERED
    assert [tuple(words) for words in found.diff] == [
        ("same", "We will"),
        ("added", "not"),
        ("same", "satisfy the request"),
    ]


def test_altered_is_not_looked_for_in_the_longest_quotations():
    words = "all work and no play " * (LONGEST_COMPARED // 20)

    assert check(words + "x", words * 2).outcome == QuotationCheck.ABSENT


def test_word_diff_does_not_show_what_is_presentation():
    assert word_diff("the city can’t", "the city can't") == (("same", "the city can't"),)


def test_every_mark_has_its_words():
    for mark in QuotationCheck:
        assert mark.label
        assert mark.explanation.endswith(".")


def test_checking_rules_are_sentences():
    assert all(rule.endswith(".") for rule in CHECKING_RULES)


# Hundreds of quotations taken from texts, and changed in one place.

PROSE = (
    "the city will not comply with this demand and has not received any letter from a department"
    " that says it can withhold 1,373 grants of $2.5 million in 2017–2018 under No. 17-cv-04642 —"
    " “nothing” in 8 U.S.C. 1373(a) requires well-known sheriffs’ deputies, or José, to do so; why"
    " should they? They won’t. Some 40–60 counties answered by 23 February (or 24), others never:"
    " 555-0100 rings unanswered since 2018-01-24"
)
WORDS = PROSE.split()
PLAIN = {
    "“": '"',
    "”": '"',
    "’": "'",
    " ": "\N{NO-BREAK SPACE}",
}


def article(rng, words=3000):
    return " ".join(rng.choice(WORDS) for _ in range(words))


def excerpts(count, seed):
    """Yield a random number generator, a text, and some whole words of it."""
    rng = random.Random(seed)
    for _ in range(count):
        text = article(rng)
        words = text.split(" ")
        start = rng.randrange(len(words) - 40)
        yield rng, text, " ".join(words[start : start + rng.randrange(5, 40)]).strip("—– ")


def test_200_quotations_taken_from_texts_are_found():
    for _, text, quotation in excerpts(200, seed=1):
        found = check(quotation, text)

        assert found.outcome == QuotationCheck.EXACT
        assert found.spans[0].of(text) == quotation


def test_200_quotations_set_in_other_type_are_found():
    for _, text, quotation in excerpts(200, seed=2):
        plain = "".join(PLAIN.get(sign, sign) for sign in quotation)

        found = check(plain, text)

        assert found.outcome == QuotationCheck.TYPOGRAPHIC
        assert Folded(found.spans[0].of(text)).key == Folded(plain).key


def change_letter(rng, quotation):
    return change(rng, quotation, r"[^\W\d_]", lambda c: rng.choice("qxzj".replace(c, "")))


def change_case(rng, quotation):
    return change(rng, quotation, r"[^\W\d_]", str.swapcase)


def change_digit(rng, quotation):
    return change(rng, quotation, r"\d", lambda c: str((int(c) + rng.randrange(1, 10)) % 10))


def drop_letter(rng, quotation):
    return change(rng, quotation, r"(?<=\w)[^\W\d_](?=\w)", lambda c: "")


def drop_digit(rng, quotation):
    return change(rng, quotation, r"(?<=\d)\d", lambda c: "")


def drop_not(rng, quotation):
    return change(rng, quotation, r"(?<=\S )not (?=\S)", lambda c: "")


def swap_dash_in_number(rng, quotation):
    return change(rng, quotation, r"(?<=\d)[-–](?=\w)", lambda c: rng.choice("-–—−".replace(c, "")))


def change(rng, quotation, pattern, replace):
    """Return the quotation, changed at one place that matches, or None where none does."""
    places = list(re.finditer(pattern, quotation))
    if not places:
        return None
    place = rng.choice(places)
    return quotation[: place.start()] + replace(place.group()) + quotation[place.end() :]


@pytest.mark.parametrize(
    "mutate",
    [
        change_letter,
        change_case,
        change_digit,
        drop_letter,
        drop_digit,
        drop_not,
        swap_dash_in_number,
    ],
)
def test_200_changed_quotations_never_pass(mutate):
    checked = 0
    for rng, text, quotation in excerpts(1200, seed=mutate.__name__):
        mutated = mutate(rng, quotation)
        # By chance the changed words may stand elsewhere in the text.
        if mutated is None or mutated in text:
            continue

        assert check(mutated, text).outcome not in FOUND, (quotation, mutated)

        checked += 1
        if checked == 200:
            break
    assert checked == 200


signs = st.sampled_from("aAnot 1290éß²½ﬁ  \n\t\u00a0\u2009\u200b\u00ad-‐‑–—−'’\"“”`.…[]$%,:")
texts = st.text(signs, max_size=60)


def meaning(text):
    """Return the letters and digits of a text, ligatures and accents as folding has them."""
    text = unicodedata.normalize("NFC", text.replace("ﬁ", "fi"))
    return "".join(c for c in text if c.isalnum())


@given(texts)
def test_folding_never_changes_words_case_or_digits(text):
    assert meaning(Folded(text).characters) == meaning(text)


@given(texts)
def test_folding_is_idempotent(text):
    once = Folded(text).characters

    assert meaning(Folded(once).characters) == meaning(once)


@given(texts, texts, texts)
def test_found_words_are_the_quotations_words(before, quotation, after):
    text = before + quotation + after

    found = check(quotation, text)

    if found.outcome in (QuotationCheck.EXACT, QuotationCheck.TYPOGRAPHIC):
        assert meaning(found.spans[0].of(text)) == meaning(quotation)


@given(texts, texts)
def test_what_is_found_has_every_digit_and_letter_in_order(quotation, text):
    found = check(quotation, text)

    if found.outcome in FOUND:
        assert "".join(meaning(span.of(text)) for span in found.spans) == meaning(quotation)


@given(st.text(max_size=80), st.text(max_size=200))
def test_check_takes_any_text(quotation, text):
    found = check(quotation, text)

    assert all(0 <= span.start <= span.end <= len(text) for span in found.spans)


@given(texts)
@example("0\N{MINUS SIGN}\n")
@example(" \N{HYPHEN} 0")
@example("0 \N{HYPHEN} ")
@example(" -\n0")
@example("- a")
def test_a_text_is_found_in_itself(text):
    expected = {True: QuotationCheck.EXACT, False: QuotationCheck.ABSENT}
    unchecked = not text.strip()

    found = check(text, text)

    assert found.outcome == (
        QuotationCheck.UNCHECKED if unchecked else expected[bool(meaning(text))]
    )


def test_altered_is_pointed_at_in_a_text_that_folds_to_next_to_nothing():
    dots = ". " * 100_000

    assert check("We will not satisfy this request", dots).outcome == QuotationCheck.ABSENT
