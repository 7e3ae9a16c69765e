"""Corrections, to read. They are signed on the page of what was changed."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casefile.admin.addresses import CheckedAddresses
from casefile.corrections import Correction
from casefile.differences import described


class SignatureFilter(admin.SimpleListFilter):
    """Whether readers are told of a change, and whether a second reviewer has confirmed it."""

    title = gettext_lazy("how it was signed")
    parameter_name = "signed"

    def lookups(self, request, model_admin):
        return [
            ("waiting", _("Waits for a second reviewer")),
            ("confirmed", _("Confirmed")),
            ("immaterial", _("Not material: readers are not told")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "waiting":
            return queryset.unconfirmed()
        if self.value() == "confirmed":
            return queryset.material().exclude(confirmed_by=None)
        if self.value() == "immaterial":
            return queryset.exclude(immaterial_by=None)
        return queryset


@admin.register(Correction)
class CorrectionAdmin(CheckedAddresses, admin.ModelAdmin):
    """Triggers make corrections, and nobody edits them."""

    fields = [
        "record",
        "what",
        "reason",
        ("changed_by", "changed_at"),
        ("confirmed_by", "confirmed_at"),
        ("immaterial_by", "immaterial_at"),
    ]
    readonly_fields = ["record", "what"]
    list_display = ["changed_at", "record", "is_retraction", "changed_by", "signature", "reason"]
    list_filter = [
        SignatureFilter,
        "is_retraction",
        ("entry_type", admin.RelatedOnlyFieldListFilter),
    ]
    list_per_page = 50
    list_select_related = ["entry_type", "changed_by", "confirmed_by", "immaterial_by"]
    search_fields = ["reason"]
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("entry")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=gettext_lazy("record"))
    def record(self, correction):
        model = correction.entry_type.model_class()
        entry = correction.entry
        name = f"{model._meta.verbose_name}: {getattr(entry, 'key', None) or entry.slug}"
        page = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        address = reverse(page, args=[correction.entry_id])
        return format_html('<a href="{}">{}</a>', address, name)

    @admin.display(description=gettext_lazy("what changed"))
    def what(self, correction):
        [notice] = described([correction])
        return render_to_string("admin/_differences.html", {"differences": notice.differences})

    @admin.display(description=gettext_lazy("signed"))
    def signature(self, correction):
        if correction.immaterial_by:
            return _("Not material, says %s") % correction.immaterial_by
        if correction.confirmed_by:
            return _("Confirmed by %s") % correction.confirmed_by
        return _("None needed") if correction.is_retraction else _("Waits for a second reviewer")
