"""The admin pages of letters, extensions and holds."""

from django.contrib import admin

from casefile.admin import CitationInline, EntryAdmin, EntryInline
from letters.admin.enforcement import EnforcementStepInline
from letters.admin.of_letters import OfLetterAdmin
from letters.admin.responses import ResponseInline
from letters.models import Extension, Hold, Letter


class ExtensionInline(EntryInline):
    model = Extension
    fields = [("date", "date_precision", "new_deadline"), "note", ("key", "status")]


class HoldInline(EntryInline):
    model = Hold
    fields = [("date", "date_precision", "until"), "summary", ("key", "status")]


@admin.register(Letter)
class LetterAdmin(EntryAdmin):
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("round", "jurisdiction"),
                    ("date", "date_precision"),
                    ("signed_by", "reference"),
                    "key",
                ]
            },
        ),
        (
            "Deadline",
            {
                "fields": [
                    ("deadline", "deadline_text"),
                    ("deadline_days", "deadline_unit", "deadline_basis"),
                ]
            },
        ),
        ("On its way", {"fields": [("sent_on", "received_on"), ("recipient_agency", "addressee")]}),
        (
            "What became of it",
            {"fields": [("withdrawn_on", "cleared_on"), "verified_through", "note"]},
        ),
    ]
    inlines = [
        CitationInline,
        ResponseInline,
        ExtensionInline,
        HoldInline,
        EnforcementStepInline,
    ]
    list_display = ["jurisdiction", "round", "date", "deadline", "received_on", "status"]
    list_filter = [
        "status",
        "round",
        "jurisdiction__kind",
        ("received_on", admin.EmptyFieldListFilter),
        ("verified_through", admin.EmptyFieldListFilter),
        ("jurisdiction__state", admin.AllValuesFieldListFilter),
    ]
    list_select_related = ["jurisdiction", "round"]
    search_fields = [
        "key",
        "jurisdiction__name__unaccent",
        "jurisdiction__aliases",
        "round__title__unaccent",
        "recipient_agency__unaccent",
        "addressee__unaccent",
        "reference",
    ]


@admin.register(Extension)
class ExtensionAdmin(OfLetterAdmin):
    fields = ["letter", ("date", "date_precision", "new_deadline"), "note", "key"]
    list_display = ["letter", "date", "new_deadline", "status"]


@admin.register(Hold)
class HoldAdmin(OfLetterAdmin):
    fields = ["letter", ("date", "date_precision", "until"), "summary", "key"]
    list_display = ["letter", "date", "until", "status"]
