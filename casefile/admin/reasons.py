"""The field of a form that asks why, where readers or those who enter are told."""

from django import forms

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


def reason_fields(entry):
    """Return the name of the field, in a list, where an entry's form has it."""
    return [REASON] if isinstance(entry, Entry) and entry.status in LABELS else []


class WithReason(forms.ModelForm):
    """A form of an entry, or of what belongs to one by its ``entry``, that may ask why."""

    reason = forms.CharField(max_length=LONGEST, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if REASON not in (self._meta.fields or []):
            del self.fields[REASON]
            return
        entry = self._entry()
        self.fields[REASON].label = LABELS[entry.status]
        self.fields[REASON].help_text = HELP[entry.status]
        self.fields[REASON].widget.attrs["class"] = "vTextField"

    def clean(self):
        cleaned = super().clean()
        is_asked = REASON in self.fields and self._entry().is_published
        if is_asked and set(self.changed_data) - {REASON} and not self.cleaned_data.get(REASON):
            self.add_error(REASON, ASK_REASON)
        return cleaned

    def _entry(self):
        return self.instance if isinstance(self.instance, Entry) else self.instance.entry
