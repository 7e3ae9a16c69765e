"""The forms that make draft statements, responses and events from a passage of a source.

The passage is never typed: it comes as a span, and the words are cut out of the stored text here.
"""

from django import forms
from django.core.exceptions import ValidationError

from casefile.models import Citation
from casefile.refusals import refusals
from jurisdictions.models import Jurisdiction
from letters.intake.passages import quoted_words
from letters.models import Event, Letter, Official, Response, Statement
from letters.models.statements import StatementKind

CHANGED = "The text of this source was changed meanwhile. Choose the passage again."


class DraftForm(forms.ModelForm):
    """A draft entry that cites a passage of a source.

    ``reading`` is what was read in the source's text, ``passage`` the span that was chosen.
    """

    read_text = forms.CharField(widget=forms.HiddenInput)  # the hash of the text that was shown
    pin = forms.CharField(help_text="Page, paragraph or sentence.", widget=forms.TextInput)
    whole_sentences = forms.BooleanField(
        required=False,
        initial=True,
        label="Cite the whole sentences that the passage stands in",
        help_text="So that readers see the words around it.",
    )

    def __init__(self, data=None, *, source, reading, passage, initial=None):
        self.source, self.reading, self.passage = source, reading, passage
        initial = {
            "read_text": source.text_sha256,
            "pin": reading.text.pin(passage),
            "date": source.published_on,
            **(initial or {}),
        }
        super().__init__(data, initial=initial)
        self._offer("jurisdictions", Jurisdiction, reading.jurisdictions)
        self._offer("officials", Official, reading.people)
        self._offer("speaker", Official, reading.people)

    def _offer(self, name, model, found):
        """Offer the records that the text names before all others."""
        if name not in self.fields:
            return
        named = {record.pk for one in found for record in one.records}
        everyone = [(record.pk, str(record)) for record in model.objects.all()]
        groups = [
            ("Named in this text", [choice for choice in everyone if choice[0] in named]),
            ("All others", [choice for choice in everyone if choice[0] not in named]),
        ]
        field = self.fields[name]
        empty = [] if isinstance(field, forms.ModelMultipleChoiceField) else [("", "---------")]
        field.choices = empty + [group for group in groups if group[1]]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("read_text") != self.source.text_sha256:
            raise ValidationError(CHANGED)
        return cleaned

    @property
    def cited(self):
        """Return the span that the citation gives word for word."""
        if self.cleaned_data["whole_sentences"]:
            return self.reading.text.whole(self.passage)
        return self.passage

    def save(self, commit=True):
        """Return the new draft with its citation.

        Raises:
            Refusal: the database refused one of them, and kept neither.
        """
        with refusals():
            entry = super().save(commit)
            Citation.objects.create(
                entry=entry,
                source=self.source,
                passage=self.cited.of(self.source.text),
                pin=self.cleaned_data["pin"],
            )
        return entry


class StatementDraft(DraftForm):
    """Who says the passage is confirmed by a person; what is proposed stands beside the form."""

    confirmed = forms.BooleanField(
        label="I read the passage: this is who speaks, and how the source names them.",
    )

    class Meta:
        model = Statement
        fields = [
            "kind",
            "text",
            "speaker",
            "speaker_title",
            "organisation",
            "attribution",
            "side",
            "jurisdictions",
            "date",
            "date_precision",
            "venue",
            "in_reply_to_round",
        ]
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}
        labels = {"text": "Paraphrase"}
        help_texts = {
            "text": "Only for a paraphrase, in your own words. A quotation is the passage itself.",
        }

    def __init__(self, data=None, *, initial=None, **kwargs):
        proposal = kwargs["reading"].speaker_of(kwargs["passage"])
        super().__init__(data, initial={**_proposed(proposal), **(initial or {})}, **kwargs)
        self.proposal = proposal
        self.evidence = self.reading.evidence_of(proposal)
        self.fields["text"].required = False

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == StatementKind.QUOTATION:
            cleaned["text"] = quoted_words(self.reading.text, self.passage).of(self.source.text)
        elif not cleaned.get("text"):
            self.add_error("text", "Write what was said, in your own words.")
        return cleaned


class ResponseDraft(DraftForm):
    class Meta:
        model = Response
        fields = ["letter", "kind", "date", "date_precision", "signed_by", "summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}

    letter = forms.ModelChoiceField(
        queryset=Letter.objects.select_related("jurisdiction"),
        to_field_name="key",
        widget=forms.TextInput(attrs={"list": "letters", "autocomplete": "off"}),
        help_text="The letter's key; those to jurisdictions that the text names are offered.",
    )

    @property
    def offered_letters(self):
        """Return the letters to jurisdictions that the text names."""
        named = {record.pk for one in self.reading.jurisdictions for record in one.records}
        return Letter.objects.filter(jurisdiction__in=named).select_related("jurisdiction")


class EventDraft(DraftForm):
    class Meta:
        model = Event
        fields = ["title", "date", "date_precision", "jurisdictions", "officials", "summary"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})}


def _proposed(proposal):
    """Return what a proposal fills in: nothing of a speaker, where it is open who speaks."""
    if proposal.is_ambiguous or not proposal.only:
        return {"kind": StatementKind.QUOTATION}
    return {
        "kind": StatementKind.QUOTATION,
        "speaker": proposal.speaker.pk if proposal.speaker else None,
        "speaker_title": proposal.only.title,
        "organisation": proposal.only.organisation,
        "venue": proposal.only.venue,
        "attribution": proposal.attribution,
    }


DRAFTS = {"statement": StatementDraft, "response": ResponseDraft, "event": EventDraft}
