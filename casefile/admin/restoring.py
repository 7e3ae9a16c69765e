"""Restoring a version: the form opens filled with what the record was, and is saved like any other.

So a restored version is a new change: by the one who saves it, with a reason where one is asked
for, and only where every rule still holds. Links and the parts of a record (its citations, what it
produced) come with it; entries that have a page of their own stay as they are. What was deleted
comes back in the same way, on the form for a new record.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import FileField
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _

from casefile import review
from casefile.changes import context_of, users_of
from casefile.moments import DELETED, deleted, links_at, parts_at
from casefile.versions import as_it_was, history_of

RESTORE = "restore"  # in the address of a form: a row of the record's history
AT = "at"  # beside it: the moment of which links and parts are, if it isn't that row's
BRING_BACK = "bring_back"  # in the address of the form for a new record: a row that was deleted
LARGEST = 2**63 - 1
STAYING = {"key", "slug"}  # they stand in addresses


class RestoresVersions:
    """What an admin page does with a version from the history."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_deleted"
        view = self.admin_site.admin_view(self.deleted_view)
        return [path("deleted/", view, name=name), *super().get_urls()]

    def deleted_view(self, request):
        """List what was deleted, to be brought back."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        rows = deleted(self.model)
        users = users_of(rows)
        for row in rows:
            row.name = getattr(row, "key", None) or getattr(row, "slug", None) or row.pgh_obj_id
            row.user = users.get(context_of(row).get("user"))
            row.reason = context_of(row).get("reason", "")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted %s") % self.opts.verbose_name_plural,
            "opts": self.opts,
            "rows": rows,
            "bring_back": BRING_BACK,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/record_deleted.html", context)

    # A version of a record

    def get_object(self, request, object_id, from_field=None):
        record = super().get_object(request, object_id, from_field)
        version = _number(request.GET.get(RESTORE, ""))
        if record is None or version is None or request.method != "GET":
            return record
        is_open = self.has_change_permission(request, record)
        if not (is_open and review.may_edit(request.user, record)):
            return record
        if then := as_it_was(record, version):
            for field in self.opts.concrete_fields:
                if _is_restored(field):
                    setattr(record, field.attname, getattr(then, field.attname))
            moment = _moment(request.GET.get(AT, "")) or then.pgh_created_at
            request.restored_on = moment
            request.restored_links = links_at(self.model, record.pk, moment)
            request.restored_parts = parts_at(self.model, record.pk, moment)
        return record

    # What was deleted

    def brought_back(self, request):
        """Return the row of the history that a form for a new record brings back, or None."""
        version = _number(request.GET.get(BRING_BACK, ""))
        if version is None:
            return None
        rows = history_of(self.model).objects.filter(pgh_id=version, pgh_label=DELETED)
        is_back = self.model._base_manager.filter(pk__in=rows.values("pgh_obj_id")).exists()
        return None if is_back else rows.first()

    def get_changeform_initial_data(self, request):
        row = self.brought_back(request)
        if row is None:
            return super().get_changeform_initial_data(request)
        moment = row.pgh_created_at
        request.brought_back_on = moment
        request.restored_parts = parts_at(self.model, row.pgh_obj_id, moment, before=True)
        return {
            field.name: field.value_from_object(row)
            for field in self.opts.concrete_fields
            if field.editable and not field.primary_key and not isinstance(field, FileField)
        } | links_at(self.model, row.pgh_obj_id, moment, before=True)

    def save_model(self, request, obj, form, change):
        row = None if change else self.brought_back(request)
        if row is not None:
            obj.pk = row.pgh_obj_id  # so that its history goes on
        super().save_model(request, obj, form, change)

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.restored_links = getattr(request, "restored_links", {})
        return form

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None, **kwargs):
        if request.method == "GET":
            parts = getattr(request, "restored_parts", {})
            for formset, inline in zip(formsets, inline_instances, strict=True):
                is_open = inline.has_change_permission(request, obj)
                if formset.model in parts and is_open:
                    _fill(formset, parts[formset.model])
        return super().get_inline_formsets(request, formsets, inline_instances, obj, **kwargs)

    def render_change_form(self, request, context, **kwargs):
        if moment := getattr(request, "restored_on", None):
            said = _("Filled in as it was on %s. Nothing is saved yet: save it to restore it.")
            messages.info(request, said % _shown(moment))
        if moment := getattr(request, "brought_back_on", None):
            said = _(
                "Filled in from what was deleted on %s. Nothing is saved yet: save it to bring it"
                " back."
            )
            messages.info(request, said % _shown(moment))
        return super().render_change_form(request, context, **kwargs)


def _fill(formset, rows):
    """Fill an unbound formset with rows of the history, by the ids of what they were of.

    What came since is marked for deletion, and what went since is a new row.
    """
    standing = set(formset.get_queryset().values_list("pk", flat=True))
    back = [_values(row, formset) for pk, row in rows.items() if pk not in standing]
    extra = []
    # What is offered keeps its place: by it, it is told whether anything was typed.
    for offered in formset.initial_extra or []:
        same = next((values for values in back if _is_same(offered, values)), None)
        if same:
            back.remove(same)
        extra.append(same or offered)
    formset.initial_extra = [*extra, *back]
    formset.extra = max(len(formset.initial_extra), formset.extra)
    for form in formset.initial_forms:
        row = rows.get(form.instance.pk)
        form.initial |= {"DELETE": True} if row is None else _values(row, formset)


def _values(row, formset):
    names = formset.form.base_fields
    fields = [field for field in formset.model._meta.concrete_fields if field.name in names]
    return {field.name: field.value_from_object(row) for field in fields}


def _is_same(offered, values):
    """Return whether the values of a row are those that a new row is offered with."""
    return all(values.get(name) == getattr(value, "pk", value) for name, value in offered.items())


def _is_restored(field):
    is_content = field.editable and not field.primary_key and field.name not in STAYING
    return is_content and not isinstance(field, FileField)


def _number(text):
    """Return the id that a text is, or None."""
    is_number = text.isascii() and text.isdecimal() and int(text) <= LARGEST
    return int(text) if is_number else None


def _moment(text):
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and is_aware(moment) else None


def _shown(moment):
    return f"{localtime(moment):%-d %B %Y, %H:%M:%S}"
