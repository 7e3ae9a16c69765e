"""The report on what the record still lacks, for staff."""

from django.db.models import BooleanField, CharField, Count, ExpressionWrapper, Q, Value
from django.utils.translation import gettext_noop as _

from casefile.entries import Status
from casefile.reports import Column, Report
from letters.docket.branches import BRANCHES
from letters.reports.columns import DATE, STATUS, key
from letters.reports.docket import ENTRY_KIND


def holds(*conditions, **lookups):
    """Return the expression of whether a condition holds."""
    return ExpressionWrapper(Q(*conditions, **lookups), output_field=BooleanField())


def coverage(day, published):
    """Return the entries of each kind, drafts included, with what they lack counted."""
    models = dict.fromkeys(branch.model for branch in BRANCHES)
    return [
        model.objects.recorded(day, published=False).annotate(
            entry_kind=Value(model.entry_kind, output_field=CharField()),
            cited=Count("citations"),
            unpinned=Count("citations", filter=Q(citations__pin="")),
            without_passage=Count("citations", filter=Q(citations__passage="")),
            unchecked=Count("citations", filter=Q(citations__passage_check="unchecked")),
        )
        for model in models
    ]


COVERAGE = Report(
    "coverage",
    _("Coverage"),
    _("One row for each entry, drafts too, with what it lacks. For staff."),
    columns=(
        key(_("Stable key of the entry.")),
        ENTRY_KIND,
        DATE,
        STATUS,
        Column("citations", "integer", _("How many citations it has."), "cited"),
        Column("uncited", "boolean", _("Whether it has none."), holds(cited=0)),
        Column(
            "unreviewed",
            "boolean",
            _("Whether nobody has published it."),
            holds(~Q(status=Status.PUBLISHED)),
        ),
        Column("without_pin", "integer", _("Citations without page or paragraph."), "unpinned"),
        Column("without_passage", "integer", _("Citations without a passage."), "without_passage"),
        Column("unchecked", "integer", _("Passages whose source has no text."), "unchecked"),
    ),
    rows=coverage,
    order=("entry_kind", "key"),
    staff_only=True,
)
