"""Columns that several reports share, and the lists that stand in one cell."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_noop as _

from casefile.models import Citation
from casefile.reports import Column, Listing


def linked(model, relation, value):
    """Return the list of what an entry is linked to by a many-to-many relation."""
    field = model._meta.get_field(relation)
    return Listing(
        field.remote_field.through.objects.all,
        of=field.m2m_field_name(),
        value=f"{field.m2m_reverse_field_name()}__{value}",
    )


def sources_of(model):
    """Return the column that lists the keys of the sources that an entry cites."""

    def citations():
        return Citation.objects.filter(entry_type=ContentType.objects.get_for_model(model))

    return Column(
        "sources",
        "text",
        _("Keys of the sources cited."),
        Listing(citations, "entry_id", "source__key"),
    )


DATE = Column("date", "date", _("The day of the entry, or the first of the period it is known to."))
DATE_PRECISION = Column(
    "date_precision", "text", _("How exactly the date is known: day, month, year.")
)
STATUS = Column("status", "text", _("published; in a report with drafts also draft or in_review."))


def key(description):
    return Column("key", "text", description)
