"""What the admin pages of entries that belong to a letter share."""

from casefile.admin import CitationInline, EntryAdmin

LETTER_SEARCH = ["letter__key", "letter__jurisdiction__name__unaccent"]


class OfLetterAdmin(EntryAdmin):
    inlines = [CitationInline]
    list_select_related = ["letter__jurisdiction"]
    search_fields = ["key", *LETTER_SEARCH]
    list_filter = ["status", "letter__round", "letter__jurisdiction__state"]
