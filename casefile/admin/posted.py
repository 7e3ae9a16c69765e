"""What a browser posts of a form, and how that is carried over to newer rows of the record."""

import re

from django.forms import FileField
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT


def posted_of(form):
    """Return what a browser would post of a form that nobody typed into: {name: [values]}."""
    posted = {}
    for field in form:
        if field.field.disabled or isinstance(field.field, FileField):
            continue
        value = field.field.prepare_value(field.value())
        if value in (None, "", False):
            continue
        values = value if isinstance(value, (list, tuple)) else [value]
        posted[field.html_name] = [str(getattr(value, "pk", value)) for value in values]
    return posted


def replace(data, form, names):
    """Put what stands in an unbound form into some fields of the data that was posted."""
    standing = posted_of(form)
    for name in names:
        data.setlist(name, standing.get(name, []))


def rebase(data, formset):
    """Fit the rows that were posted to those that an unbound formset holds now.

    Rows that came since are put in as they stand. Rows that went since become new ones, so that
    what was typed into them is still there: returns the numbers of these.
    """
    prefix, pk_name = formset.prefix, formset.model._meta.pk.name
    rows = take_rows(data, prefix)
    if rows is None:
        return range(0)
    typed = {row[pk_name][0]: row for row in rows if row.get(pk_name, [""])[0]}
    new = [row for row in rows if not row.get(pk_name, [""])[0]]
    standing = []
    for form in formset.initial_forms:
        row = typed.pop(str(form.instance.pk), None)
        if row is None:
            start = len(form.prefix) + 1
            row = {name[start:]: values for name, values in posted_of(form).items()}
        standing.append(row)
    gone = [{**row, pk_name: [""]} for row in typed.values() if "DELETE" not in row]
    put_rows(data, prefix, standing, [*gone, *new])
    return range(len(standing), len(standing) + len(gone))


def take_rows(data, prefix):
    """Remove the rows of a formset from posted data; return them as [{field: [values]}].

    Returns None, and removes nothing, where the data holds no such formset.
    """
    if f"{prefix}-{TOTAL_FORM_COUNT}" not in data:
        return None
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{1,4}})-(.+)", re.DOTALL)
    rows = {}
    for name in list(data):
        if match := pattern.fullmatch(name):
            number, field = match.groups()
            rows.setdefault(int(number), {})[field] = data.pop(name)
    return [rows[number] for number in sorted(rows)]


def put_rows(data, prefix, standing, new):
    """Write rows into posted data: those that stand on record first, then the new ones."""
    data[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(standing))
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(len(standing) + len(new))
    for number, row in enumerate([*standing, *new]):
        for field, values in row.items():
            data.setlist(f"{prefix}-{number}-{field}", values)
