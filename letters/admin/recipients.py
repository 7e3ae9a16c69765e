"""A round in one go: draft letters to all whom a release names, on one page of the round's."""

from collections import Counter

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.widgets import AdminDateWidget, AdminRadioSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode

from casefile import review
from casefile.admin.choosing import ChooseOne, ChooseSeveral
from casefile.models import Citation, Source
from casefile.refusals import Refusal
from jurisdictions.matching import match, read_names
from jurisdictions.models import Jurisdiction
from letters.models import Letter, Round
from letters.recipients import draft_letters

LONGEST_TEXT = 50_000  # characters
MOST_NAMES = 500
NONE_OF_THESE = "none"
FIELDS = [("date", "deadline"), "jurisdictions", "names", ("source", "pin")]


class RecipientsForm(forms.Form):
    """Whom a round's letters went to.

    A name that isn't sure becomes a field that asks which jurisdiction is meant; the form is valid
    once each has its answer. Then ``recipients`` are those who get a letter, and ``told`` says
    what was left out and why.
    """

    date = forms.DateField(label="Date of the letters", widget=AdminDateWidget)
    deadline = forms.DateField(required=False, widget=AdminDateWidget)
    jurisdictions = forms.ModelMultipleChoiceField(
        queryset=Jurisdiction.objects.all(),
        required=False,
        widget=ChooseSeveral(Letter._meta.get_field("jurisdiction"), admin.site),
    )
    names = forms.CharField(
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        label="Or paste their names",
        help_text="Each with its state, with semicolons, line breaks or commas between them:"
        " Louisville Metro, Kentucky; City and County of Denver, Colorado.",
    )
    source = forms.ModelChoiceField(
        queryset=Source.objects.defer("text"),
        required=False,
        widget=ChooseOne(Citation._meta.get_field("source"), admin.site),
        help_text="Each letter will cite it.",
    )
    pin = forms.CharField(
        required=False, help_text="Page, paragraph or sentence.", widget=forms.TextInput
    )

    def __init__(self, round_, data=None):
        initial = {"date": round_.announced_on, "deadline": round_.deadline}
        super().__init__(data, initial=initial)
        self.round = round_
        self.questions = {}
        self.name_count = 0
        self.recipients, self.told = [], []

    def clean(self):
        cleaned = super().clean()
        date, deadline = cleaned.get("date"), cleaned.get("deadline")
        if date and deadline and deadline < date:
            self.add_error("deadline", "Deadline can't be before date.")
        names = read_names(cleaned.get("names", ""))
        if len(names) > MOST_NAMES:
            self.add_error("names", f"These are {len(names):,} names: paste at most {MOST_NAMES}.")
            return cleaned
        meant = list(cleaned.get("jurisdictions", []))
        self.name_count = len(set(names))
        for found in match(dict.fromkeys(names)):
            jurisdiction = found.jurisdiction or self._answer(found)
            if jurisdiction:
                # As often as it was written, so that one who stands twice is told.
                meant += [jurisdiction] * names.count(found.name)
        self._settle(meant)
        if not self.errors and not meant and not self.told:
            raise ValidationError("Choose jurisdictions, or paste their names.")
        return cleaned

    def _answer(self, found):
        """Return which candidate was chosen for a name that isn't sure, None if none (yet)."""
        question = f"meant: {found.name}"
        field = forms.ChoiceField(
            label=found.name,
            widget=AdminRadioSelect(attrs={"class": "radiolist"}),
            choices=[(str(one.pk), one.name_in_state) for one in found.candidates]
            + [(NONE_OF_THESE, "None of these: leave it out")],
            help_text=format_html(
                '<a href="{}?{}" target="_blank">Make a new jurisdiction</a>, then send this form'
                " again.",
                reverse("admin:jurisdictions_jurisdiction_add"),
                urlencode({"name": found.name.text, "state": found.name.state}),
            ),
        )
        self.fields[question] = field
        self.questions[question] = found
        try:
            answer = field.clean(self.data.get(question))
        except ValidationError:
            self.add_error(question, "Which one is meant?")
            return None
        if answer == NONE_OF_THESE:
            self.told.append(f"{found.name}: left out, as none of the jurisdictions was meant.")
            return None
        return next(one for one in found.candidates if str(one.pk) == answer)

    def _settle(self, meant):
        """Sort those who are meant into recipients and those who get no (second) letter."""
        written = set(self.round.letters.values_list("jurisdiction", flat=True))
        for jurisdiction, times in Counter(meant).items():
            if jurisdiction.pk in written:
                self.told.append(f"{jurisdiction} already has a letter in this round.")
            else:
                self.recipients.append(jurisdiction)
                if times > 1:
                    self.told.append(f"{jurisdiction} was given {times} times: it got one letter.")


def recipients_view(request, pk):
    """Ask for a round's recipients, and make a draft letter to each."""
    round_ = get_object_or_404(Round, pk=pk)
    model_admin = admin.site.get_model_admin(Round)
    if not (
        model_admin.has_view_permission(request, round_)
        and review.may(request.user, "add", Letter)
        and review.may(request.user, "add", Citation)
    ):
        raise PermissionDenied
    form = RecipientsForm(round_, request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("date", "deadline", "source", "pin")}
        try:
            letters = draft_letters(round_, form.recipients, **asked)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _to_letters(request, round_, letters, form.told)
    questions = AdminForm(form, [(None, {"fields": list(form.questions)})], {})
    context = {
        **admin.site.each_context(request),
        "title": f"Add recipients: {round_}",
        "opts": Round._meta,
        "original": round_,
        "adminform": AdminForm(form, [(None, {"fields": FIELDS})], {}),
        "questions": questions if form.questions else None,
        "form": form,
        "media": model_admin.media + form.media,
    }
    request.current_app = admin.site.name
    return TemplateResponse(request, "admin/round_recipients.html", context)


def _to_letters(request, round_, letters, told):
    """Say what was made and what was left out, and redirect to the round's letters."""
    for sentence in told:
        messages.warning(request, sentence)
    made = f"{len(letters)} draft letter{'' if len(letters) == 1 else 's'} made."
    messages.success(request, made if letters else "No letter was made.")
    address = reverse("admin:letters_letter_changelist")
    return redirect(f"{address}?{urlencode({'round__id__exact': round_.pk})}")
