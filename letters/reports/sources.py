"""The report on sources."""

from django.db.models import Count

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
    "Sources",
    "One row for each source that the record cites. The stored texts are private.",
    columns=(
        key("Stable key of the source."),
        Column("kind", "text", "Kind of source."),
        Column("title", "text", "Title."),
        Column("publisher", "text", "Publisher."),
        Column("author", "text", "Author."),
        Column("published_on", "date", "The day it was published."),
        Column("url", "text", "Address."),
        Column("archive_url", "text", "Address of an archived copy."),
        Column("retrieved_on", "date", "The day it was retrieved."),
        Column("citations", "integer", "How many citations of the record rest on it.", "uses"),
        Column("file_sha256", "text", "SHA-256 of the stored file."),
        Column("text_sha256", "text", "SHA-256 of the stored text."),
    ),
    rows=sources,
    order=("key",),
)
