"""What the admin pages of all records share."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.forms import DecimalField, ModelForm, Textarea
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path

from casefile import review
from casefile.admin.addresses import CheckedAddresses
from casefile.admin.choosing import ChooseOne, ChooseSeveral
from casefile.admin.reasons import REASON, WithReason, reason_fields
from casefile.admin.restoring import RESTORE, RestoresVersions
from casefile.admin.steps import SIGNATURES, STEPS, take_step
from casefile.admin.versions import VersionedForms
from casefile.corrections import Correction
from casefile.differences import described
from casefile.page_changes import page_changes_of
from casefile.refusals import sentence


class RecordForm(WithReason, ModelForm):
    """A record's form. It shows why the database refused what was typed, if it did."""

    refusal = None
    restored_links = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial |= self.restored_links

    def clean(self):
        cleaned = super().clean()
        if self.refusal:
            raise ValidationError(self.refusal)
        return cleaned


class FiniteDecimalField(DecimalField):
    """Takes no number that can't be compared: Django looks whether it changed, whatever it is."""

    def to_python(self, value):
        number = super().to_python(value)
        if number is not None and not number.is_finite():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return number


class RecordFields:
    """How the fields of records are filled in, on pages of their own and inline."""

    formfield_overrides = {models.DecimalField: {"form_class": FiniteDecimalField}}
    textarea_rows = 6

    def get_autocomplete_fields(self, request):
        """Let all related records be searched for: lists of them grow too long to choose from."""
        return [
            field.name
            for field in [*self.opts.fields, *self.opts.many_to_many]
            if field.remote_field and field.editable
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseOne(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", ChooseSeveral(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "key" and hasattr(self.model, "propose_key"):
            field.required = False
            field.help_text = "It stands in the address. Leave it empty, and one is made."
        if field and isinstance(field.widget, Textarea):
            field.widget.attrs["rows"] = self.textarea_rows
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Records are deleted on their own pages, where it shows what else would go.
            field.widget.can_delete_related = False
        return field


class BoundedRows:
    """How many rows a form has at most: about as many as the fields that Django takes make.

    Unbounded, a form that says it has a thousand rows has them, and takes minutes to be shown.
    """

    most_rows = 100
    max_num = most_rows  # Django makes it 0 for who may add none

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **{"absolute_max": self.most_rows, **kwargs})


class RecordInline(BoundedRows, RecordFields, admin.StackedInline):
    """Records on the page of what they are part of."""

    extra = 0
    textarea_rows = 3


class RecordAdmin(
    VersionedForms, RestoresVersions, CheckedAddresses, RecordFields, admin.ModelAdmin
):
    """The list, form, history and deletion of one kind of record.

    What the database refuses is said as a sentence, on the form with everything that was typed.
    """

    form = RecordForm
    change_form_template = "admin/record_change_form.html"
    change_list_template = "admin/record_change_list.html"
    list_per_page = 50
    # What stands in the public address of a record, if it has one.
    address_field = "key"

    # Links to and from the public page

    def get_urls(self):
        if self.address_field is None:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_find"
        find = self.admin_site.admin_view(self.find_view)
        return [path("find/<slug:key>/", find, name=name), *super().get_urls()]

    def find_view(self, request, key):
        """Redirect from a key, which public pages know, to the record's page here."""
        record = get_object_or_404(self.model, **{self.address_field: key})
        return self.to_record(record)

    def to_record(self, record):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return redirect(name, record.pk)

    def get_view_on_site_url(self, obj=None):
        page = self.public_page(obj) if obj and obj.pk else None
        if page is None:
            return None
        return page.get_absolute_url() + ("" if page is obj else f"#{obj.key}")

    def public_page(self, record):
        """Return the record on whose public page this one stands, or None if on no page."""
        return record

    # Changes of what readers see

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, *self.closing_fieldsets(request, obj)]

    def closing_fieldsets(self, request, obj):
        """Return the fieldsets at the end of the form: why it changes, if readers are told."""
        reason = self.reason_fields(request, obj) if obj else []
        return [(None, {"fields": reason})] if reason else []

    def reason_fields(self, request, obj):
        is_open = self.has_change_permission(request, obj) and review.may_edit(request.user, obj)
        return reason_fields(obj) if is_open else []

    def steps_for(self, request, obj):
        """Return the steps of review that a user may take for a record, but for signatures."""
        return []

    def _review_context(self, request, obj):
        steps = self.steps_for(request, obj)
        waiting = Correction.objects.of(obj).unconfirmed() if obj else []
        by_others = any(change.changed_by_id != request.user.pk for change in waiting)
        if by_others and review.may_sign(request.user, self.model):
            steps = SIGNATURES + steps
        return {"waiting": described(waiting), "review_steps": steps}

    def response_add(self, request, obj, post_url_continue=None):
        return self.after_saving(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self.after_saving(request, obj) or super().response_change(request, obj)

    def after_saving(self, request, record):
        """Take the step whose button saved the form, if it was one of these."""
        for step in STEPS:
            if f"_{step.name}" in request.POST:
                take_step(self, request, step, [record])
                return self.to_record(record)
        return None

    # What the database refuses

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        _check_deferred_rules()

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        _check_deferred_rules()

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            super().delete_queryset(request, queryset)
            _check_deferred_rules()

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        with review.because(request.POST.get(REASON, "")), transaction.atomic():
            self.open_versions(request, object_id)
            try:
                return super().changeform_view(request, object_id, *args, **kwargs)
            except IntegrityError as error:
                # Nothing was saved. The same form again, with this among its errors, saves nothing.
                request.refusal = sentence(error)
                return super().changeform_view(request, object_id, *args, **kwargs)

    def render_change_form(self, request, context, obj=None, **kwargs):
        context |= self.version_context(request, context) | self._review_context(request, obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        try:
            return super().delete_view(request, *args, **kwargs)
        except IntegrityError as error:
            self.message_user(request, sentence(error), messages.ERROR)
            return redirect(request.get_full_path())

    def changelist_view(self, request, *args, **kwargs):
        try:
            return super().changelist_view(request, *args, **kwargs)
        except IntegrityError as error:
            self.message_user(request, sentence(error), messages.ERROR)
            return redirect(request.get_full_path())

    # History

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        may_restore = self.has_change_permission(request, record)
        return self.render_history(request, record, restore=RESTORE if may_restore else "")

    def render_history(self, request, record, **context):
        """Return the page of a record's history; ``context`` is more of what it shows."""
        context |= {
            **self.admin_site.each_context(request),
            "title": f"History: {record}",
            "opts": self.opts,
            "object": record,
            "changes": page_changes_of(record),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/record_history.html", context)


def _check_deferred_rules():
    """Check now what is due at the end of the transaction, before a success is announced."""
    connection.check_constraints()
