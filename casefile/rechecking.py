"""Keeping the quotation checks of citations true, whatever changed and however it was written."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import islice
from typing import NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from casefile.folding import Folded
from casefile.quotations import check

BATCH = 1000  # citations in memory at once


class Change(NamedTuple):
    """A check that came out otherwise than before. ``field`` is the citation's field."""

    citation: object
    field: str
    before: str
    after: str


def recheck(citations: QuerySet, advance: Callable[[int], object] = int) -> list[Change]:
    """Check the passages and quotations of citations again, write and return what changed.

    `Citation.save` checks by itself. This is for what changes a citation's source or entry, and
    for whatever writes past the models. ``advance`` is told how many citations are done. Each
    source's text is read once, and one at a time is in memory.
    """
    changes = []
    texts = _Texts()
    for batch in _batches(to_check(citations).order_by("source_id", "pk")):
        quotations = _quotations(batch)
        found = []
        for citation in batch:
            quotation = quotations.get((citation.entry_type_id, citation.entry_id), "")
            for field, words in [
                ("passage_check", citation.passage),
                ("quotation_check", quotation),
            ]:
                before, after = getattr(citation, field), texts.outcome(words, citation.source_id)
                if before != after:
                    setattr(citation, field, after)
                    found.append(Change(citation, field, before, after))
        _write({change.citation for change in found})
        changes += found
        advance(len(batch))
    return changes


def to_check(citations: QuerySet) -> QuerySet:
    """Keep the citations that have words to check, or had when they were checked last."""
    types = ContentType.objects.get_for_models(*_quoting_models()).values()
    return citations.exclude(
        ~Q(entry_type__in=types), passage="", passage_check="", quotation_check=""
    )


def outcome(words: str, text: Folded) -> str:
    """Return the check that a citation stores for words: "" where there are none."""
    return check(words, text).outcome if words.strip() else ""


def _write(citations: set) -> None:
    """Write the checks, with a statement for each pair of outcomes and not one for each row."""
    alike = defaultdict(list)
    for citation in citations:
        alike[citation.passage_check, citation.quotation_check].append(citation)
    for (passage_check, quotation_check), group in alike.items():
        type(group[0]).objects.filter(pk__in=[citation.pk for citation in group]).update(
            passage_check=passage_check, quotation_check=quotation_check
        )


class _Texts:
    """The texts of sources, asked for in their order."""

    def __init__(self):
        self.source_id, self.text = None, None

    def outcome(self, words: str, source_id: int) -> str:
        if not words.strip():
            return ""
        if source_id != self.source_id:
            source = apps.get_model("casefile.Source").objects.only("text").get(pk=source_id)
            self.source_id, self.text = source_id, Folded(source.text)
        return outcome(words, self.text)


def _batches(citations: QuerySet) -> Iterable[list]:
    rows = citations.iterator(chunk_size=BATCH)
    return iter(lambda: list(islice(rows, BATCH)), [])


def _quotations(citations: list) -> dict:
    """Return the quotations of the entries that are cited, by type and id."""
    ids = defaultdict(set)
    for citation in citations:
        ids[citation.entry_type_id].add(citation.entry_id)
    return {
        (type_id, entry.pk): entry.quotation
        for model in _quoting_models()
        if (type_id := ContentType.objects.get_for_model(model).pk) in ids
        for entry in model.objects.filter(pk__in=ids[type_id])
    }


def _quoting_models() -> list:
    """Return the kinds of entries that give `Entry.quotation` a meaning of their own."""
    return [model for model in apps.get_models() if getattr(model, "quotation", "")]
