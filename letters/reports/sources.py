"""The report on sources."""

from django.db.models import Count
from django.utils.translation import gettext_noop as _

from casefile.models import Source
from casefile.reports import Column, Report
from letters.reports.columns import key
from letters.visibility import public_citations


def sources(day, published):
    rows = Source.objects.all()
    if published:  # a source is public with what rests on it
        rows = rows.filter(citations__in=public_citations(day).order_by().values("pk"))
    return rows.annotate(uses=Count("citations"))


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
