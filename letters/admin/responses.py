"""The admin pages of responses and of what each produced."""

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.forms.formsets import TOTAL_FORM_COUNT
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from casefile import review
from casefile.admin import CitationInline, EntryInline, RecordAdmin, RecordInline
from casefile.admin.posted import put_rows, take_rows
from casefile.admin.reasons import PartsWithReason
from letters.admin.of_letters import OfLetterAdmin
from letters.models import DemandItem, Production, Response

LONGEST_CHOICE = 80  # characters
MOST_DIGITS = 19  # of an id
CHECKLIST = "_checklist"  # the button that asks for it
ROWS = "productions"  # the prefix of its rows


class ResponseInline(EntryInline):
    model = Response
    fields = [("date", "date_precision", "kind"), "signed_by", "summary", ("key", "status")]


class ProductionFormSet(PartsWithReason, BaseInlineFormSet):
    """What a response produced."""


class ProductionInline(RecordInline):
    """A checklist: each item that the answered round demands has its row, recorded or not.

    The page sets the items as ``request.demanded``, and in ``request.unrecorded`` those of which
    nothing is recorded yet.
    """

    model = Production
    formset = ProductionFormSet
    fields = ["item", "extent", "note"]
    radio_fields = {"extent": admin.HORIZONTAL}
    textarea_rows = 2
    verbose_name_plural = "what it produced, item by item"

    def get_autocomplete_fields(self, request):
        return []

    def get_extra(self, request, obj=None, **kwargs):
        return len(request.unrecorded)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "item":
            kwargs["queryset"] = request.demanded
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "item":
            # Items are entered with their round, not beside each answer.
            field.widget.can_add_related = field.widget.can_change_related = False
            field.widget.can_view_related = False
            # A choice can't break its line.
            field.label_from_instance = lambda item: Truncator(item).chars(LONGEST_CHOICE)
        return field


@admin.register(Response)
class ResponseAdmin(OfLetterAdmin):
    """Responses. Their checklist is there once it is known which letter, and so which round, each
    answers: one that is stored, or in the address, or chosen when the checklist is asked for."""

    change_form_template = "admin/response_change_form.html"
    fields = ["letter", ("date", "date_precision", "kind"), "signed_by", "summary", "key"]
    inlines = [CitationInline, ProductionInline]
    list_display = ["letter", "kind", "date", "signed_by", "status"]
    list_filter = ["kind", *OfLetterAdmin.list_filter]
    search_fields = [*OfLetterAdmin.search_fields, "signed_by__unaccent", "summary__unaccent"]

    def add_view(self, request, form_url="", extra_context=None):
        context = {"checklist": CHECKLIST, **(extra_context or {})}
        if CHECKLIST in request.POST:
            request.refusal = _lay_out_checklist(request)
        return super().add_view(request, form_url, context)

    def get_inlines(self, request, obj):
        demanded = _demanded(request, obj) if obj else self._demanded_of_new(request)
        if demanded is None:
            return [CitationInline]
        request.demanded = demanded
        request.unrecorded = list(demanded.exclude(productions__response=obj) if obj else demanded)
        return self.inlines

    def _demanded_of_new(self, request):
        row = self.brought_back(request) if request.method == "GET" else None
        return _demanded(request, row)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, ProductionInline):
            # A row whose extent nobody chose is as it began, and isn't saved.
            kwargs["initial"] = [{"item": item} for item in request.unrecorded]
        return kwargs


def _demanded(request, response):
    """Return the items of the demand that a response answers, None where that isn't known yet."""
    if response:
        return DemandItem.objects.filter(round__letters=response.letter_id)
    # What is posted without a checklist was typed before there was one.
    asked = request.POST if f"{ROWS}-{TOTAL_FORM_COUNT}" in request.POST else request.GET
    if request.method == "POST" and asked is request.GET:
        return None
    letter = asked.get("letter", "")
    if not (letter.isascii() and letter.isdecimal() and len(letter) < MOST_DIGITS):
        return None
    return DemandItem.objects.filter(round__letters=letter)


def _lay_out_checklist(request):
    """Give the posted form of a new response a row for each item; return what is said of it.

    Rows of these items that were filled in stay; those of another demand go.
    """
    data = request.POST.copy()
    rows = take_rows(data, ROWS) or []
    put_rows(data, ROWS, [], [])
    request.POST = data
    items = _demanded(request, None)
    if items is None:
        return _("Nothing was saved yet: choose the letter first. Its demand has the checklist.")
    filled = {row["item"][0]: row for row in rows if row.get("item")}
    empty = lambda item: {"item": [str(item.pk)]}  # noqa: E731
    put_rows(data, ROWS, [], [filled.get(str(item.pk)) or empty(item) for item in items])
    if not items:
        return _("Nothing was saved yet: no items of this letter's demand are on record.")
    return _("Nothing was saved yet: say of each item below what was produced, then save.")


@admin.register(Production)
class ProductionAdmin(RecordAdmin):
    """All productions. They are made on the page of their response."""

    address_field = None
    fields = ["response", "item", "extent", "note"]
    readonly_fields = ["response", "item"]
    list_display = ["item", "extent", "response", "letter"]
    list_filter = ["extent", "item__round"]
    list_select_related = ["item", "response__letter__jurisdiction"]
    search_fields = ["response__key", "item__text__unaccent", "note__unaccent"]

    @admin.display
    def letter(self, production):
        return production.response.letter

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_delete_permission(request, obj)

    def _is_open(self, request, production):
        return production is None or review.may_edit(request.user, production.response)

    def get_view_on_site_url(self, obj=None):
        return obj.response.letter.get_absolute_url() if obj else None
