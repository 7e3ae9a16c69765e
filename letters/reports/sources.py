"""The report on sources."""

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from casefile.models import Citation, Source
from casefile.reports import Column, Report
from letters.reports.columns import key
from letters.visibility import public_citations, public_sources


def sources(day, published):
    rows = public_sources(day) if published else Source.objects.all()
    citations = public_citations(day) if published else Citation.objects.all()
    # Counted for each source that is asked for: a page of them costs nothing for the others.
    own = citations.filter(source=OuterRef("pk")).order_by().values("source")
    counted = own.annotate(count=Count("*")).values("count")
    return rows.annotate(uses=Coalesce(Subquery(counted), Value(0)))


SOURCES = Report(
    "sources",
    _("Sources"),
    _("One row for each source that the record cites. The stored texts are private."),
    columns=(
        key(_("Stable key of the source.")),
        Column("kind", "text", _("Kind of source.")),
        Column("title", "text", _("Title.")),
        Column("publisher", "text", _("Publisher.")),
        Column("author", "text", _("Author.")),
        Column("published_on", "date", _("The day it was published.")),
        Column("url", "text", _("Address.")),
        Column("archive_url", "text", _("Address of an archived copy.")),
        Column("retrieved_on", "date", _("The day it was retrieved.")),
        Column("citations", "integer", _("How many citations of the record rest on it."), "uses"),
        Column("file_sha256", "text", _("SHA-256 of the stored file.")),
        Column("text_sha256", "text", _("SHA-256 of the stored text.")),
    ),
    rows=sources,
    order=("key",),
)
