"""The admin pages of letters, extensions and holds."""

from django.contrib import admin
from django.db.models import F

from casefile.admin import CitationInline, EntryAdmin, EntryInline
from casefile.dates import describe
from letters.admin.enforcement import EnforcementStepInline
from letters.admin.of_letters import OfLetterAdmin
from letters.admin.responses import ResponseInline
from letters.admin.work import WORK_ON_LETTERS
from letters.models import Extension, Hold, Letter
from letters.models.letters import DeadlineBasis
from letters.states import State


class ExtensionInline(EntryInline):
    model = Extension
    fields = [("date", "date_precision", "new_deadline"), "note", ("key", "status")]


class HoldInline(EntryInline):
    model = Hold
    fields = [("date", "date_precision", "until"), "summary", ("key", "status")]


class StateFilter(admin.SimpleListFilter):
    """Where a letter stands today, drafts counted."""

    title = "state, drafts counted"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.filter(state=self.value()) if self.value() in State else queryset


@admin.register(Letter)
class LetterAdmin(EntryAdmin):
    """Letters, with where each stands today by all that was entered, drafts too."""

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
                    "deadline_by_rule",
                    "deadline_in_force",
                ]
            },
        ),
        ("On its way", {"fields": [("sent_on", "received_on"), ("recipient_agency", "addressee")]}),
        (
            "What became of it",
            {"fields": ["state", ("withdrawn_on", "cleared_on"), "verified_through", "note"]},
        ),
    ]
    inlines = [
        CitationInline,
        ResponseInline,
        ExtensionInline,
        HoldInline,
        EnforcementStepInline,
    ]
    readonly_fields = ["deadline_by_rule", "deadline_in_force", "state"]
    list_display = ["jurisdiction", "round", "date", "deadline_in_force", "state", "status"]
    list_filter = [
        "status",
        StateFilter,
        "round",
        "jurisdiction__kind",
        ("received_on", admin.EmptyFieldListFilter),
        ("verified_through", admin.EmptyFieldListFilter),
        ("jurisdiction__state", admin.AllValuesFieldListFilter),
    ]
    work = [*EntryAdmin.work, *WORK_ON_LETTERS]
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

    def get_queryset(self, request):
        return super().get_queryset(request).with_standing(request.day, published=False)

    @admin.display(description="state today", ordering="state")
    def state(self, letter):
        return letter.state.label if getattr(letter, "state", None) else "not on record today"

    @admin.display(description="deadline in force", ordering=F("interval__effective_deadline"))
    def deadline_in_force(self, letter):
        deadline = getattr(letter, "effective_deadline", None)
        return describe(deadline) if deadline else "none"

    @admin.display(description="deadline by rule")
    def deadline_by_rule(self, letter):
        """Tell how the period comes to a date, and whether the letter's own date differs."""
        by_rule = letter.deadline_by_rule
        if by_rule is None:
            if not letter.deadline_days:
                return "The letter gives no period."
            if letter.deadline_basis == DeadlineBasis.RECEIVED and not letter.received_on:
                return "Not known before the letter's receipt is on record."
            return "The period comes to no day."
        if letter.deadline and letter.deadline != by_rule.date:
            return (
                f"{by_rule.explained()} The letter's own date, {letter.deadline}, differs; it wins."
            )
        return by_rule.explained()


@admin.register(Extension)
class ExtensionAdmin(OfLetterAdmin):
    fields = ["letter", ("date", "date_precision", "new_deadline"), "note", "key"]
    list_display = ["letter", "date", "new_deadline", "status"]


@admin.register(Hold)
class HoldAdmin(OfLetterAdmin):
    fields = ["letter", ("date", "date_precision", "until"), "summary", "key"]
    list_display = ["letter", "date", "until", "status"]
