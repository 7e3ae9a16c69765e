"""The admin pages of officials and statements."""

from django.contrib import admin

from casefile.admin import CitationInline, EntryAdmin, MergesRecords, RecordAdmin
from letters.models import Official, Statement


@admin.register(Official)
class OfficialAdmin(MergesRecords, RecordAdmin):
    address_field = "slug"
    fields = ["name", "slug", "note"]
    list_display = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    search_fields = ["name__unaccent", "slug"]


@admin.register(Statement)
class StatementAdmin(EntryAdmin):
    fieldsets = [
        (None, {"fields": [("kind", "date", "date_precision"), "text", "altered_text"]}),
        (
            "Who said it",
            {
                "fields": [
                    ("speaker", "attribution"),
                    ("speaker_title", "organisation"),
                    ("side", "jurisdictions"),
                ]
            },
        ),
        ("Where", {"fields": ["venue", ("in_reply_to_round", "in_reply_to_letter"), "key"]}),
    ]
    inlines = [CitationInline]
    list_display = ["__str__", "side", "kind", "attribution", "status"]
    list_filter = ["status", "side", "kind", "attribution", "in_reply_to_round"]
    list_select_related = ["speaker"]
    search_fields = [
        "key",
        "text__unaccent",
        "speaker__name__unaccent",
        "speaker_title__unaccent",
        "organisation__unaccent",
        "venue__unaccent",
    ]
