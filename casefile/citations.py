"""The citations of many entries of any kinds, in one query."""

from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from casefile.models import Citation, SourceKind, Stance


class Citations(list):
    """The citations of one entry."""

    def about(self, *fields):
        """Return those about one of the fields; an empty name stands for the whole entry."""
        return Citations(citation for citation in self if citation.field in fields)

    def except_about(self, fields):
        """Return those that are not about one of the fields."""
        return Citations(citation for citation in self if citation.field not in fields)

    @property
    def disagree(self):
        """Return whether a source contradicts what the others support."""
        return any(citation.stance == Stance.CONTRADICTS for citation in self)

    @property
    def support(self):
        """Return those that support what they are about."""
        return Citations(citation for citation in self if citation.stance == Stance.SUPPORTS)

    @property
    def only_altered(self):
        """Return whether nothing but machine-altered copies supports the entry."""
        kinds = {citation.source.kind for citation in self.support}
        return kinds == {SourceKind.MACHINE_ALTERED_COPY}


def attach_citations(*lists, **narrow):
    """Set ``cited`` of every entry in the lists: its `Citations`, each with its source.

    An entry is an instance of a cited model, or a row that names its ``model`` and ``pk``.
    ``narrow`` keeps only some citations, by lookup. The sources come without their private texts.
    """
    entries = [entry for entries in lists for entry in entries]
    keys = defaultdict(set)
    for entry in entries:
        keys[_model(entry)].add(entry.pk)
    found = defaultdict(Citations)
    if keys:
        types = ContentType.objects.get_for_models(*keys)
        of_entries = Q()
        for model, ids in keys.items():
            of_entries |= Q(entry_type=types[model], entry_id__in=ids)
        for citation in _with_sources(Citation.objects.filter(of_entries, **narrow)):
            found[citation.entry_type_id, citation.entry_id].append(citation)
    for entry in entries:
        entry.cited = found[types[_model(entry)].pk, entry.pk]


def _model(entry):
    return getattr(entry, "model", None) or type(entry)


def _with_sources(citations):
    return citations.select_related("source").defer("source__text").order_by("source__key", "pk")
