"""The admin pages of jurisdictions, designations, policies and awards."""

import re

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField

from casefile.admin import CitationInline, EntryAdmin, EntryInline, MergesRecords, RecordAdmin
from jurisdictions.models import Award, AwardEvent, Designation, Jurisdiction, Policy


class ListField(forms.Field):
    """A list of short texts, written one to a line or with semicolons between them."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        texts = (text.strip() for text in re.split(r"[;\r\n]", value or ""))
        return [text for text in texts if text]

    def clean(self, value):
        forms.CharField(required=False).clean(value)  # no NUL
        return super().clean(value)


@admin.register(Jurisdiction)
class JurisdictionAdmin(MergesRecords, RecordAdmin):
    address_field = "slug"
    fieldsets = [
        (None, {"fields": ["name", "aliases", "slug", ("kind", "state"), "parent", "geoid"]}),
        ("More", {"fields": ["website", "note"]}),
    ]
    list_display = ["name", "kind", "state", "parent", "geoid", "slug"]
    list_filter = ["kind", "state"]
    list_select_related = ["parent"]
    prepopulated_fields = {"slug": ["name", "state"]}
    search_fields = ["name__unaccent", "aliases", "slug", "geoid"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, ArrayField):
            return ListField(
                required=False,
                label="Aliases",
                help_text="Other names by which it is found, one to a line.",
                widget=forms.Textarea(attrs={"rows": 3, "cols": 40}),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Designation)
class DesignationAdmin(EntryAdmin):
    fields = [
        ("list_name", "jurisdiction"),
        ("date", "date_precision", "removed_on"),
        "summary",
        "key",
    ]
    inlines = [CitationInline]
    list_display = ["jurisdiction", "list_name", "date", "removed_on", "status"]
    list_filter = ["status", "list_name", ("jurisdiction__state", admin.AllValuesFieldListFilter)]
    list_select_related = ["jurisdiction"]
    search_fields = ["key", "list_name__unaccent", "jurisdiction__name__unaccent"]

    def public_page(self, record):
        return record.jurisdiction


@admin.register(Policy)
class PolicyAdmin(EntryAdmin):
    fields = [
        "jurisdiction",
        "title",
        ("kind", "legal_citation"),
        ("date", "date_precision", "repealed_on"),
        "summary",
        "key",
    ]
    inlines = [CitationInline]
    list_display = ["title", "jurisdiction", "kind", "date", "status"]
    list_filter = ["status", "kind", ("jurisdiction__state", admin.AllValuesFieldListFilter)]
    list_select_related = ["jurisdiction"]
    search_fields = ["key", "title__unaccent", "legal_citation", "jurisdiction__name__unaccent"]

    def public_page(self, record):
        return record.jurisdiction


class AwardEventInline(EntryInline):
    model = AwardEvent
    fields = [("date", "date_precision", "axis", "award_status"), "note", ("key", "status")]


@admin.register(Award)
class AwardAdmin(RecordAdmin):
    fields = [
        ("jurisdiction", "program", "fiscal_year"),
        ("amount", "amount_basis", "award_number"),
        "note",
        "key",
    ]
    inlines = [AwardEventInline, CitationInline]
    list_display = ["jurisdiction", "program", "fiscal_year", "amount", "amount_basis"]
    list_filter = [
        "fiscal_year",
        "program",
        "amount_basis",
        ("jurisdiction__state", admin.AllValuesFieldListFilter),
    ]
    list_select_related = ["jurisdiction"]
    search_fields = ["key", "award_number", "jurisdiction__name__unaccent"]

    def public_page(self, record):
        return record.jurisdiction


@admin.register(AwardEvent)
class AwardEventAdmin(EntryAdmin):
    fields = ["award", ("date", "date_precision", "axis", "award_status"), "note", "key"]
    inlines = [CitationInline]
    list_display = ["award", "axis", "award_status", "date", "status"]
    list_filter = ["status", "axis", "award_status", "award__fiscal_year"]
    list_select_related = ["award__jurisdiction"]
    search_fields = ["key", "award__key", "award__jurisdiction__name__unaccent", "note__unaccent"]

    def public_page(self, record):
        return record.award.jurisdiction
