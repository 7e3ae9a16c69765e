"""The admin pages of rounds and of what each demands."""

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.urls import path, reverse
from django.utils.html import format_html

from casefile import review
from casefile.admin import RecordAdmin, RecordInline
from casefile.admin.reasons import PartsWithReason
from casefile.admin.steps import publish_all
from casefile.entries import Status
from letters.admin.recipients import recipients_view
from letters.models import DemandItem, Letter, Round


class DemandItemFormSet(PartsWithReason, BaseInlineFormSet):
    """The items of a round's demand."""


class DemandItemInline(RecordInline):
    model = DemandItem
    formset = DemandItemFormSet
    template = "admin/edit_inline/tabular.html"
    fields = ["number", "text"]
    textarea_rows = 2


@admin.register(Round)
class RoundAdmin(RecordAdmin):
    address_field = "slug"
    date_hierarchy = "announced_on"
    fieldsets = [
        (None, {"fields": ["title", "slug", ("announced_on", "deadline"), "letters"]}),
        (
            "What the letters say",
            {
                "fields": [
                    ("issuing_office", "signed_by"),
                    ("legal_basis", "program", "fiscal_year"),
                    "consequence",
                    "summary",
                ]
            },
        ),
    ]
    inlines = [DemandItemInline]
    actions = ["publish_letters", "delete_selected"]
    list_display = ["title", "announced_on", "deadline", "issuing_office", "slug"]
    list_filter = ["program", "fiscal_year", "issuing_office"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["letters"]
    search_fields = ["slug", "title__unaccent", "summary__unaccent"]

    def get_urls(self):
        view = self.admin_site.admin_view(recipients_view)
        address = path("<int:pk>/recipients/", view, name="letters_round_recipients")
        return [address, *super().get_urls()]

    def has_publish_permission(self, request):
        return review.may(request.user, "publish", Letter)

    @admin.action(permissions=["publish"], description="Publish the letters in review")
    def publish_letters(self, request, queryset):
        """Publish each letter of some rounds that the user may, and say why not the others."""
        letters = Letter.objects.filter(round__in=queryset, status=Status.IN_REVIEW)
        shown = publish_all(self, request, letters.select_related("jurisdiction"))
        if shown:
            return shown
        waiting = Letter.objects.filter(round__in=queryset, status=Status.DRAFT).count()
        if waiting:
            self.message_user(request, f"Drafts that nobody has submitted yet: {waiting}.")
        return None

    @admin.display
    def letters(self, round_):
        """Return links to the round's letters, and to the forms for more of them."""
        if round_.pk is None:
            return "Save the round, then add its letters."
        return format_html(
            '<a href="{}?round__id__exact={}">{} letters</a>, <a href="{}">add recipients</a>'
            ' or <a href="{}?round={}">a single letter</a>',
            reverse("admin:letters_letter_changelist"),
            round_.pk,
            round_.letters.count(),
            reverse("admin:letters_round_recipients", args=[round_.pk]),
            reverse("admin:letters_letter_add"),
            round_.pk,
        )


@admin.register(DemandItem)
class DemandItemAdmin(RecordAdmin):
    address_field = None
    fields = ["round", "number", "text"]
    list_display = ["text", "number", "round"]
    list_filter = ["round"]
    list_select_related = ["round"]
    search_fields = ["text__unaccent", "round__slug", "round__title__unaccent"]

    def get_view_on_site_url(self, obj=None):
        return obj.round.get_absolute_url() if obj else None
