"""Columns that several reports share, and how lists become one cell."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from casefile.models import Citation
from casefile.reports import Column

SEPARATOR = "; "  # between the items of a list, as in the record bundle


def joined(queryset, column):
    """Return the expression that joins one column of a queryset's rows to a list in a cell."""
    whole = queryset.order_by().annotate(whole=Value(1)).values("whole")
    listed = whole.annotate(
        listed=StringAgg(column, SEPARATOR, order_by=column, distinct=True)
    ).values("listed")
    return Coalesce(Subquery(listed), Value(""), output_field=CharField())


def linked(model, relation, column):
    """Return the cell that lists what an entry is linked to by a many-to-many relation."""
    field = model._meta.get_field(relation)
    links = field.remote_field.through.objects.filter(**{field.m2m_field_name(): OuterRef("pk")})
    return joined(links, f"{field.m2m_reverse_field_name()}__{column}")


def sources_of(model):
    """Return the column that lists the keys of the sources that an entry cites."""
    cited = Citation.objects.filter(
        entry_type__app_label=model._meta.app_label,
        entry_type__model=model._meta.model_name,
        entry_id=OuterRef("pk"),
    )
    return Column("sources", "text", "Keys of the sources cited.", joined(cited, "source__key"))


DATE = Column("date", "date", "The day of the entry, or the first of the period it is known to.")
DATE_PRECISION = Column(
    "date_precision", "text", "How exactly the date is known: day, month, year."
)
STATUS = Column("status", "text", "published; in a report with drafts also draft or in_review.")


def key(description):
    return Column("key", "text", description)
