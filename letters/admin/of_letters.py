"""What the admin pages of entries that belong to a letter share."""

from django.contrib import admin

from casefile.admin import CitationInline, EntryAdmin


class OfLetterAdmin(EntryAdmin):
    inlines = [CitationInline]
    list_filter = [
        "status",
        "letter__round",
        ("letter__jurisdiction__state", admin.AllValuesFieldListFilter),
    ]
    list_select_related = ["letter__jurisdiction"]
    search_fields = ["key", "letter__key", "letter__jurisdiction__name__unaccent"]
