"""What the admin pages of entries add to those of other records: review."""

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.contrib.admin.utils import flatten, flatten_fieldsets
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _

from casefile import review
from casefile.admin.reasons import ASK_REASON, REASON
from casefile.admin.records import RecordAdmin, RecordInline
from casefile.admin.steps import (
    CONFIRM,
    PUBLISH,
    SEEN,
    SEND_BACK,
    SIGNATURES,
    STEPS,
    SUBMIT,
    publish_all,
    take_step,
)
from casefile.admin.work import WORK_ON_ENTRIES, WorkFilter
from casefile.changes import last_remark
from casefile.entries import Status

REVIEW_ROWS = ["status", ("submitted_by", "submitted_at"), ("published_by", "published_at")]
REVIEW_FIELDS = flatten(REVIEW_ROWS)


class EntryAdmin(RecordAdmin):
    """Entries are drafted, submitted, published and retracted; only drafts are deleted."""

    actions = ["submit", "send_back", "publish", "confirm", "delete_selected"]
    change_form_template = "admin/entry_change_form.html"
    date_hierarchy = "date"
    work = WORK_ON_ENTRIES

    # Who may do what

    def has_publish_permission(self, request):
        return review.may(request.user, "publish", self.model)

    def has_change_permission(self, request, obj=None):
        if not super().has_change_permission(request, obj):
            return False
        # Entries can be added on the page of a published one that is itself closed to the user.
        return obj is None or review.may_edit(request.user, obj) or self._has_entry_inlines()

    def has_delete_permission(self, request, obj=None):
        is_draft = obj is None or obj.status == Status.DRAFT
        return is_draft and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        closed = []
        if obj and not review.may_edit(request.user, obj):
            closed = flatten_fieldsets(self.get_fieldsets(request, obj))
        elif obj and obj.is_on_record:
            closed = ["key"]
        return [*super().get_readonly_fields(request, obj), *REVIEW_FIELDS, *closed]

    def _has_entry_inlines(self):
        return any(issubclass(inline, EntryInline) for inline in self.inlines)

    # The form

    def closing_fieldsets(self, request, obj):
        if obj is None:
            return []
        reason = self.reason_fields(request, obj)
        return [("Review", {"fields": [*REVIEW_ROWS, *reason]})]

    def steps_for(self, request, obj):
        status = obj.status if obj else Status.DRAFT
        return [
            step
            for step in STEPS
            if step not in SIGNATURES
            and step.origin == status
            and review.may(request.user, step.permission, self.model)
        ]

    def render_change_form(self, request, context, obj=None, **kwargs):
        if obj is None:
            context["missing"] = review.NEEDED
        elif not obj.is_on_record:
            context["missing"] = review.missing(obj)
            context["doubts"] = review.doubts(obj)
            context["remark"] = last_remark(obj)
            if PUBLISH in self.steps_for(request, obj):
                context["seen"] = SEEN
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def after_saving(self, request, entry):
        """Tell at once all that the entry still lacks, unless its page follows, which shows it."""
        taken = super().after_saving(request, entry)
        if taken is None and "_continue" not in request.POST and not entry.is_on_record:
            gaps = [_("It needs %s.") % gap for gap in review.missing(entry)]
            if found := [*gaps, *review.doubts(entry)]:
                said = _("Before the publication of %(entry)s: %(found)s")
                self.message_user(
                    request, said % {"entry": entry, "found": " ".join(found)}, messages.WARNING
                )
        return taken

    def get_view_on_site_url(self, obj=None):
        is_public = obj and type(obj).objects.published().filter(pk=obj.pk).exists()
        return super().get_view_on_site_url(obj) if is_public else None

    def public_page(self, record):
        return getattr(record, record.belongs_to) if record.belongs_to else record

    # The list

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), WorkFilter]

    @admin.action(permissions=[SUBMIT.permission], description=SUBMIT.label)
    def submit(self, request, queryset):
        take_step(self, request, SUBMIT, queryset)

    @admin.action(permissions=[SEND_BACK.permission], description=SEND_BACK.label)
    def send_back(self, request, queryset):
        take_step(self, request, SEND_BACK, queryset)

    @admin.action(permissions=[PUBLISH.permission], description=PUBLISH.label)
    def publish(self, request, queryset):
        return publish_all(self, request, queryset)

    @admin.action(permissions=[CONFIRM.permission], description=CONFIRM.label)
    def confirm(self, request, queryset):
        take_step(self, request, CONFIRM, queryset)

    @admin.action(permissions=["delete"], description="Delete drafts")
    def delete_selected(self, request, queryset):
        if queryset.exclude(status=Status.DRAFT).exists():
            advice = (
                "Only drafts are deleted. Send back what is in review; retract what is published."
            )
            self.message_user(request, advice, messages.ERROR)
            return None
        return actions.delete_selected(self, request, queryset)


class EntryFormSet(BaseInlineFormSet):
    """Entries inline: what readers have seen can't be deleted here, renamed, or changed by all."""

    user = None  # the user whom the form is for

    def clean(self):
        super().clean()
        if review.is_seen(self.instance) and not self.data.get(REASON, "").strip():
            changed = [form for form in self.initial_forms if form.has_changed()]
            if any(form.instance.is_published for form in changed):
                raise ValidationError(ASK_REASON)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not form.instance.pk:
            return
        if form.instance.status != Status.DRAFT and "DELETE" in form.fields:
            form.fields["DELETE"].disabled = True
        if form.instance.is_on_record and "key" in form.fields:
            form.fields["key"].disabled = True
        if not review.may_edit(self.user, form.instance):
            for field in form.fields.values():
                field.disabled = field.disabled or not field.widget.is_hidden
                field.widget.attrs.pop("class", None)  # no calendar beside what is fixed


class EntryInline(RecordInline):
    """Entries on the page of the one that they belong to. Sources are cited on their own pages."""

    formset = EntryFormSet
    readonly_fields = ["status"]
    show_change_link = True

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.user = request.user
        return formset
