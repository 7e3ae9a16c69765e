"""What a reader may ask of the search."""

import datetime as dt
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from casefile.as_of import EARLIEST
from letters.filters import USPS
from letters.search.kinds import PLURALS

LONGEST = 200  # characters: more than anybody looks for, and no burden


@dataclass(frozen=True)
class Question:
    """Words as they were typed, the day of the record, and what narrows the search if anything."""

    text: str
    day: dt.date
    kind: str = ""
    year: int | None = None
    usps: str = ""

    @property
    def labels(self):
        """Return the labels that a document must have among its words, but for that of its era."""
        return [f"§{label}" for label in (self.kind, self.usps) if label]


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *PLURALS.items()]
    )
    usps = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any state")), *USPS]
    )

    def __init__(self, asked, day):
        super().__init__(asked)
        self.day = day
        self.fields["year"] = forms.IntegerField(
            label=_("Year"),
            required=False,
            min_value=EARLIEST.year,
            max_value=day.year,
            # What isn't a number is shown as it was typed, which a field for numbers can't.
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        )

    @property
    def question(self):
        """Return what a valid form asks."""
        asked = self.cleaned_data
        return Question(asked["q"], self.day, asked["kind"], asked["year"], asked["usps"])
