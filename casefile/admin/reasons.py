"""The field of a form that asks why, where readers or those who enter are told."""

from django import forms
from django.core.exceptions import ValidationError

from casefile import review
from casefile.entries import Entry, Status

REASON = "reason"
ASK_REASON = "Say why: readers are told of every change to what is published, and its reason."
LONGEST = 500  # characters

LABELS = {
    Status.PUBLISHED: "Reason of a change or retraction",
    Status.IN_REVIEW: "Remark, where you send it back",
}
HELP = {
    Status.PUBLISHED: "Readers see it beside the change.",
    Status.IN_REVIEW: "For those who enter.",
}
LABEL_WITHOUT_REVIEW = "Reason of a change"


def told_of(record):
    """Return what readers are told of when a record changes: what it is part of, or itself."""
    return getattr(record, record.part_of) if hasattr(record, "part_of") else record


def reason_fields(record):
    """Return the name of the field, in a list, where a record's form has it."""
    record = told_of(record)
    is_asked = record.status in LABELS if isinstance(record, Entry) else review.is_seen(record)
    return [REASON] if is_asked else []


class WithReason(forms.ModelForm):
    """A form of a record that may ask why it changes."""

    reason = forms.CharField(max_length=LONGEST, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if REASON not in (self._meta.fields or []):
            del self.fields[REASON]
            return
        record = told_of(self.instance)
        is_entry = isinstance(record, Entry)
        self.fields[REASON].label = LABELS[record.status] if is_entry else LABEL_WITHOUT_REVIEW
        self.fields[REASON].help_text = HELP[record.status if is_entry else Status.PUBLISHED]
        self.fields[REASON].widget.attrs["class"] = "vTextField"

    def clean(self):
        cleaned = super().clean()
        is_changed = REASON in self.fields and set(self.changed_data) - {REASON}
        is_silent = is_changed and not self.cleaned_data.get(REASON)
        if is_silent and review.is_seen(told_of(self.instance)):
            self.add_error(REASON, ASK_REASON)
        return cleaned


class PartsWithReason:
    """A formset of parts of a record. What readers see of them changes only with a reason."""

    def clean(self):
        super().clean()
        is_changed = any(form.has_changed() for form in self.forms)
        if is_changed and not self.data.get(REASON, "").strip() and review.is_seen(self.instance):
            raise ValidationError(ASK_REASON)
