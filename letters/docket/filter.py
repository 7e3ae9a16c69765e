"""What a reader may ask of a docket: entries of one kind or year, and where to go on."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import BadRequest

from casefile.as_of import EARLIEST
from letters.docket import Docket, Page
from letters.docket.branches import KINDS


class DocketFilter(forms.Form):
    kind = forms.ChoiceField(required=False, choices=[("", "All kinds"), *KINDS.items()])

    def __init__(self, asked, day):
        super().__init__(asked)
        self.fields["year"] = forms.IntegerField(
            required=False, min_value=EARLIEST.year, max_value=day.year
        )

    @property
    def chosen(self):
        """Return the kinds and the year that a valid form asks for, each None for all."""
        kind = self.cleaned_data["kind"]
        return {"kinds": {kind} if kind else None, "year": self.cleaned_data["year"]}


@dataclass(frozen=True)
class AskedDocket:
    """A page of a docket and the form that narrows it. What makes no sense finds no rows."""

    form: DocketFilter
    page: Page

    @property
    def rows(self):
        return self.page.rows

    @property
    def status(self):
        return 200 if self.form.is_valid() else 400


def asked_docket(request, scope, **options):
    """Return the page that a request asks for of a scope's docket, as of the request's day.

    Raises:
        BadRequest: it asks to go on from what is no place in the docket.
    """
    form = DocketFilter(request.GET, request.day)
    if not form.is_valid():
        return AskedDocket(form, Page([], None))
    docket = Docket(scope, request.day, **form.chosen, **options)
    try:
        return AskedDocket(form, docket.page(request.GET.get("from")))
    except ValueError as error:
        raise BadRequest(str(error)) from error
