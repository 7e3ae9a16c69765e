"""The rows of a docket by kind, for pages that show each kind under a heading of its own."""

from collections import defaultdict

# The kinds whose rows say ``until`` when they hold.
ENDING = {"policies", "designations"}


def sections(rows, day):
    """Return the rows by kind, in their order; rows of an entry's later dates are left out.

    A policy or designation has the day on which it ``ended``, None if that is later than the day,
    and a proceeding its ``rulings``, oldest first.
    """
    by_kind = defaultdict(list)
    rulings = defaultdict(list)
    for row in rows:
        if row.branch.date == "date":
            by_kind[row.kind].append(row)
        if row.kind in ENDING:
            row.ended = row.until if row.until and row.until <= day else None
        if row.kind == "rulings":
            rulings[row.page_key].insert(0, row)
    for row in by_kind["proceedings"]:
        row.rulings = rulings[row.key]
    return by_kind
