"""What corrections changed, as people read it: fields by their names, records by theirs."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casefile.entries import Entry
from casefile.merges import Merge, is_mergeable
from casefile.models import Citation, Stance

NOT_PUBLIC = gettext_lazy("(not on the public record)")


@dataclass(frozen=True)
class Difference:
    """One thing that changed. An empty side: it wasn't there before, or isn't any more."""

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
    described = _described(correction, column)
    if described is None:
        return None
    label, shown = described
    return Difference(_(str(label)), shown(before, names), shown(after, names))


def _described(correction, column):
    """Return the label of what changed and what shows a side of it, with the names of records.

    None for what the record no longer has.
    """
    model = correction.entry_type.model_class()
    name, is_part, _id = column.partition(" ")
    if not is_part:
        model_field = _by_column(model).get(name)
        return model_field and (model_field.verbose_name, _Value(model_field))
    for relation in model._meta.many_to_many:
        if relation.name == name:
            return relation.verbose_name, _Value(relation)
    if name == Citation._meta.model_name:
        return _("source"), _Cited()
    for relation in model._meta.related_objects:
        part = relation.related_model
        if part._meta.model_name == name:
            return part._meta.verbose_name, _Part(part)
    return None


class _Value:
    """A value of a field, or of one link of a relation."""

    def __init__(self, model_field):
        self.field = model_field

    def __call__(self, value, names):
        if value in (None, ""):
            return ""
        if self.field.remote_field:
            return names[self.field.related_model].get(value, NOT_PUBLIC)
        if isinstance(value, list):
            return "; ".join(value)
        return str(dict(self.field.flatchoices).get(value, value))

    def records(self, value):
        """Yield the records that a value names, as (model, id)."""
        if value and self.field.remote_field:
            yield self.field.related_model, value


class _Part:
    """A row of the record's own: its columns in the order of their fields."""

    def __init__(self, model):
        self.columns = {column: _Value(field) for column, field in _by_column(model).items()}

    def __call__(self, row, names):
        row = row or {}
        texts = [shown(row[name], names) for name, shown in self.columns.items() if name in row]
        return ", ".join(filter(None, texts))

    def records(self, row):
        for name, shown in self.columns.items():
            yield from shown.records((row or {}).get(name))


class _Cited(_Part):
    """A citation: the source, what it is about and where it differs from the entry, and the pin."""

    def __init__(self):
        super().__init__(Citation)

    def __call__(self, row, names):
        if row is None:
            return ""
        about = row["field"] and _(row["field"].replace("_", " "))
        parts = [
            self.columns["source_id"](row["source_id"], names),
            about and _("about the %(field)s") % {"field": about},
            _("which contradicts it") if row["stance"] == Stance.CONTRADICTS else "",
            row["pin"],
            row["passage"],
        ]
        return ", ".join(filter(None, parts))


def _by_column(model):
    return {field.column: field for field in model._meta.concrete_fields}


def _names(corrections):
    """Return {model: {id: name}} of the records that some corrections name."""
    wanted = defaultdict(set)
    for correction in corrections:
        for column, sides in correction.changes.items():
            if described := _described(correction, column):
                for side in sides:
                    for model, pk in described[1].records(side):
                        wanted[model].add(pk)
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
