"""Who may be speaking: proposals from the words around a passage, never decisions.

A proposal names everybody whom the words allow, with the words themselves as evidence. Where more
than one comes into question it is ambiguous, and proposes nobody in particular. It would rather
name one too many than one too few.
"""

import re
from dataclasses import dataclass, replace

from casefile.folding import Span
from letters.intake.names import NO_NAMES, TITLES, Known, Named
from letters.intake.paragraphs import trimmed
from letters.intake.quoted import CONTINUES, Quotation
from letters.intake.sentences import HIDDEN, Sentences, hide
from letters.models.statements import Attribution

NOBODY = "No words around this passage say who speaks."
CONTINUED = "The sentence itself names nobody: this is who speaks in the sentence beside it."
PRONOUN = "A pronoun speaks here: whom it stands for is only inferred."
MERGED = (
    "This speaks in the first person outside quotation marks: it may be the words of somebody"
    " whom the text doesn't name, run together with what stands before."
)
WITHIN = (
    "These words stand inside another quotation: whoever speaks there may say them, or cite"
    " somebody."
)

# How far before a pronoun its noun is looked for.
SENTENCES_LOOKED_BACK = 4

_CUE = re.compile(
    r"\b[Aa]ccording to\b|\b[Ii]n the words of\b"
    r"|(?<![\w-])(?:said|says|told|tells|wrote|writes|tweeted|added|adds|asked|called|warned|argued"
    r"|argues|stated|states|announced|declared|insisted|claimed|claims|noted|notes|replied"
    r"|responded|explained|testified|vowed|pledged|accused|described|denounced|criticized"
    r"|criticised|continued|urged|acknowledged|promised|countered|remarked|complained|conceded"
    r"|saying|maintained|reiterated|pointed out)(?![\w-])"
)
_MARK = "\"'“”‘’«»`"
_PRONOUN = re.compile(r"(?:^|[^\w])(?:he|she|they|He|She|They)(?:\s+(?:also|then|later))?\s*$")
_PRONOUN_NEXT = re.compile(r"\s*(?:he|she|they)\b")
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|We|Our|I|my|My)\b(?!\.)")
_CONJUNCTION = re.compile(r"[;:]|,?\s+(?:while|whereas|but|and|as|because|after|before|when)\s+")
_STOP = re.compile(rf"[,.;:{_MARK}—–]|\s(?:while|but|and|as|in|on|at|during|after|who|that)\s")
_DEPENDENT = re.compile(
    r"(?:\b(?:of|for|to|with|against|by|about|from|on|over|under|at|in|into|after|between|named"
    r"|like|toward|behind|than|via|meeting|told|called|urged|warned|accused|asked|thanked"
    r"|criticized|criticised|denounced)\s+(?:(?:the|a|an|then|former|its|his|her|their)\s+)*)$"
)
_LEADS = "When|when|If|if|While|while|As|as|But|but|And|and|Because|because|that|Yet|So"
_UNNAMED = re.compile(
    r"(?:\b(?:the|an?|one|some|several|many|two|three|other|another|no|senior|unnamed|The|An?|One"
    r"|Some|Several|Many|Two|Three|Other|Another|Senior|Unnamed)\s+|^\s*|(?<=,)\s*)"
    r"(?:[\w.’'-]+\s+){0,5}?(?:officials?|spokes(?:man|woman|person|people|men|women)|aides?"
    r"|sources?|lawyers?|attorneys? general|attorneys?|mayors?|sheriffs?|lawmakers?|officers?"
    r"|prosecutors?|leaders?|advocates?|critics?|staffers?|representatives?|professors?|judges?|governors?|members?)"
    r"(?:\s+(?:of|for|at|with|from)\s+(?:[\w.’'-]+\s*){1,6})?"
)
_OFFICE = re.compile(
    r"\b(?:Department|Office|Agency|City|County|Bureau|Police|Conference|Committee|Council|Division"
    r"|Administration|House|Association|Union|League|Commission|Court|State|Service|Board|Senate"
    r"|Center|Centre|Coalition|Institute|Justice Department|Ministry|DOJ|ICE|ACLU|DHS|FBI)\b"
    r"|(?<![\w.])[A-Z]{3,6}(?![\w.])"
)
_DOCUMENT = re.compile(
    r"\b(press release|news release|statement|letters?|memo(?:randum)?|filing|complaint|report"
    r"|order|ruling|brief|announcement|email)\b"
)
_CAPITALISED = re.compile(
    r"(?<![\w.])[A-Z][\w’'-]*\.?(?:\s+(?:(?:de|del|della|di|da|la|le|van|von|der)\s+)*"
    r"(?:[A-Z][\w’'-]*\.?|spokes(?:man|woman|person)(?=\s+[A-Z])))*"
)
_BETWEEN = re.compile(
    r"^\s*(?:,[^\"“”]{0,160},)?\s*(?:,?\s*who\s+)?(?:(?:also|then|later|has|had|have|\w+ly)\s+)*$"
)
_APPOSITION = re.compile(r",\s*(?!who\b|while\b|and\b|but\b|as\b)([a-z][^,.\"“”]{2,120})[,.]")
_SHORTENED = re.compile(r"(?:\b[A-Z]|\b[A-Z][a-z]{1,3})$")  # before the full stop of "Gov."


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be speaking. ``official`` is who that may be on the record."""

    name: str
    span: Span
    attribution: Attribution
    title: str = ""
    organisation: str = ""
    venue: str = ""  # the paper that says it: a press release
    officials: tuple[Known, ...] = ()
    is_sure: bool = False  # of the official, not of their having spoken

    @property
    def who(self) -> str:
        return self.name or self.organisation or self.title or self.venue

    @property
    def is_person(self) -> bool:
        return bool(self.name) or self.attribution == Attribution.UNNAMED

    @property
    def identity(self):
        """Return what makes two mentions the same speaker, as far as the text tells."""
        if len(self.officials) == 1:
            return self.officials[0].pk
        return self.who.casefold()


@dataclass(frozen=True)
class Proposal:
    """Who may speak in a passage, the words that say so, and what to be careful about."""

    candidates: tuple[Candidate, ...] = ()
    evidence: Span | None = None
    remark: str = ""

    @property
    def is_ambiguous(self) -> bool:
        return len(self.candidates) > 1

    @property
    def only(self) -> Candidate | None:
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def attribution(self) -> Attribution | None:
        """Return what the words suggest; nothing, where it is open who speaks."""
        return self.only.attribution if self.only else None

    @property
    def speaker(self) -> Known | None:
        """Return the official, if the words name one person by full name and nobody else."""
        return self.only.officials[0] if self.only and self.only.is_sure else None


def propose(text: Sentences, passage: Span, people: list[Named]) -> Proposal:
    """Return who may be speaking in a passage, quoted or not."""
    around = [q for q in text.quotations if q.words.start <= passage.start < q.words.end]
    if len(around) > 1:
        return _inside(text, around, people)
    return _outside(text, passage, people)


def _outside(text: Sentences, passage: Span, people: list[Named]) -> Proposal:
    sentences = [s for span in _continued(text, passage) for s in text.sentences_of(span)]
    found, pronoun = _speakers(text.hidden, sentences, people)
    if found and pronoun:
        return _beside_pronoun(text, sentences[0], people, found, pronoun)
    if found:
        return _proposal(found)
    if pronoun:
        return _proposal(_named_before(text, sentences[0], people), PRONOUN, inferred=True)
    if any(_FIRST_PERSON.search(text.hidden, *sentence) for sentence in sentences):
        return Proposal(remark=MERGED)
    if any(_within(passage, quotation) for quotation in text.quotations):
        found, _ = _speakers(text.hidden, _beside(text, sentences), people)
        return _proposal(found, CONTINUED, inferred=True)
    return Proposal(remark=NOBODY)


def _beside_pronoun(text, sentence, people, found, pronoun: Span) -> Proposal:
    """Return who may speak where one is named and "she" speaks as well, who may be another."""
    if pronoun.start > min(at.start for _, at in found):
        return _proposal(found, PRONOUN, inferred=True)
    known = {one.identity for one, _ in found}
    before = _named_before(text, sentence, people)
    others = [(one, at) for one, at in before if one.identity not in known]
    words = _plain(pronoun.of(text.hidden))
    nobody = Candidate("", pronoun, Attribution.UNNAMED, title=f"somebody (“{words}”)")
    return _proposal([*(others or [(nobody, pronoun)]), *found], PRONOUN, inferred=True)


def _continued(text: Sentences, passage: Span) -> list[Span]:
    """Return a passage with the other paragraphs of the quotation that it stands in, if it does."""
    outermost = [q for q in text.quotations if not q.inside]
    at = next((i for i, q in enumerate(outermost) if _within(passage, q)), None)
    if at is None:
        return [passage]
    first = last = at
    while first and outermost[first - 1].problem == CONTINUES:
        first -= 1
    while last + 1 < len(outermost) and outermost[last].problem == CONTINUES:
        last += 1
    return [passage] if first == last else [q.words for q in outermost[first : last + 1]]


def _named_before(text: Sentences, sentence: Span, people: list[Named]):
    """Return the people whom the nearest sentence before one names."""
    number = text.sentence_number(sentence.start) - 1
    for before in reversed(text.spans[max(number - SENTENCES_LOOKED_BACK, 0) : number]):
        found, _ = _speakers(text.hidden, [before], people, anybody=True)
        if persons := [(one, at) for one, at in found if one.is_person]:
            return persons
    return []


def _inside(text: Sentences, around: list[Quotation], people: list[Named]) -> Proposal:
    """Return who may speak in a quotation within another: whom that one cites, or who cites.

    Where it cites nobody by name, that may still be somebody else than who cites.
    """
    outer, inner = around[:2]
    cited, _ = _speakers(hide(text.text, [inner]), [outer.words], people)
    if not cited:
        return Proposal(remark=WITHIN)
    citing = [(one, one.span) for one in _outside(text, outer.words, people).candidates]
    known = {one.identity for one, _ in cited}
    both = cited + [(one, at) for one, at in citing if one.identity not in known]
    return _proposal(both, WITHIN, inferred=True)


def _proposal(found, remark="", *, inferred=False) -> Proposal:
    if not found:
        return Proposal(remark=NOBODY)
    candidates = tuple(candidate for candidate, _ in found)
    if inferred:
        candidates = tuple(
            replace(candidate, attribution=Attribution.INFERRED, is_sure=False)
            for candidate in candidates
        )
    places = [at for _, at in found]
    evidence = Span(min(at.start for at in places), max(at.end for at in places))
    return Proposal(candidates, evidence, remark)


def _within(passage: Span, quotation: Quotation) -> bool:
    return quotation.marked.start <= passage.start and passage.end <= quotation.marked.end


def _beside(text: Sentences, sentences: list[Span]) -> list[Span]:
    """Return the sentences before and after some, in their paragraph."""
    number = text.paragraph_number(sentences[0].start) if sentences else 0
    first = text.sentence_number(sentences[0].start) if sentences else 0
    last = first + len(sentences)
    near = [*text.spans[max(first - 2, 0) : max(first - 1, 0)], *text.spans[last - 1 : last]]
    return [span for span in near if number == text.paragraph_number(span.start)]


# The speakers of sentences


def _speakers(hidden, sentences, people, *, anybody=False):
    """Return who speaks in some sentences, with where that is said, and where a pronoun does.

    With ``anybody`` whoever is named counts: a pronoun may stand for them.
    """
    found, pronoun = {}, None
    for sentence in sentences:
        named = [
            one
            for one in people
            if sentence.start <= one.span.start < sentence.end and one.span.of(hidden).strip(HIDDEN)
        ]
        start = sentence.start
        cues = list(_CUE.finditer(hidden, *sentence))
        for cue in cues:
            region = _region(hidden, sentence, start, cue)
            candidates = _subjects(hidden, sentence, region, named, cue)
            for candidate in candidates:
                at = Span(
                    min(candidate.span.start, cue.start()), max(candidate.span.end, cue.end())
                )
                found.setdefault(candidate.identity, (candidate, at))
            if not candidates and pronoun is None:
                before = _PRONOUN.search(region.of(hidden))
                after = _PRONOUN_NEXT.match(hidden, cue.end(), sentence.end)
                if before:
                    pronoun = Span(region.start + before.start(), cue.end())
                elif after:
                    pronoun = Span(cue.start(), after.end())
            start = cue.end()
        # Whoever else is named, and not as somebody spoken of, may be who speaks.
        for one in named if cues or anybody else ():
            if not _is_dependent(hidden, sentence, one.span):
                candidate = _known(hidden, sentence, one)
                found.setdefault(candidate.identity, (candidate, candidate.span))
    return list(found.values()), pronoun


def _region(hidden: str, sentence: Span, start: int, cue: re.Match) -> Span:
    """Return where the subject of a cue may stand: before its verb, or after it ("..." said X)."""
    after = _clause(hidden, cue.end(), sentence.end)
    if cue[0].lower() in ("according to", "in the words of"):
        return after
    before = hidden[start : cue.start()]
    inverted = re.search(rf"[{_MARK}]\s*,?\s*$", before) or not before.strip()
    if inverted and re.match(r"\s*(?:[A-Z]|the\b|an?\b|one\b|some\b)", hidden[cue.end() :][:40]):
        return after
    marks = max(before.rfind(mark) for mark in '"“”«»')
    place = start + marks + 1
    if start > sentence.start:
        # A clause after another one: what stands before its conjunction is the other's.
        for match in _CONJUNCTION.finditer(hidden, place, cue.start()):
            place = match.end()
    return Span(place, cue.start())


def _clause(hidden: str, start: int, end: int) -> Span:
    """Return what comes up to the next comma, mark or conjunction."""
    match = _STOP.search(hidden, start + 1, end)
    while match and match[0] == "." and _SHORTENED.search(hidden[: match.start()][-5:]):
        match = _STOP.search(hidden, match.end(), end)
    return Span(start, match.start() if match else end)


def _subjects(hidden, sentence, region, named, cue) -> list[Candidate]:
    """Return the people, offices or papers that may be the subject of a cue."""
    follows = region.start >= cue.end()
    known = [one for one in named if region.start <= one.span.start < region.end]
    found = [
        _known(hidden, sentence, one)
        for one in known
        if follows or not _is_dependent(hidden, region, one.span)
    ]
    words = region.of(hidden)
    for match in _CAPITALISED.finditer(words):
        span = Span(region.start + match.start(), region.start + match.end())
        if any(one.span.start < span.end and span.start < one.span.end for one in known):
            continue
        if follows:
            adjacent = not words[: match.start()].strip(" ,")
        else:
            adjacent = _BETWEEN.match(words[match.end() :])
        if adjacent and not _is_dependent(hidden, region, span):
            found += _unknown(hidden, sentence, span)
    return found or _nameless(hidden, region, follows=follows)


def _known(hidden: str, sentence: Span, one: Named) -> Candidate:
    return Candidate(
        name=_plain(one.span.of(hidden)) if one.by_surname else one.records[0].label,
        span=one.span,
        attribution=Attribution.NAMED,
        title=_title(hidden, sentence, one.span),
        officials=one.records,
        is_sure=one.is_sure,
    )


def _unknown(hidden: str, sentence: Span, span: Span) -> list[Candidate]:
    """Return the candidate, if any, that capitalised words name whom no record does."""
    words = _plain(span.of(hidden)).split()
    while words and words[0] in NO_NAMES:
        words.pop(0)
    last_title = max((i for i, word in enumerate(words) if word.strip(".,") in TITLES), default=-1)
    name = " ".join(words[last_title + 1 :])
    if not name:
        return []
    if _OFFICE.search(name):
        return [Candidate("", span, Attribution.NAMED, organisation=" ".join(words))]
    title = " ".join(words[: last_title + 1]) or _title(hidden, sentence, span)
    return [Candidate(name, span, Attribution.NAMED, title=title)]


def _nameless(hidden: str, region: Span, *, follows: bool) -> list[Candidate]:
    """Return the unnamed people, the office or the paper that a subject without a name is."""
    span = trimmed(hidden, region, ",")
    words = hidden[span.start : span.end]
    if follows and (document := _DOCUMENT.search(words)):
        issuer = re.sub(r"^(?:an?|the)\s+|['’]s?$", "", _plain(words[: document.start()]))
        return [Candidate("", span, Attribution.NAMED, organisation=issuer, venue=document[1])]
    found = list(_UNNAMED.finditer(words))
    if found and (follows or not words[found[-1].end() :].strip(" ,")):
        at = found[0 if follows else -1]
        lead = re.match(rf"\s*(?:(?:{_LEADS})\s+)*", at[0]).end()
        start, title = span.start + at.start() + lead, _plain(at[0][lead:])
        return [Candidate("", Span(start, span.start + at.end()), Attribution.UNNAMED, title=title)]
    offices = list(_OFFICE.finditer(words))
    if offices and (follows or len(words) - offices[-1].end() < 4):
        begin = re.search(
            r"(?:[A-Z][\w.’'-]*\s+(?:of\s+)?)*$", words[: offices[-1].start()]
        ).start()
        name = re.sub(r"^The\s+", "", _plain(words[begin : offices[-1].end()]))
        at = Span(span.start + begin, span.start + offices[-1].end())
        return [Candidate("", at, Attribution.NAMED, organisation=name)]
    return []


def _title(hidden: str, sentence: Span, span: Span) -> str:
    """Return the title before a name ("Los Angeles Mayor") or in apposition after it."""
    before = re.search(
        r"(?:(?:[A-Z][\w.’'-]*|spokes(?:man|woman|person)|of|for)\s+)+$",
        hidden[sentence.start : span.start],
    )
    if before:
        words = before[0].split()
        while words and (words[0] in NO_NAMES or words[0] in ("of", "for")):
            words.pop(0)
        if words and words[-1].strip(".") in TITLES:
            return " ".join(words)
    after = _APPOSITION.match(hidden, span.end, sentence.end)
    return _plain(after[1]) if after else ""


def _is_dependent(hidden: str, around: Span, span: Span) -> bool:
    """Return whether somebody is only spoken of: "spokesman for Mayor X", "X's letter"."""
    if re.match(r"['’]s\b|['’](?=\s)", hidden[span.end : span.end + 3]):
        return True
    before = hidden[around.start : span.start]
    titles = re.search(r"(?:(?:[A-Z][\w.’'-]*|spokes(?:man|woman|person))\s+)*$", before)
    return bool(_DEPENDENT.search(before[: titles.start()]))


def _plain(words: str) -> str:
    """Return words on one line, without a genitive or signs at their ends."""
    return re.sub(r"['’]s$", "", " ".join(words.split()).strip(" ,;:"))
