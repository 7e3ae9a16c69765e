"""The admin pages of lawsuits and rulings."""

from django.contrib import admin

from casefile.admin import CitationInline, EntryAdmin, EntryInline
from letters.models import Proceeding, Ruling


class RulingInline(EntryInline):
    model = Ruling
    fields = [
        ("date", "date_precision"),
        "title",
        ("outcome", "reporter_citation"),
        ("key", "status"),
    ]


@admin.register(Proceeding)
class ProceedingAdmin(EntryAdmin):
    fields = [
        "caption",
        ("court", "docket_number"),
        ("date", "date_precision"),
        "jurisdictions",
        "url",
        "summary",
        "key",
    ]
    inlines = [CitationInline, RulingInline]
    list_display = ["caption", "court", "docket_number", "date", "status"]
    list_filter = ["status", "court", ("jurisdictions__state", admin.AllValuesFieldListFilter)]
    search_fields = ["key", "caption__unaccent", "docket_number", "jurisdictions__name__unaccent"]


@admin.register(Ruling)
class RulingAdmin(EntryAdmin):
    fields = [
        "proceeding",
        ("date", "date_precision"),
        "title",
        ("outcome", "reporter_citation"),
        "key",
    ]
    inlines = [CitationInline]
    list_display = ["title", "proceeding", "date", "outcome", "status"]
    list_filter = ["status", "proceeding__court"]
    list_select_related = ["proceeding"]
    search_fields = ["key", "title__unaccent", "proceeding__caption__unaccent", "reporter_citation"]
