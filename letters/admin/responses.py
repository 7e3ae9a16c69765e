"""The admin pages of responses and of what each produced."""

from django.contrib import admin
from django.utils.text import Truncator

from casefile import review
from casefile.admin import CitationInline, EntryInline, RecordAdmin, RecordInline
from letters.admin.of_letters import OfLetterAdmin
from letters.models import DemandItem, Production, Response

LONGEST_CHOICE = 80  # characters


class ResponseInline(EntryInline):
    model = Response
    fields = [("date", "date_precision", "kind"), "signed_by", "summary", ("key", "status")]


class ProductionInline(RecordInline):
    """A checklist: each item that the answered round demands has its row, recorded or not."""

    model = Production
    fields = ["item", "extent", "note"]
    radio_fields = {"extent": admin.HORIZONTAL}
    textarea_rows = 2
    verbose_name_plural = "what it produced, item by item"

    def get_autocomplete_fields(self, request):
        return []

    def get_formset(self, request, obj=None, **kwargs):
        request.demanded = DemandItem.objects.filter(round__letters__responses=obj)
        return super().get_formset(request, obj, **kwargs)

    def get_extra(self, request, obj=None, **kwargs):
        return unrecorded_items(obj).count() if obj else 0

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


def unrecorded_items(response):
    """Return the items of the answered demand of which the response says nothing yet."""
    demanded = DemandItem.objects.filter(round__letters__responses=response)
    return demanded.exclude(productions__response=response)


@admin.register(Response)
class ResponseAdmin(OfLetterAdmin):
    fields = ["letter", ("date", "date_precision", "kind"), "signed_by", "summary", "key"]
    inlines = [CitationInline, ProductionInline]
    list_display = ["letter", "kind", "date", "signed_by", "status"]
    list_filter = ["kind", *OfLetterAdmin.list_filter]
    search_fields = [*OfLetterAdmin.search_fields, "signed_by__unaccent", "summary__unaccent"]

    def get_inlines(self, request, obj):
        """Ask for the items once it is known which letter, and so which round, is answered."""
        return self.inlines if obj else [CitationInline]

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, ProductionInline):
            # A row whose extent nobody chose is as it began, and isn't saved.
            kwargs["initial"] = [{"item": item} for item in unrecorded_items(obj)]
        return kwargs


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
