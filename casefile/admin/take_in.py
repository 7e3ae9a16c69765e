"""Taking in a source: its text pasted, or read out of a file, and both kept with their hashes."""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File

from casefile import keys
from casefile.models import Source
from casefile.uploaded_texts import UnreadableUpload, tidy, uploaded_text


class TakeInForm(forms.ModelForm):
    """What a source is, and its text: pasted, or a file to read it from."""

    pasted = forms.CharField(
        required=False,
        strip=False,
        label="Paste its text",
        widget=forms.Textarea(attrs={"rows": 12, "class": "vLargeTextField"}),
    )
    upload = forms.FileField(
        required=False,
        label="Or upload it",
        help_text="A PDF (up to 25 MB and 500 pages), an HTML page or a plain text (up to 5 MB)."
        " The file is kept, and never shown to readers.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.html,.htm,.txt"}),
    )

    class Meta:
        model = Source
        fields = [
            "title",
            "kind",
            "publisher",
            "author",
            "published_on",
            "url",
            "archive_url",
            "retrieved_on",
            "key",
        ]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"})
            for name in ("published_on", "retrieved_on")
        }
        help_texts = {"key": "It stands in the address. Leave it empty, and one is made."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].required = False

    def clean(self):
        cleaned = super().clean()
        pasted, upload = cleaned.get("pasted", "").strip(), cleaned.get("upload")
        if "upload" in self.errors:
            return cleaned
        if bool(pasted) == bool(upload):
            raise ValidationError("Paste a text or upload a file: one of the two.")
        try:
            if upload:
                cleaned["text"], upload.name = uploaded_text(upload)
            else:
                cleaned["text"] = tidy(pasted)
        except UnreadableUpload as refusal:
            self.add_error("upload" if upload else "pasted", str(refusal))
        else:
            self._require_new(cleaned["text"], upload)
        if not cleaned.get("key") and cleaned.get("title"):
            cleaned["key"] = keys.propose(Source, cleaned.get("publisher", ""), cleaned["title"])
        return cleaned

    def _require_new(self, text, upload):
        same = Source.objects.none()
        if text:
            same = Source.objects.filter(text_sha256=hashlib.sha256(text.encode()).hexdigest())
        elif upload:
            same = Source.objects.filter(file_sha256=upload.name.partition(".")[0])
        for source in same:
            raise ValidationError(f"This was taken in already, as “{source}” ({source.key}).")

    def save(self, commit=True):
        self.instance.text = self.cleaned_data["text"]
        if upload := self.cleaned_data.get("upload"):
            self.instance.file = File(upload, name=upload.name)
        return super().save(commit)
