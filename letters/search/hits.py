"""Hits as readers see them: where each leads, and the words that were found marked."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casefile.dates import describe
from letters.docket.rows import Row
from letters.models import Letter, SearchDocument
from letters.search.kinds import BRANCH_OF, NAMES, SINGULARS
from letters.search.names import asked_words
from letters.states import State

# Characters that no text of the record needs; the page turns them into marks, and escapes the rest.
START, STOP = "\x02", "\x03"
MARKED = re.compile(f"{START}([^{START}{STOP}]*){STOP}")


@dataclass
class Hit:
    """An entry or a name that was found. Its texts are safe HTML, with marks."""

    document: SearchDocument
    title: str
    context: str
    text: str
    state: State | None = None  # of a letter

    @property
    def label(self):
        return SINGULARS[self.document.kind]

    @property
    def dated(self):
        """Return the date, no more exact than it is known, "" where there is none."""
        document = self.document
        if document.date is None or document.kind == "awards":  # it names its fiscal year
            return ""
        return describe(document.date, document.date_precision)

    def get_absolute_url(self):
        """Return the address of the page where it stands, and of the spot on it."""
        document = self.document
        if document.kind in NAMES:
            return reverse(f"{document.kind.removesuffix('s')}_detail", args=[document.key])
        if document.kind == "awards":
            return f"{reverse('jurisdiction_detail', args=[document.page_key])}#{document.key}"
        return Row(
            branch=BRANCH_OF[document.kind],
            pk=document.object_id,
            key=document.key,
            date=document.date,
            date_precision=document.date_precision,
            title=document.title,
            context=document.context,
            code="",
            who="",
            detail=document.text,
            until=None,
            page_key=document.page_key,
            about=[],
        ).get_absolute_url()


def hits_of(question, ids):
    """Return the hits of documents, given by their ids, in that order; letters have their state."""
    words = asked_words(question)
    signs = {"config": "casefile", "start_sel": START, "stop_sel": STOP}
    documents = (
        SearchDocument.objects.filter(pk__in=ids)
        .annotate(
            title_marked=SearchHeadline("title", words, highlight_all=True, **signs),
            context_marked=SearchHeadline("context", words, highlight_all=True, **signs),
            text_marked=SearchHeadline(
                "text",
                words,
                max_words=40,
                min_words=20,
                max_fragments=2,
                fragment_delimiter=" … ",
                **signs,
            ),
        )
        .defer("words")
        .in_bulk()
        if ids
        else {}
    )
    hits = [_hit(documents[pk]) for pk in ids if pk in documents]
    letters = [hit.document.object_id for hit in hits if hit.document.kind == "letters"]
    if letters:
        states = Letter.objects.standing(question.day).filter(pk__in=letters)
        states = dict(states.values_list("pk", "state"))
        for hit in hits:
            if hit.document.kind == "letters":
                hit.state = states.get(hit.document.object_id)
    return hits


def _hit(document):
    title = marked(document.title_marked) or _("Unnamed official")
    return Hit(document, title, marked(document.context_marked), marked(document.text_marked))


def marked(text):
    """Return a text in which START and STOP stand around what is to be marked, as safe HTML."""
    # What was between the marks is at every other place.
    parts = (part.replace(START, "").replace(STOP, "") for part in MARKED.split(text))
    return SafeString(  # each part is escaped
        "".join(
            f"<mark>{escape(part)}</mark>" if place % 2 else escape(part)
            for place, part in enumerate(parts)
        )
    )
