"""Citations: on the page of every entry, and all in one list."""

from django import forms
from django.contrib import admin
from django.contrib.contenttypes.admin import GenericStackedInline
from django.contrib.contenttypes.forms import BaseGenericInlineFormSet
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from casefile import review
from casefile.admin.reasons import PartsWithReason
from casefile.admin.records import BoundedRows, RecordAdmin, RecordFields, RecordForm
from casefile.admin.work import Work, WorkFilter
from casefile.models import Citation
from casefile.quotation_checks import QuotationCheck

WHOLE_ENTRY = ("", "the whole entry")


def citable_fields(model):
    """Return the choices of what in an entry a citation may be about, by columns of the bundle."""
    columns = getattr(model, "column_names", {})
    choices = dict([WHOLE_ENTRY])
    for field in [*model._meta.fields, *model._meta.many_to_many]:
        if field.editable and field.name not in ("id", "key", "date_precision"):
            name = columns.get(field.name, field.name)
            choices[name] = name.replace("_", " ") if field.name in columns else field.verbose_name
    return list(choices.items())


class CitationForm(RecordForm):
    """A citation of something of the kind ``cited``, which the admin pages set."""

    cited = None

    @classmethod
    def of(cls, model):
        """Return the form for citations of a model."""
        return type(cls.__name__, (cls,), {"cited": model})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = citable_fields(self.cited)
        if self.instance.field and self.instance.field not in dict(choices):
            choices.append((self.instance.field, self.instance.field))
        self.fields["field"] = forms.ChoiceField(choices=choices, required=False)


class CitationFormSet(PartsWithReason, BaseGenericInlineFormSet):
    """The citations of an entry."""


class QuotationChecks:
    """The column that says how a citation's words were checked, with what a reviewer has to see."""

    @admin.display(description="checks")
    def checks(self, citation):
        checks = [
            ("Quotation", citation.quotation_mark, citation.find_quotation),
            ("Passage", citation.passage_mark, citation.find_passage),
        ]
        checks = [(what, mark, find) for what, mark, find in checks if mark]
        return render_to_string("admin/_quotation_checks.html", {"checks": checks})


class CitationInline(QuotationChecks, BoundedRows, RecordFields, GenericStackedInline):
    """The sources of an entry. They may be changed by those who may change it."""

    model = Citation
    ct_field = "entry_type"
    ct_fk_field = "entry_id"
    formset = CitationFormSet
    # A row of all of them would be wider than the page.
    fields = [("source", "field"), ("stance", "pin"), "passage", "checks"]
    readonly_fields = ["checks"]
    textarea_rows = 2

    def get_queryset(self, request):
        citations = super().get_queryset(request)
        return citations.select_related("source").prefetch_related("entry")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_formset(self, request, obj=None, **kwargs):
        form = CitationForm.of(self.parent_model)
        return super().get_formset(request, obj, **{"form": form, **kwargs})

    def has_add_permission(self, request, obj=None):
        return review.may_edit(request.user, obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return review.may_edit(request.user, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return review.may_edit(request.user, obj) and super().has_delete_permission(request, obj)


def altered(model, user, day):
    """Return the citations whose words aren't those of the source."""
    return model.objects.filter(
        Q(quotation_check=QuotationCheck.ALTERED) | Q(passage_check=QuotationCheck.ALTERED)
    )


def without_pin(model, user, day):
    """Return the citations that don't say where in the source it stands."""
    return model.objects.filter(pin="")


@admin.register(Citation)
class CitationAdmin(QuotationChecks, RecordAdmin):
    """All citations. New ones are made on the page of their entry."""

    fields = ["cited_entry", *CitationInline.fields]
    readonly_fields = ["cited_entry", "checks"]
    list_display = [
        "source",
        "cited_entry",
        "field",
        "stance",
        "pin",
        "quotation_check",
        "passage_check",
    ]
    list_filter = [
        "quotation_check",
        "passage_check",
        "stance",
        "source__kind",
        ("entry_type", admin.RelatedOnlyFieldListFilter),
        WorkFilter,
    ]
    work = [
        Work("words", "Altered quotations", 60, altered),
        Work("pin", "Entries without a pin", 80, without_pin),
    ]
    list_select_related = ["source", "entry_type"]
    search_fields = ["source__key", "source__title__unaccent", "passage__unaccent", "pin"]

    address_field = None

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("entry")

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = CitationForm.of(obj.entry_type.model_class())
        return super().get_form(request, obj, change, **{"form": form, **kwargs})

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_open(request, obj) and super().has_delete_permission(request, obj)

    def _is_open(self, request, citation):
        return citation is None or review.may_edit(request.user, citation.entry)

    def get_view_on_site_url(self, obj=None):
        return obj.source.get_absolute_url() if obj else None

    @admin.display(description="entry")
    def cited_entry(self, citation):
        opts = citation.entry._meta
        address = reverse(
            f"admin:{opts.app_label}_{opts.model_name}_change", args=[citation.entry_id]
        )
        return format_html(
            '<a href="{}">{}: {}</a>', address, opts.verbose_name, citation.entry.key
        )
