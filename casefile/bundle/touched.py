"""Which citations a load has touched: they, their source or their entry are new or changed."""

from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from casefile.models import Citation, Source

BATCH = 10_000


def touched_citations(staged_files):
    """Yield the identifiers of citations that a load has written, or whose ends it changed."""
    queries = []
    for staged in staged_files:
        if not staged.is_resolved:
            continue
        model = staged.table.model
        if model is Citation:
            queries.append(f"SELECT id FROM {staged.ready} WHERE added OR changed")
        elif model is Source:
            queries.append(
                f"SELECT c.id FROM casefile_citation c JOIN {staged.ready} s ON s.id = c.source_id"
                " WHERE s.changed"
            )
        elif staged.table.is_entry:
            kind = ContentType.objects.get_for_model(model).pk
            queries.append(
                f"SELECT c.id FROM casefile_citation c JOIN {staged.ready} s ON s.id = c.entry_id"
                f" WHERE c.entry_type_id = {kind} AND s.changed"
            )
    if queries:
        with connection.chunked_cursor() as cursor:
            cursor.execute(" UNION ".join(queries))
            for (identifier,) in cursor:
                yield identifier


def batches(identifiers):
    """Yield querysets of citations, so many at a time that memory stays bounded."""
    identifiers = iter(identifiers)
    while batch := list(islice(identifiers, BATCH)):
        yield Citation.objects.filter(pk__in=batch)
