"""What the admin pages of entries add to those of other records: review."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin import actions
from django.contrib.admin.utils import flatten, flatten_fieldsets
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from casefile import review
from casefile.admin.reasons import ASK_REASON, REASON, reason_fields
from casefile.admin.records import RecordAdmin, RecordInline
from casefile.admin.work import WORK_ON_ENTRIES, WorkFilter
from casefile.changes import last_remark
from casefile.corrections import Correction
from casefile.differences import described
from casefile.entries import Status

REVIEW_ROWS = ["status", ("submitted_by", "submitted_at"), ("published_by", "published_at")]
REVIEW_FIELDS = flatten(REVIEW_ROWS)
SHOWN_ERRORS = 10  # of an action on many entries


@dataclass(frozen=True)
class Step:
    """A review step as staff see it: a button of the form, and an action of the list."""

    name: str
    label: str
    done: str
    origin: Status
    permission: str
    take: Callable
    asks: str = ""  # the argument that tells why, if it takes one


SUBMIT = Step("submit", "Submit for review", "Submitted", Status.DRAFT, "change", review.submit)
SEND_BACK = Step(
    "send_back",
    "Send back to draft",
    "Sent back",
    Status.IN_REVIEW,
    "change",
    review.send_back,
    "remark",
)
PUBLISH = Step("publish", "Publish", "Published", Status.IN_REVIEW, "publish", review.publish)
RETRACT = Step(
    "retract", "Retract", "Retracted", Status.PUBLISHED, "publish", review.retract, "reason"
)
CONFIRM = Step(
    "confirm", "Confirm the changes", "Confirmed", Status.PUBLISHED, "publish", review.confirm
)
IMMATERIAL = Step(
    "immaterial",
    "Mark the changes as not material",
    "Marked as not material",
    Status.PUBLISHED,
    "publish",
    review.mark_immaterial,
)
STEPS = [SUBMIT, SEND_BACK, PUBLISH, CONFIRM, IMMATERIAL, RETRACT]
# What a second reviewer does, about changes that wait for one.
SIGNATURES = [CONFIRM, IMMATERIAL]


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

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        is_open = self.has_change_permission(request, obj) and review.may_edit(request.user, obj)
        reason = reason_fields(obj) if is_open else []
        return [*fieldsets, ("Review", {"fields": [*REVIEW_ROWS, *reason]})]

    def render_change_form(self, request, context, obj=None, **kwargs):
        status = obj.status if obj else Status.DRAFT
        waiting = Correction.objects.of(obj).unconfirmed() if obj and obj.is_on_record else []
        by_others = [change for change in waiting if change.changed_by_id != request.user.pk]
        context["review_steps"] = [
            step
            for step in STEPS
            if step.origin == status
            and review.may(request.user, step.permission, self.model)
            and (by_others or step not in SIGNATURES)
        ]
        context["waiting"] = described(waiting)
        if obj and not obj.is_on_record:
            context["missing"] = review.missing(obj)
            context["doubts"] = review.doubts(obj)
            context["remark"] = last_remark(obj)
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def response_add(self, request, obj, post_url_continue=None):
        return self._after_saving(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def _after_saving(self, request, entry):
        """Take the step whose button saved the form, if it was one of these."""
        for step in STEPS:
            if f"_{step.name}" in request.POST:
                take_step(self, request, step, [entry])
                return self.to_record(entry)
        return None

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
        take_step(self, request, PUBLISH, queryset)

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


def take_step(page, request, step, entries):
    """Take a step for each of some entries that it can be taken for, and say how it went."""
    done, errors = [], []
    why = {step.asks: request.POST.get(REASON, "")} if step.asks else {}
    for entry in entries:
        try:
            step.take(entry, request.user, **why)
        except review.ReviewError as error:
            errors.append(str(error))
        else:
            done.append(entry)
    if done:
        many = f"{len(done)} {done[0]._meta.verbose_name_plural} {step.done.lower()}."
        report = f"{step.done}: {done[0]}." if len(done) == 1 else many
        page.message_user(request, report, messages.SUCCESS)
    for error in errors[:SHOWN_ERRORS]:
        page.message_user(request, error, messages.ERROR)
    if more := len(errors[SHOWN_ERRORS:]):
        page.message_user(request, f"And {more} more.", messages.ERROR)


class EntryFormSet(BaseInlineFormSet):
    """Entries inline: what readers have seen can't be deleted here, renamed, or changed by all."""

    user = None  # the user whom the form is for

    def clean(self):
        super().clean()
        if self.instance.is_published and not self.data.get(REASON, "").strip():
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
