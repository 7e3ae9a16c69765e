"""No lost update: a form is saved only onto the versions of the rows that it was opened on.

Otherwise it comes back with all that was typed, and where that differs from what stands now, the
person chooses field by field. The rows are locked, so of two saves at once one is the second.
"""

from dataclasses import dataclass, field

from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist
from django.forms import ModelChoiceField

from casefile import versions
from casefile.admin.posted import put_rows, rebase, replace, take_rows
from casefile.admin.reasons import REASON

VERSION = "_version"
CHOICE = "_choose-"  # before the name of a field: "theirs" takes what stands on record
GONE = "_gone-"  # before the prefix of a new row that was deleted meanwhile
ASKED = "_asked"  # the names of the choices that a page asks for
BEFORE = "_before"  # on such a page: the versions that the form was first opened on
THEIRS = "theirs"
REOPEN = "_reopen"  # comes with a form that was posted by somebody who was signed out

STALE = (
    "Nothing was saved yet: this was changed while you had it open. What you typed is below;"
    " choose what is kept where the two differ, then save again."
)
UNDECIDED = "Nothing was saved yet: choose, of each difference, which of the two is kept."
UNKNOWN = (
    "Nothing was saved yet: the form did not say on which version of the record it was opened."
    " Choose what is kept where it differs from what stands now, then save again."
)
REOPENED = "Nothing was saved yet: you were signed out. What you typed is below; save it again."


@dataclass(frozen=True)
class Difference:
    """A field in which what was typed differs from what somebody else has saved meanwhile."""

    name: str
    label: str
    typed: str
    now: str
    is_mine: bool  # typed on purpose: it differs from what the form was opened with, too


@dataclass(frozen=True)
class Gone:
    """A row that was typed into and deleted by somebody else: by now a new row of the form."""

    prefix: str
    label: str


@dataclass
class Conflict:
    """What a person has to know who saves a form onto a newer version of the record."""

    writes: list = field(default_factory=list)
    differences: list = field(default_factory=list)
    gone: list = field(default_factory=list)


class VersionedForms:
    """What an admin page does so that no save undoes another unseen."""

    def open_versions(self, request, object_id):
        """Note the versions that the page stands on, and refuse a save onto others.

        Runs inside the transaction that saves, before anything of the record is read for the form.
        """
        if request.method == "POST" and REOPEN in request.POST:
            request.refusal = REOPENED
        record = self.get_object(request, unquote(object_id)) if object_id else None
        if record is None or not self.has_change_permission(request, record):
            return
        is_save = request.method == "POST"
        rows = [record]
        if is_save:
            _lock(rows)
        formsets = self._unbound_formsets(request, record)
        rows += [form.instance for formset in formsets for form in formset.initial_forms]
        if is_save:
            _lock(rows[1:])
        request.versions = versions.versions_of(rows)
        if is_save:
            self._settle(request, record, formsets)

    def _settle(self, request, record, formsets):
        opened = versions.unsign(request.POST.get(VERSION))
        data = request.POST.copy()
        is_undecided = any(not data.get(name) for name in data.getlist(ASKED))
        if opened == request.versions and not is_undecided:
            self._take_choices(request, data, record, formsets)
        else:
            request.gone = {
                formset.prefix: rebase(data, formset)
                for formset in self._unbound_formsets(request, record)
            }
            for name in list(data):
                if name.startswith((CHOICE, GONE)):
                    del data[name]
            if opened == request.versions:
                request.opened = versions.unsign(data.get(BEFORE)) or {}
                request.refusal = UNDECIDED
            else:
                request.opened = opened or {}
                request.refusal = UNKNOWN if opened is None else STALE
        request.POST = data

    def _take_choices(self, request, data, record, formsets):
        """Put what stands on record where the person chose it."""
        theirs = {
            name.removeprefix(CHOICE)
            for name, choice in data.items()
            if name.startswith(CHOICE) and choice == THEIRS
        }
        if theirs:
            forms = [form for formset in formsets for form in formset.initial_forms]
            for form in [self.get_form(request, record, change=True)(instance=record), *forms]:
                replace(data, form, theirs & {bound.html_name for bound in form})
        for formset in formsets:
            dropped = {
                name.removeprefix(GONE)
                for name, choice in data.items()
                if name.startswith(f"{GONE}{formset.prefix}-") and choice == THEIRS
            }
            if dropped:
                rows = take_rows(data, formset.prefix) or []
                kept = [row for n, row in enumerate(rows) if f"{formset.prefix}-{n}" not in dropped]
                count = formset.initial_form_count()
                put_rows(data, formset.prefix, kept[:count], kept[count:])

    def _unbound_formsets(self, request, record):
        return [
            formset(
                instance=record,
                prefix=formset.get_default_prefix(),
                queryset=inline.get_queryset(request),
            )
            for formset, inline in self.get_formsets_with_inlines(request, record)
            if inline.has_change_permission(request, record)
        ]

    def version_context(self, request, context):
        """Return what the page shows and carries of the versions that it stands on."""
        standing = getattr(request, "versions", None)
        if standing is None:
            return {}
        shown = {"version_field": VERSION, "version": versions.sign(standing)}
        opened = getattr(request, "opened", None)
        if opened is not None:
            shown |= {"asked_field": ASKED, "before_field": BEFORE}
            shown["before"] = versions.sign(opened)
            shown["conflict"] = self._conflict(request, context, opened, standing)
        return shown

    def _conflict(self, request, context, opened, standing):
        conflict = Conflict(writes=versions.writes_between(opened, standing) if opened else [])
        conflict.differences += _differences(context["adminform"].form, opened, standing)
        for inline in context["inline_admin_formsets"]:
            formset = inline.formset
            for form in formset.initial_forms:
                conflict.differences += _differences(form, opened, standing)
            gone = [formset.forms[number] for number in request.gone.get(formset.prefix, [])]
            conflict.gone += [Gone(form.prefix, _described(form)) for form in gone]
        return conflict


def _lock(rows):
    by_model = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    for model, pks in by_model.items():
        locked = model._base_manager.select_for_update().filter(pk__in=pks).order_by("pk")
        list(locked.values_list("pk"))


def _differences(form, opened, standing):
    """Return where a bound form differs from what stands, if somebody else changed that."""
    record = form.instance
    key = versions.key_of(type(record), record.pk)
    base = versions.as_it_was(record, opened[key]) if opened.get(key) else None
    unchanged = key in opened and opened[key] == standing.get(key)
    differences = []
    for bound in form:
        name = bound.name
        if bound.is_hidden or bound.field.disabled or name == REASON or not bound._has_changed():
            continue
        model_field = _model_field(record, name)
        if model_field is not None and model_field.many_to_many:
            links = versions.key_of(model_field.remote_field.through, record.pk)
            if key in opened and opened.get(links) == standing.get(links):
                continue
            is_mine = True
        elif unchanged:
            continue
        elif base is None or model_field is None:
            is_mine = True
        else:
            before = model_field.value_from_object(base)
            if not bound.field.has_changed(before, bound.initial):
                continue
            is_mine = bound.field.has_changed(before, bound.data)
        differences.append(
            Difference(
                name=bound.html_name,
                label=bound.label if form.prefix is None else f"{record}: {bound.label}",
                typed=_shown(bound, bound.data),
                now=_shown(bound, bound.initial),
                is_mine=is_mine,
            )
        )
    return differences


def _model_field(record, name):
    """Return the field that a form's field is filled from; None for DELETE and the like."""
    try:
        return record._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _described(form):
    typed = [_shown(bound, bound.data) for bound in form if not bound.is_hidden and bound.data]
    return f"{form._meta.model._meta.verbose_name}: {', '.join(typed)}"


def _shown(bound, value):
    """Return a value of a form's field as people read it."""
    field = bound.field
    if bound.name == "DELETE":
        return "Delete" if value else "Keep"
    if value in (None, "", []):
        return "(empty)"
    if isinstance(field, ModelChoiceField):
        values = value if isinstance(value, list) else [value]
        pks = [getattr(value, "pk", value) for value in values]
        found = field.queryset.model._base_manager.filter(
            pk__in=[pk for pk in pks if str(pk).isdecimal()]
        )
        return "; ".join(sorted(str(record) for record in found)) or "(unknown)"
    if choices := getattr(field, "choices", None):
        return str(dict(choices).get(value, value))
    return str(field.prepare_value(value))
