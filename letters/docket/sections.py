"""The rows of a docket by kind, for pages that show each kind under a heading of its own."""

from collections import defaultdict


def sections(rows):
    """Return the rows by kind, in their order.

    An entry's later date becomes its ``ended`` instead of a row, and a proceeding has its
    ``rulings``, oldest first.
    """
    by_kind = defaultdict(list)
    ended, rulings = {}, defaultdict(list)
    for row in rows:
        if row.branch.date == "date":
            by_kind[row.kind].append(row)
        else:
            ended[row.kind, row.pk] = row.date
        if row.kind == "rulings":
            rulings[row.page_key].insert(0, row)
    for row in rows:
        row.ended = ended.get((row.kind, row.pk))
    for row in by_kind["proceedings"]:
        row.rulings = rulings[row.key]
    return by_kind
