"""What corrections changed, as people read it: fields by their names, records by theirs."""

from collections import defaultdict
from dataclasses import dataclass, field

from casefile.entries import Entry
from casefile.merges import Merge, is_mergeable
from casefile.models import Source

NOT_PUBLIC = "(not on the public record)"


@dataclass(frozen=True)
class Difference:
    label: str
    before: str
    after: str


@dataclass
class Described:
    """A correction with its ``differences``; a retraction has none."""

    correction: object
    differences: list[Difference] = field(default_factory=list)


def described(corrections):
    """Return corrections with their differences, in as many queries as kinds of record named."""
    corrections = list(corrections)
    names = _names(corrections)
    return [
        Described(
            correction,
            [
                difference
                for column, (before, after) in sorted(correction.changes.items())
                if before != after
                and (difference := _difference(correction, column, before, after, names))
            ],
        )
        for correction in corrections
    ]


def _difference(correction, column, before, after, names):
    if column.startswith("citation "):
        return Difference("source", _citation(before, names), _citation(after, names))
    model_field = _field(correction, column)
    if model_field is None:
        return None
    label = str(model_field.verbose_name)
    return Difference(label, _shown(model_field, before, names), _shown(model_field, after, names))


def _field(correction, column):
    """Return the field of a column; None for one that the entry no longer has."""
    fields = correction.entry_type.model_class()._meta.concrete_fields
    return next((model_field for model_field in fields if model_field.column == column), None)


def _shown(model_field, value, names):
    if value in (None, ""):
        return ""
    if model_field.remote_field:
        return names[model_field.related_model].get(value, NOT_PUBLIC)
    if isinstance(value, list):
        return "; ".join(value)
    return str(dict(model_field.flatchoices).get(value, value))


def _citation(citation, names):
    if citation is None:
        return ""
    parts = [names[Source].get(citation["source_id"], ""), citation["pin"], citation["passage"]]
    return ", ".join(part for part in parts if part)


def _names(corrections):
    """Return {model: {id: name}} of the records that some corrections name."""
    wanted = defaultdict(set)
    for correction in corrections:
        for column, sides in correction.changes.items():
            if column.startswith("citation "):
                wanted[Source] |= {side["source_id"] for side in sides if side}
            elif (model_field := _field(correction, column)) and model_field.remote_field:
                wanted[model_field.related_model] |= {side for side in sides if side}
    names = defaultdict(dict)
    for model, pks in wanted.items():
        rows = model.objects.filter(pk__in=pks)
        if issubclass(model, Entry):
            rows = rows.published()
        names[model] = {row.pk: str(row) for row in rows}
        if is_mergeable(model) and (gone := pks - names[model].keys()):
            merges = Merge.objects.of(model).filter(merged_id__in=gone)
            names[model] |= dict(merges.values_list("merged_id", "merged_name"))
    return names
