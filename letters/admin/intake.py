"""What the intake page of a source shows: its text, what was found, what is chosen or taken."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.http import urlencode

from casefile import review
from casefile.dates import describe
from casefile.folding import Folded, Span
from casefile.models import Citation
from casefile.quotation_checks import FOUND
from casefile.quotations import check
from jurisdictions.models import Jurisdiction
from letters.admin.draft_forms import DRAFTS
from letters.intake.marking import Mark, marked_up
from letters.intake.names import Known
from letters.intake.passages import LONGEST_PASSAGE, between
from letters.intake.quoted import Quotation
from letters.intake.reading import read
from letters.intake.speakers import Proposal
from letters.models import Official

QUOTATIONS_PER_PAGE = 50
LEGEND = [
    ("quotation", "Quotation", "a solid line under it; it is a link that chooses it"),
    ("date", "Date", "a dotted line"),
    ("money", "Amount of money", "a dashed line"),
    ("jurisdiction", "Jurisdiction on the record", "a double line"),
    ("official", "Official on the record", "a wavy line"),
    ("taken", "Cited already", "a bar at its left"),
    ("chosen", "Chosen now", "a frame"),
]


@dataclass(frozen=True)
class Passage:
    """A stretch of a source's text as the page shows it, with the address that chooses it."""

    span: Span
    words: str
    pin: str
    address: str


@dataclass(frozen=True)
class Found:
    """A quotation, with who may be speaking and whether something cites it already."""

    quotation: Quotation
    passage: Passage
    proposal: Proposal
    evidence: str  # the words that speak for the proposal
    is_taken: bool


@dataclass(frozen=True)
class Taken:
    """A citation of the source, where its passage stands in the text, and its entry's page here."""

    citation: Citation
    spans: tuple[Span, ...]
    address: str


class Intake:
    """The state of the page, from the source and what the address asks for."""

    legend = LEGEND

    def __init__(self, source, request):
        self.source, self.user = source, request.user
        self.asked = request.GET
        self.posted = request.POST if request.method == "POST" else None
        self.page_address = reverse("admin:casefile_source_intake", args=[source.pk])

    @cached_property
    def reading(self):
        return read(
            self.source.text,
            jurisdictions=_jurisdictions(),
            officials=_officials(),
            published_on=self.source.published_on,
        )

    # What is chosen

    @cached_property
    def chosen(self):
        """Return the passage that the address gives by its offsets, or None."""
        try:
            span = Span(int(self.asked["start"]), int(self.asked["end"]))
        except (KeyError, ValueError):
            return None
        if not 0 <= span.start < span.end <= len(self.source.text):
            return None
        if (
            len(span.of(self.source.text)) > LONGEST_PASSAGE
            or not span.of(self.source.text).strip()
        ):
            return None
        return self._passage(span)

    @cached_property
    def offered(self):
        """Return the passages between the first and last words that were typed."""
        first, last = self.asked.get("first", ""), self.asked.get("last", "")
        if not first.strip() or self.chosen:
            return []
        return [self._passage(span) for span in between(self.source.text, first, last)]

    @property
    def misses(self):
        """Return why nothing is chosen though something was asked for, or ""."""
        if self.chosen or self.offered:
            return ""
        if self.asked.get("first", "").strip():
            return "The text has no passage between these words, or it is longer than a page."
        if "start" in self.asked or "end" in self.asked:
            return "The text has no passage between these places, or it is longer than a page."
        return ""

    @property
    def make(self):
        return self.asked.get("make", "statement")

    @cached_property
    def form(self):
        """Return the form for a draft from what is chosen, None where nothing is or may be."""
        if not self.chosen or not self.may_make(self.make):
            return None
        return DRAFTS[self.make](
            self.posted, source=self.source, reading=self.reading, passage=self.chosen.span
        )

    def may_make(self, make):
        """Return whether the user may make a kind of draft, with its citation."""
        return make in DRAFTS and all(
            review.may(self.user, "add", model) for model in (DRAFTS[make]._meta.model, Citation)
        )

    @property
    def makes(self):
        """Return the kinds of drafts that can be made, each with its address for what is chosen."""
        span = self.chosen.span if self.chosen else None
        return [
            (make, self._address(span, make) if span else "", make == self.make)
            for make in DRAFTS
            if self.may_make(make)
        ]

    # What was found

    @cached_property
    def quotations(self):
        """Return a page of the quotations that were found."""
        page = Paginator(self.reading.quotations, QUOTATIONS_PER_PAGE).get_page(
            self.asked.get("page")
        )
        page.object_list = [self._found(quotation) for quotation in page.object_list]
        return page

    @property
    def others(self):
        """Return the other findings by kind: each as words, what they mean, and where they are."""
        reading, text = self.reading, self.source.text
        return [
            ("Dates", [(one.span.of(text), _date(one)) for one in reading.dates]),
            ("Money", [(one.span.of(text), _amount(one)) for one in reading.money]),
            ("Jurisdictions", [(one.span.of(text), _who(one)) for one in reading.jurisdictions]),
            ("Officials", [(one.span.of(text), _who(one)) for one in reading.people]),
        ]

    @cached_property
    def marked_text(self):
        reading = self.reading
        marks = [
            Mark(
                q.marked,
                "quotation" + (" unsure" if q.problem else ""),
                f"Quotation: {q.problem}" if q.problem else "Quotation",
                self._address(q.words),
            )
            for q in reading.quotations
        ]
        marks += [Mark(one.span, "date", f"Date: {_date(one)}") for one in reading.dates]
        marks += [Mark(one.span, "money", f"Money: {_amount(one)}") for one in reading.money]
        marks += [
            Mark(one.span, "jurisdiction", f"Jurisdiction: {_who(one)}")
            for one in reading.jurisdictions
        ]
        marks += [Mark(one.span, "official", f"Official: {_who(one)}") for one in reading.people]
        marks += [
            Mark(span, "taken", f"Cited already: {one.citation.entry}")
            for one in self.taken
            for span in one.spans
        ]
        if self.chosen:
            marks.append(Mark(self.chosen.span, "chosen", "Chosen now"))
        return marked_up(self.source.text, marks)

    # What was taken

    @cached_property
    def taken(self):
        """Return what cites passages of this source."""
        citations = self.source.citations.exclude(passage="").prefetch_related("entry")
        folded = Folded(self.source.text)
        return [_taken(citation, folded) for citation in citations.order_by("pk")]

    def _found(self, quotation):
        proposal = self.reading.speaker_of(quotation.words)
        taken = (span for one in self.taken for span in one.spans)
        return Found(
            quotation,
            self._passage(quotation.words),
            proposal,
            self.reading.evidence_of(proposal),
            any(s.start < quotation.words.end and quotation.words.start < s.end for s in taken),
        )

    def _passage(self, span):
        words = span.of(self.source.text)
        return Passage(span, words, self.reading.text.pin(span), self._address(span))

    def _address(self, span, make=None):
        asked = {"start": span.start, "end": span.end, "make": make or self.make}
        return f"{self.page_address}?{urlencode(asked)}#draft"


def _taken(citation, folded):
    opts = citation.entry._meta
    page = f"admin:{opts.app_label}_{opts.model_name}_change"
    is_there = citation.passage_check in FOUND
    spans = check(citation.passage, folded).spans if is_there else ()
    return Taken(citation, spans, reverse(page, args=[citation.entry_id]))


def _jurisdictions():
    return [
        Known(one.pk, one.name_in_state, (one.name, *one.aliases))
        for one in Jurisdiction.objects.all()
    ]


def _officials():
    return [Known(one.pk, one.name, (one.name,)) for one in Official.objects.all()]


def _who(named):
    who = " or ".join(record.label for record in named.records)
    return f"perhaps {who}" if not named.is_sure else who


def _date(found):
    if found.value is None:
        return "the text leaves out the year, and the source has no date"
    said = describe(found.value, found.precision)
    return f"perhaps {said}" if found.assumed else said


def _amount(found):
    return f"${found.amount:,.2f}".removesuffix(".00")
