"""What came onto the record lately: entries as they are published, and their corrections."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import DurationField, F, IntegerField, Q, Value

from casefile.citations import attach_citations
from casefile.differences import Described, described
from letters.corrections import attach_entries, public_corrections
from letters.docket import Docket, attach_jurisdictions
from letters.docket.branches import BRANCHES
from letters.docket.rows import Row


@dataclass(frozen=True)
class Publication:
    """An entry that was published, as a row of the docket, and when."""

    row: Row
    published_at: dt.datetime


def publications(scope, day, number):
    """Return the newest public entries of a scope as of a day, up to a number."""
    published = _published_last(scope, day, number)
    wanted = {}
    for rank, pk, _ in published:
        wanted.setdefault(BRANCHES[rank].model, []).append(pk)
    conditions = {model: [Q(pk__in=pks)] for model, pks in wanted.items()}
    rows = Docket(conditions, day, later_dates=False).newest(number) if wanted else []
    attach_citations(rows)
    attach_jurisdictions(rows)
    by_entry = {(row.model, row.pk): row for row in rows}
    return [Publication(by_entry[BRANCHES[rank].model, pk], when) for rank, pk, when in published]


def corrections(scope, day, number) -> list[Described]:
    """Return the newest corrections in a scope as of a day, up to a number, with their entries."""
    return attach_entries(described(public_corrections(day, scope)[:number]))


def _published_last(scope, day, number):
    """Return (rank of the branch, id, moment) of the entries that were published last."""
    parts = [
        branch.rows(day)
        .filter(condition, published_at__isnull=False)
        .annotate(rank=Value(rank, output_field=IntegerField()))
        .order_by(_newest(condition), "key")
        .values_list("rank", "pk", "published_at")[:number]
        for rank, branch in enumerate(BRANCHES)
        if branch.date == "date"
        for condition in scope.get(branch.model, [])
    ]
    first, *others = parts
    whole = first.union(*others, all=True) if others else first
    return whole.order_by("-published_at", "rank", "pk")[:number]


def _newest(condition):
    """Return the order of publication: read from its index unless a scope has a better one."""
    moment = F("published_at")
    if condition:
        moment += Value(dt.timedelta(), output_field=DurationField())
    return moment.desc()
