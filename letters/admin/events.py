"""The admin pages of events."""

from django.contrib import admin

from casefile.admin import CitationInline, EntryAdmin
from letters.models import Event


@admin.register(Event)
class EventAdmin(EntryAdmin):
    fields = [
        "title",
        ("date", "date_precision"),
        ("jurisdictions", "officials"),
        "summary",
        "key",
    ]
    inlines = [CitationInline]
    list_display = ["title", "date", "status"]
    list_filter = ["status", ("jurisdictions__state", admin.AllValuesFieldListFilter)]
    search_fields = ["key", "title__unaccent", "summary__unaccent", "jurisdictions__name__unaccent"]

    def public_page(self, record):
        return record.jurisdictions.first()
