"""The admin pages of responses and of what each produced."""

from django.contrib import admin
from django.db.models import TextField
from django.forms import Textarea

from casefile import review
from casefile.admin import CitationInline, EntryInline, RecordAdmin, RecordInline
from letters.admin.of_letters import OfLetterAdmin
from letters.models import DemandItem, Production, Response


class ResponseInline(EntryInline):
    model = Response
    fields = [("date", "date_precision", "kind"), "signed_by", "summary", ("key", "status")]


class ProductionInline(RecordInline):
    """Item by item: the choice is among the demands of the round that was answered."""

    model = Production
    template = "admin/edit_inline/tabular.html"
    fields = ["item", "extent", "note"]
    formfield_overrides = {TextField: {"widget": Textarea(attrs={"cols": 40})}}
    textarea_rows = 2

    def get_autocomplete_fields(self, request):
        return []

    def get_formset(self, request, obj=None, **kwargs):
        request.demanded = DemandItem.objects.filter(round__letters__responses=obj)
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "item":
            kwargs["queryset"] = request.demanded
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


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
