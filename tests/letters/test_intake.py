"""What intake finds in texts, by tables, by generated texts, and by articles of our own making."""

import datetime as dt
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.folding import Span
from letters.intake.dates import dates
from letters.intake.marking import Mark, marked_up
from letters.intake.money import money
from letters.intake.names import Known, named, people, surname_of
from letters.intake.paragraphs import paragraphs
from letters.intake.passages import between, quoted_words
from letters.intake.quoted import CONTINUES, NO_END, NO_START, quotations
from letters.intake.reading import read
from letters.intake.sentences import Sentences
from letters.intake.speakers import propose
from tests.letters.articles import ARTICLES

PUBLISHED = dt.date(2018, 1, 26)


def quoted(text):
    return [quotation.words.of(text) for quotation in quotations(text)]


# Quotations

QUOTATIONS = {
    "straight": ('He said "no" twice.', ["no"]),
    "curly": ("He said “no” twice.", ["no"]),
    "single curly": ("He said ‘no’ twice.", ["no"]),
    "single straight": ("He said 'no' twice.", ["no"]),
    "typewriter": ("He said ``no'' twice.", ["no"]),
    "angled": ("He said «no» twice.", ["no"]),
    "low": ("He said „no“ twice.", ["no"]),
    "closing marks at both ends": ("He said ”no” twice.", ["no"]),
    "comma before the mark": ("“No,” he said.", ["No"]),
    "comma after the mark": ('"No", he said.', ["No"]),
    "full stop is kept": ("He said “No.”", ["No."]),
    "question": ("“No?” she asked. “Why?”", ["No?", "Why?"]),
    "single within double": ("“I said ‘no,’ and left,” he said.", ["I said ‘no,’ and left", "no"]),
    "double within single": ("‘She said “no” again,’ he said.", ["She said “no” again", "no"]),
    "marks end together": ("“She said ‘no.’” So.", ["She said ‘no.’", "no."]),
    "straight within straight": ('"She said "no" again," he said.', ['She said "no" again', "no"]),
    "apostrophes": ("The mayors' aide can't say it's the '90s or rock 'n' roll.", []),
    "possessive within single": ("‘The mayors’ plan fails,’ he said.", ["The mayors’ plan fails"]),
    "contraction within single": ("'We can't, we won't,' he said.", ["We can't, we won't"]),
    "inches": ('A 12" pipe and a 3" bolt.', []),
    "inches and words": ('A 12" pipe is "long".', ["long"]),
    "dash before the mark": ("He said it—“no”—and left.", ["no"]),
    "brackets": ('The letter ("the demand") came.', ["the demand"]),
    "no space after the mark": ('"No"he said. "Yes".', ["No", "Yes"]),
    "spaces within the marks": ('He said " no " twice.', ["no"]),
    "line break within": ("He said “no\nand never”.", ["no\nand never"]),
    "nothing within": ('He said "" and “”.', []),
    "only an ellipsis within": ("He said “…”.", []),
    "two in a sentence": ('He said "no" and "never".', ["no", "never"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), QUOTATIONS.values(), ids=QUOTATIONS)
def test_quotations(text, found):
    assert quoted(text) == found
    assert [quotation.problem for quotation in quotations(text)] == [""] * len(found)


UNBALANCED = {
    "no end": ("He said “no and left. So.", [("no and left. So.", NO_END)]),
    "no end, straight": ('He said "no and left.', [("no and left.", NO_END)]),
    "no end before another": (
        'He said "no and left. She said "yes" twice.',
        [("no and left. She said", NO_END), ("yes", "")],
    ),
    "no start": ("No and never,” he said.", [("No and never", NO_START)]),
    "several paragraphs": (
        "“One.\n\n“Two.\n\n“Three,” he said.",
        [("One.", CONTINUES), ("Two.", CONTINUES), ("Three", "")],
    ),
    "paragraph without its mark": (
        '"One.\n\nTwo," he said.',
        [("One.", NO_END), ("Two", NO_START)],
    ),
    "a fault stays in its paragraph": (
        'He said "one.\n\nShe said "two".',
        [("one.", NO_END), ("two", "")],
    ),
}


@pytest.mark.parametrize(("text", "found"), UNBALANCED.values(), ids=UNBALANCED)
def test_marks_that_do_not_pair_are_found_and_say_so(text, found):
    assert [(q.words.of(text), q.problem) for q in quotations(text)] == found


WORDS = st.sampled_from(
    ["we", "will", "not", "hand", "over", "any", "page", "that", "you", "ask", "for", "today"]
)
PHRASES = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
MARKS = st.sampled_from(["“”", '""', "‘’", "''", "«»", "„“", ("``", "''"), "””"])
NESTED = st.sampled_from([("“", "”", "‘", "’"), ('"', '"', "'", "'"), ("‘", "’", "“", "”")])


@given(st.lists(st.tuples(PHRASES, MARKS, PHRASES), min_size=1, max_size=6), st.sampled_from(" \n"))
def test_quotations_of_every_style_are_found(parts, space):
    text = space.join(f"{said}, {a}{words}{b}," for said, (a, b), words in parts)

    assert quoted(text) == [words for _, _, words in parts]


@given(PHRASES, PHRASES, PHRASES, NESTED)
def test_quotations_within_others_are_found(before, within, after, marks):
    a, b, c, d = marks
    text = f"He said {a}{before} {c}{within}{d} {after}{b} twice."

    found = quotations(text)

    assert [q.words.of(text) for q in found] == [f"{before} {c}{within}{d} {after}", within]
    assert [q.inside for q in found] == [False, True]


ANY_TEXT = st.text(alphabet="ab S.,\n\f\"'“”‘’«»`1$ -—\r", max_size=120)
OFFICIALS = [Known(1, "Sab Bas", ("Sab Bas",)), Known(2, "A Bas", ("A Bas",))]


@given(ANY_TEXT)
def test_spans_are_always_within_the_text_and_say_what_they_are(text):
    reading = read(text, officials=OFFICIALS, jurisdictions=OFFICIALS, published_on=PUBLISHED)

    for quotation in reading.quotations:
        assert quotation.words.of(text).strip() == quotation.words.of(text) != ""
        assert quotation.words.of(text) in quotation.marked.of(text)
        assert reading.text.pin(quotation.words)
        proposal = reading.speaker_of(quotation.words)
        assert proposal.is_ambiguous == (len(proposal.candidates) > 1)
        assert not (proposal.is_ambiguous and (proposal.speaker or proposal.attribution))
        if proposal.evidence:
            assert reading.evidence_of(proposal).strip()
    for one in [*reading.people, *reading.jurisdictions]:
        assert one.span.of(text).split()[-1] == "Bas"
    ends = [end for span in reading.text.spans for end in span]
    assert ends == sorted(ends)


@given(ANY_TEXT)
def test_paragraphs_and_sentences_leave_no_word_out(text):
    sentences = Sentences(text)

    def words(spans):
        return "".join("".join(span.of(text) for span in spans).split())

    assert words(paragraphs(text)) == "".join(text.split())
    assert words(sentences.spans) == "".join(text.split())


@given(ANY_TEXT.filter(str.strip), st.data())
def test_any_passage_can_be_widened_and_pinned(text, data):
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    sentences = Sentences(text)

    whole = sentences.whole(span)

    assert whole.start <= span.start <= span.end <= whole.end
    assert sentences.pin(span)
    propose(sentences, span, [])


# Speakers

RIVERS, DOE, OTHER_DOE = (
    Known(1, "Pat Rivers", ("Pat Rivers",)),
    Known(2, "Jo Doe", ("Jo Doe",)),
    Known(3, "Alex Doe", ("Alex Doe",)),
)
SPEAKERS = {
    "said after": ("“No,” Pat Rivers said.", ["Pat Rivers named sure"]),
    "said before": ("Pat Rivers said “no.”", ["Pat Rivers named sure"]),
    "inverted": ("“No,” said Pat Rivers, the mayor.", ["Pat Rivers named sure"]),
    "surname alone": ("“No,” Rivers said.", ["Rivers named"]),
    "surname of two": ("“No,” Doe said.", ["Doe named"]),
    "somebody else's surname": ("“No,” Kim Rivers said.", ["Kim Rivers named"]),
    "stranger": ("“No,” said Kim Brook.", ["Kim Brook named"]),
    "title": ("“No,” Mayor Brook said.", ["Brook named"]),
    "initial": ("Pat Q. Rivers said “no.”", ["Pat Rivers named sure"]),
    "according to": ("“No,” according to Pat Rivers.", ["Pat Rivers named sure"]),
    "according to, first": ("According to Pat Rivers, it is “no.”", ["Pat Rivers named sure"]),
    "spokesman for": (
        "“No,” said Kim Brook, spokesman for Mayor Pat Rivers.",
        ["Kim Brook named"],
    ),
    "spokesman for, before": (
        "Kim Brook, a spokesman for Mayor Pat Rivers, said “no.”",
        ["Kim Brook named"],
    ),
    "spokesman without a name": (
        "“No,” a spokesman for Pat Rivers said.",
        ["a spokesman for Pat Rivers unnamed"],
    ),
    "the official": ("“No”, the official said.", ["the official unnamed"]),
    "officials": ("Several city officials said “no.”", ["Several city officials unnamed"]),
    "office": ("The Justice Department said “no.”", ["Justice Department named"]),
    "paper": (
        "“No,” according to a Justice Department press release.",
        ["Justice Department named"],
    ),
    "spoken of": ("“No,” Pat Rivers told Jo Doe.", ["Pat Rivers named sure"]),
    "whose": ("Jo Doe's letter is “wrong,” Pat Rivers said.", ["Pat Rivers named sure"]),
    "two with and": (
        "Pat Rivers and Jo Doe said “no.”",
        ["Pat Rivers named sure", "Jo Doe named sure"],
    ),
    "run together": (
        "“No,” Pat Rivers said, while Jo Doe said “yes.”",
        ["Pat Rivers named sure", "Jo Doe named sure"],
    ),
    "run together with the official": (
        "Pat Rivers said “no”, the official said.",
        ["Pat Rivers named sure", "the official unnamed"],
    ),
    "named without a verb": (
        "Pat Rivers said Jo Doe “should read the law.”",
        ["Pat Rivers named sure", "Jo Doe named sure"],
    ),
    "pronoun": (
        "Pat Rivers read the letter. She said “no.”",
        ["Pat Rivers inferred"],
    ),
    "pronoun after two": (
        "Pat Rivers met Jo Doe and Alex Doe. She said “no.”",
        ["Pat Rivers inferred", "Jo Doe inferred", "Alex Doe inferred"],
    ),
    "pronoun beside a name": (
        "Pat Rivers read it. “No,” she said, but Jo Doe said “yes.”",
        ["Pat Rivers inferred", "Jo Doe inferred"],
    ),
    "pronoun of nobody beside a name": (
        "“No,” she said, but Jo Doe said “yes.”",
        ["somebody (“she said”) inferred", "Jo Doe inferred"],
    ),
    "pronoun after its name": (
        "Pat Rivers said “no,” and she added “never.”",
        ["Pat Rivers inferred"],
    ),
    "sentence beside": ("“No,” Pat Rivers said. “Never.”", ["Pat Rivers named sure"]),
    "nobody": ("“No.”", []),
    "somebody, but not speaking": ("Pat Rivers read the letter. “No.”", []),
    "only what is quoted names somebody": ("“No,” she said, “Jo Doe said so.”", []),
}


@pytest.mark.parametrize(("text", "who"), SPEAKERS.values(), ids=SPEAKERS)
def test_speaker_of_the_first_quotation(text, who):
    reading = read(text, officials=[RIVERS, DOE, OTHER_DOE])

    proposal = reading.speaker_of(reading.quotations[0].words)

    said = [f"{c.who} {c.attribution.value}{' sure' * c.is_sure}" for c in proposal.candidates]
    assert said == who
    assert proposal.is_ambiguous == (len(who) > 1)


def test_quotation_beside_another_is_only_inferred():
    reading = read("“No,” Pat Rivers said. “Never.”", officials=[RIVERS])

    proposal = reading.speaker_of(reading.quotations[1].words)

    assert (proposal.only.name, proposal.attribution, proposal.speaker) == (
        "Pat Rivers",
        "inferred",
        None,
    )


def test_quotation_between_two_speakers_is_ambiguous():
    text = "“No,” Pat Rivers said. “Never.” Jo Doe said “yes.”"
    reading = read(text, officials=[RIVERS, DOE])

    proposal = reading.speaker_of(reading.quotations[1].words)

    assert [candidate.who for candidate in proposal.candidates] == ["Pat Rivers", "Jo Doe"]


def test_who_is_cited_within_a_quotation_is_proposed_beside_who_cites():
    text = "“Jo Doe called it ‘lawful’ before,” Pat Rivers said. “He told me ‘no,’ ” he added."
    reading = read(text, officials=[RIVERS, DOE])

    who = [
        [candidate.name for candidate in reading.speaker_of(quotation.words).candidates]
        for quotation in reading.quotations
    ]

    assert who == [["Pat Rivers"], ["Jo Doe", "Pat Rivers"], ["Pat Rivers"], []]


def test_speaker_of_a_quotation_of_several_paragraphs_is_named_once():
    reading = read("“One.\n\n“Two,” Pat Rivers said.", officials=[RIVERS])

    assert [reading.speaker_of(q.words).speaker for q in reading.quotations] == [RIVERS, RIVERS]


def test_first_person_outside_quotation_marks_is_pointed_out():
    text = "Pat Rivers said it was “wrong.” The letter asks that we, in fact, break the law."
    reading = read(text, officials=[RIVERS])

    proposal = reading.speaker_of(reading.text.spans[1])

    assert proposal.candidates == ()
    assert "first person" in proposal.remark


def test_evidence_is_the_words_that_say_who_speaks():
    text = "“No,” said Mayor Pat Rivers, who had read it."
    reading = read(text, officials=[RIVERS])

    proposal = reading.speaker_of(reading.quotations[0].words)

    assert reading.evidence_of(proposal) == "said Mayor Pat Rivers"


# Articles of our own making


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_nine_of_ten_quotations_of_an_article_are_found(article):
    found = quoted(article.text)

    missed = [words for words in article.quotations if words not in found]
    assert len(missed) <= len(article.quotations) // 10, missed
    assert len(found) <= len(article.quotations) * 1.1


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)
def test_no_false_speaker_is_proposed_alone(article):
    reading = read(article.text, officials=article.officials)

    wrong = {}
    for quotation in reading.quotations:
        words = quotation.words.of(article.text)
        proposal = reading.speaker_of(quotation.words)
        if proposal.only and proposal.only.who != article.speakers[words]:
            wrong[words] = proposal.only.who
        if proposal.speaker:
            assert proposal.speaker.label == article.speakers[words]

    assert wrong == {}


# Dates

DATES = {
    "full": ("On January 24, 2018 it came.", [("January 24, 2018", "2018-01-24", "day")]),
    "short": ("Jan. 24, 2018", [("Jan. 24, 2018", "2018-01-24", "day")]),
    "day first": ("the 24th of January 2018", [("24th of January 2018", "2018-01-24", "day")]),
    "iso": ("2018-01-24", [("2018-01-24", "2018-01-24", "day")]),
    "slashes": ("1/24/2018", [("1/24/2018", "2018-01-24", "day")]),
    "month": ("In December 2017 it", [("December 2017", "2017-12-01", "month")]),
    "year": ("since 2017, and fiscal year 2016", [
        ("2017", "2017-01-01", "year"), ("2016", "2016-01-01", "year"),
    ]),
    "no year": ("by February 23.", [("February 23", "2018-02-23", "day")]),
    "last year": ("on December 5", [("December 5", "2017-12-05", "day")]),
    "month alone": ("In November, lawmakers", [("November", "2017-11-01", "month")]),
    "weekday": ("on Wednesday.", [("Wednesday", "2018-01-24", "day")]),
    "line break": ("January\n24, 2018", [("January\n24, 2018", "2018-01-24", "day")]),
    "no such day": ("February 30, 2018", []),
    "not dates": ("They may march 5 abreast; 8 U.S.C. 1373, No. 2017, $2018, 555-2018", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "found"), DATES.values(), ids=DATES)
def test_dates(text, found):
    assert [
        (one.span.of(text), str(one.value), one.precision.value) for one in dates(text, PUBLISHED)
    ] == found


def test_date_without_a_year_has_no_value_where_nothing_tells_it():
    [one] = dates("by February 23")

    assert (one.value, one.assumed) == (None, True)


FORMS = ["%B %d, %Y", "%Y-%m-%d", "%b. %d, %Y", "%d %B %Y", "%m/%d/%Y"]


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(FORMS))
def test_every_day_is_read_in_every_form(day, form):
    text = f"It came on {day.strftime(form)} in the morning."

    assert [one.value for one in dates(text)] == [day]


# Money

MONEY = {
    "plain": ("$25,000 was", [("$25,000", 25_000)]),
    "cents": ("$1,200.50", [("$1,200.50", Decimal("1200.50"))]),
    "million": ("$4.3 million in", [("$4.3 million", 4_300_000)]),
    "hyphen": ("a $1-billion fund", [("$1-billion", 1_000_000_000)]),
    "short": ("$5M and $2bn", [("$5M", 5_000_000), ("$2bn", 2_000_000_000)]),
    "US": ("US$300", [("US$300", 300)]),
    "words": ("3 million dollars", [("3 million dollars", 3_000_000)]),
    "end of sentence": ("It was $300.", [("$300", 300)]),
    "damage is no money": ("R$3 ecipient", []),
    "other": ("3 million people, 5 percent", []),
}


@pytest.mark.parametrize(("text", "found"), MONEY.values(), ids=MONEY)
def test_money(text, found):
    assert [(one.span.of(text), one.amount) for one in money(text)] == found


# Names

CHICAGO = Known(1, "City of Chicago, IL", ("City of Chicago", "Chicago"))
SPRINGFIELD = Known(2, "Springfield, IL", ("Springfield",))
OTHER_SPRINGFIELD = Known(3, "Springfield, MA", ("Springfield",))


def test_longest_of_a_record_s_names_is_found_across_a_line_break():
    text = "The City of\nChicago, and Chicago; not Chicagoland or North-Chicago."

    found = named(text, [CHICAGO])

    assert [one.span.of(text) for one in found] == ["City of\nChicago", "Chicago"]
    assert all(one.is_sure for one in found)


def test_name_of_two_is_found_for_both():
    [one] = named("In Springfield.", [SPRINGFIELD, OTHER_SPRINGFIELD])

    assert (one.records, one.is_sure) == ((SPRINGFIELD, OTHER_SPRINGFIELD), False)


def test_surname_is_only_a_proposal():
    text = "Jo Doe came. Doe left, and so did Kim Doe. Mr. Doe stayed."

    found = people(text, [DOE, OTHER_DOE])

    assert [(one.span.of(text), len(one.records), one.is_sure) for one in found] == [
        ("Jo Doe", 1, True),
        ("Doe", 2, False),
        ("Doe", 2, False),
    ]


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Bill de Blasio", "de Blasio"),
        ("Jo Doe", "Doe"),
        ("Cher", "Cher"),
        ("A van der B", "van der B"),
    ],
)
def test_surname(name, surname):
    assert surname_of(name) == surname


def test_place_within_a_person_s_name_is_no_place():
    jackson = Known(4, "City of Jackson, MS", ("Jackson",))

    reading = read(
        "Kim Jackson left.", jurisdictions=[jackson], officials=[Known(5, "K", ("Kim Jackson",))]
    )

    assert reading.jurisdictions == []


# Passages


def test_passage_between_words_goes_to_the_nearest_end():
    text = "One two three. One two four. Two three."

    assert [span.of(text) for span in between(text, "One", "two")] == ["One two", "One two"]
    assert [span.of(text) for span in between(text, "One two four", "")] == ["One two four"]
    assert between(text, "Five", "two") == []
    assert between(text, "One", "five") == []


def test_passage_may_be_typed_with_other_marks_than_the_text_has():
    text = "He said “we can’t” twice."

    assert [span.of(text) for span in between(text, '"we', "can't\"")] == ["“we can’t”"]


def test_marks_around_a_passage_are_not_spoken():
    text = "He said “no,” and left."
    marked, part = Span(8, 13), Span(9, 11)

    assert quoted_words(Sentences(text), marked).of(text) == "no"
    assert quoted_words(Sentences(text), part).of(text) == "no"


PINS = {
    "sentence": ("One. Two.\n\nThree.", "Two", "paragraph 1, sentence 2"),
    "sentences": ("One. Two. Three.", "Two. Three", "paragraph 1, sentences 2-3"),
    "paragraphs": ("One.\n\nTwo.\n\nThree.", "Two.\n\nThree", "paragraphs 2-3"),
    "page": ("One.\fTwo. Three.", "Three", "page 2, paragraph 2, sentence 2"),
    "abbreviation": ("The U.S. Court spoke. Gov. Doe left.", "Doe", "paragraph 1, sentence 2"),
    "quoted full stop": ("“No. Never.” Then it ended.", "ended", "paragraph 1, sentence 2"),
}


@pytest.mark.parametrize(("text", "words", "pin"), PINS.values(), ids=PINS)
def test_pin(text, words, pin):
    start = text.index(words)

    assert Sentences(text).pin(Span(start, start + len(words))) == pin


# Marking


def test_marks_nest_and_links_do_not():
    text = "a <b> c & d"
    marks = [
        Mark(Span(0, 9), "one", 'says "x"', "/one"),
        Mark(Span(2, 5), "two", "y", "/two"),
        Mark(Span(7, 11), "three", "z"),
    ]

    assert marked_up(text, marks) == (
        '<a href="/one" class="found one" title="says &quot;x&quot;">a '
        '<mark class="found two" title="y">&lt;b&gt;</mark> c'
        '<mark class="found three" title="z"> &amp;</mark></a> d'
    )


class Reader(HTMLParser):
    """Collects the text of a page, and sees that its tags balance."""

    def __init__(self):
        super().__init__()
        self.data, self.depth = "", 0

    def handle_starttag(self, tag, attrs):
        self.depth += 1

    def handle_endtag(self, tag):
        self.depth -= 1
        assert self.depth >= 0

    def handle_data(self, data):
        self.data += data


SPANS = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda ends: Span(*sorted(ends)))


@given(st.text(alphabet='a<&"\r\n', min_size=20, max_size=20), st.lists(SPANS, max_size=6))
def test_marked_text_is_the_text(text, spans):
    reader = Reader()
    reader.feed(marked_up(text, [Mark(span, "k", "s", "/x") for span in spans]))
    reader.close()

    assert (reader.data, reader.depth) == (text, 0)
