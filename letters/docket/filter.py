"""What a reader may ask of a docket: entries of some kinds or of one year, and where to go on."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest
from django.utils.translation import gettext_lazy as _

from casefile.as_of import EARLIEST
from letters.docket import Docket, Page
from letters.docket.branches import KINDS

DOCKET_PARAMETERS = {"kind", "year", "from"}


class DocketFilter(forms.Form):
    """The kinds to show, all if none is chosen, and the year."""

    kind = forms.MultipleChoiceField(
        label=_("Show only"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, asked, scope, day):
        """Take the scope, of whose kinds a reader may choose."""
        super().__init__(asked, label_suffix="")
        in_scope = {model.entry_kind for model in scope}
        self.fields["kind"].choices = [
            (kind, name) for kind, name in KINDS.items() if kind in in_scope
        ]
        self.fields["year"] = forms.IntegerField(
            label=_("Year"), required=False, min_value=EARLIEST.year, max_value=day.year
        )

    @property
    def chosen(self):
        """Return the kinds and the year that a valid form asks for, each None for all."""
        return {
            "kinds": set(self.cleaned_data["kind"]) or None,
            "year": self.cleaned_data["year"],
        }


@dataclass(frozen=True)
class AskedDocket:
    """A page of a docket and the form that narrows it. What makes no sense finds no rows."""

    form: DocketFilter
    page: Page

    @property
    def rows(self):
        return self.page.rows

    @property
    def is_narrowed(self):
        """Return whether the reader asked for less than all from the newest entry on."""
        return any(self.form.data.get(name) for name in ("kind", "year", "from"))

    @property
    def status(self):
        return 200 if self.form.is_valid() else 400


def asked_docket(request, scope, **options):
    """Return the page that a request asks for of a scope's docket, as of the request's day.

    Raises:
        BadRequest: it asks to go on from what is no place in the docket.
    """
    form = DocketFilter(request.GET, scope, request.day)
    if not form.is_valid():
        return AskedDocket(form, Page([], None))
    docket = Docket(scope, request.day, **form.chosen, **options)
    try:
        return AskedDocket(form, docket.page(request.GET.get("from")))
    except ValueError as error:
        raise BadRequest(str(error)) from error
