"""How many rows each choice of a list's filters would leave, at a cost that has a bound.

A choice is counted among the rows that fit all else that is asked: what it says is how long the
list gets by it. Where there are very many rows, some of them are counted, and a count says "at
least". All counts of a list come from one query.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection
from django.db.models import F

from letters.filters import PublicChoiceFilter

LIMIT = 2_000  # rows that are counted
MOST_CHOICES = 100  # of a filter whose choices come from the record


@dataclass(frozen=True)
class Choice:
    """A value that can be asked, and how many rows it leaves; None if it isn't known."""

    value: str
    label: str
    count: int | None
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """The choices of one filter. ``at_least``: there may be more rows than their counts say."""

    name: str
    label: str
    choices: list[Choice]
    at_least: bool

    @property
    def chosen(self):
        """Return the choice that is asked, None if there is none."""
        return next((choice for choice in self.choices if choice.is_chosen), None)


def facets_of(filters):
    """Return the facets of a filter set by name; without counts, if what is asked is no choice."""
    counted = {name: one for name, one in filters.filters.items() if hasattr(one, "counted")}
    counts = _counts(filters, counted) if counted and filters.is_valid() else {}
    return {
        name: _facet(filters, name, one, *counts.get(name, ({}, True)))
        for name, one in counted.items()
    }


def _counts(filters, counted):
    """Return {name: (counts, at_least)}, with counts as {value: (name or None, rows)}."""
    # Filters that don't narrow the list count the same rows: those that it shows.
    together = defaultdict(list)
    for name, one in counted.items():
        alone = name in filters.asked or getattr(one, "many", False)
        together[name if alone else None].append(name)
    samples, groups, params = [], [], ()
    for number, (but, names) in enumerate(together.items()):
        columns = {}
        for name in names:
            one = counted[name]
            columns[f"value_{name}"] = _expression(one.counted, filters)
            if isinstance(one, PublicChoiceFilter):
                columns[f"named_{name}"] = F(one.named)
        rows = filters.narrowed(but=but).annotate(**columns).values_list(*columns)
        sql, more = rows[: LIMIT + 1].query.sql_with_params()
        params += more
        sample = f"sample_{number}"
        samples.append(f"{sample} ({', '.join(columns)}) AS MATERIALIZED ({sql})")
        groups.append(f"SELECT NULL, '{sample}', NULL, count(*) FROM {sample}")
        for name in names:
            label = f"named_{name}::text" if f"named_{name}" in columns else "NULL"
            groups.append(
                f"SELECT '{name}', value_{name}::text, {label}, count(*)"
                f" FROM {sample} GROUP BY 2, 3"
            )
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(samples)} {' UNION ALL '.join(groups)}", params)
        rows = cursor.fetchall()
    sizes = {value: count for name, value, _, count in rows if name is None}
    found = {}
    for number, names in enumerate(together.values()):
        at_least = sizes[f"sample_{number}"] > LIMIT
        found |= {name: (defaultdict(lambda: ("", 0)), at_least) for name in names}
    for name, cell, label, count in rows:
        if name is not None:
            _add(found[name][0], counted[name], cell, label, count)
    return found


def _expression(counted, filters):
    return F(counted) if isinstance(counted, str) else counted(filters.day, filters.published)


def _add(counts, one, cell, label, count):
    """Add what was counted for a cell to the counts of the values in it."""
    if cell is None and one.extra.get("null_label"):
        cell = one.extra["null_value"]
    for value in (cell or "").split("; "):
        if value:
            counts[value] = (label, counts[value][1] + count)


def _facet(filters, name, one, counts, at_least):
    """Return the facet of one filter from what was counted for it."""
    asked = filters.form.data.get(name) or ""
    if isinstance(one, PublicChoiceFilter):
        offered = _named(filters, one, counts, at_least)
        if asked and asked not in offered:
            offered[asked] = asked
    else:
        offered = dict(one.extra["choices"])
        if one.extra.get("null_label"):
            offered[one.extra["null_value"]] = one.extra["null_label"]
        if not at_least:
            offered = {
                value: label
                for value, label in offered.items()
                if value in counts or value == asked
            }
    choices = [
        Choice(
            value,
            label,
            counts[value][1] if value in counts else None if at_least else 0,
            value == asked,
        )
        for value, label in offered.items()
    ]
    return Facet(name, one.label, choices, at_least)


def _named(filters, one, counts, at_least):
    """Return {value: name} of what the record offers: what was counted, or all if they are few."""
    names = [(value, label) for value, (label, _) in counts.items()]
    if at_least:
        names = one.all_on(filters.day) if one.all_on and filters.is_valid() else []
        names = list(names[: MOST_CHOICES + 1])
    elif len(names) > MOST_CHOICES:
        names = sorted(names, key=lambda pair: -counts[pair[0]][1])[:MOST_CHOICES]
    if len(names) > MOST_CHOICES:
        names = []
    return {
        str(value): one.wording.format(label)
        for value, label in sorted(names, key=lambda pair: str(pair[1]))
    }
