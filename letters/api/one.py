"""One row of a report by its stable key, with what it rests on."""

from django.conf import settings
from django.http import Http404

from casefile.citations import attach_citations
from casefile.report_writing import snapshot
from letters.api import schemas
from letters.api.answer import about
from letters.facts import sources_of
from letters.reports.asking import NotUnderstoodError
from letters.visibility import CITED


def one_of(report):
    """Return the view that answers with one row of a report whose rows have a key."""
    row = schemas.row_of(report)
    one = schemas.one_of(report, row)

    def by_key(request, key: str) -> one:
        for name in request.GET:
            if name != "as_of":
                raise NotUnderstoodError(f"{name[:40]}: One row takes as_of alone.")
        with snapshot(settings.PAGE_TIMEOUT) as revision:
            found = report.rows(request.day, published=True).filter(**{report.order[0]: key})
            cells = report.page(found, 1, raw=True)
            if not cells:
                raise Http404
            record = found.model.objects.get(**{report.order[0]: key})
            citations = _citations(record, request.day)
        page = getattr(record, "get_absolute_url", None)
        return one(
            **about(report, request, revision),
            row=row(**dict(zip(report.header(), cells[0], strict=True))),
            page=page and request.build_absolute_uri(page()),
            citations=citations,
        )

    return by_key


def _citations(record, day):
    if type(record) not in CITED:
        return None
    attach_citations([record])
    return [
        schemas.Citation(
            source=citation.source.key,
            field=citation.field or None,
            stance=citation.stance,
            pin=citation.pin or None,
            passage=citation.passage or None,
            passage_check=citation.passage_check or None,
            quotation_check=citation.quotation_check or None,
        )
        for citation in sources_of(record, day)
    ]
