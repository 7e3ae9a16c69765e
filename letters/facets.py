"""How many rows each choice of a list's filters would leave, at a cost that has a bound.

A choice is counted among the rows that fit all else that is asked: what it says is how long the
list gets by it. Where there are very many rows, some of them are counted, and a count says "at
least". All counts of a list come from one query.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, QuerySet, Value

from letters.filters import PublicChoiceFilter, SeveralChoicesFilter

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
    several: bool = False

    @property
    def chosen(self):
        """Return the choice that is asked, the first of several, None if there is none."""
        return next((choice for choice in self.choices if choice.is_chosen), None)

    @property
    def rows(self):
        """Return how many rows the choices asked leave together, all of them if none is asked."""
        asked = [choice for choice in self.choices if choice.is_chosen] or self.choices
        return sum(choice.count or 0 for choice in asked)


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
    known = {name: _known(filters, name, one) for name, one in counted.items()}
    known = {name: counts for name, counts in known.items() if counts is not None}
    counted = {name: one for name, one in counted.items() if name not in known}
    return known | (_sampled(filters, counted) if counted else {})


def _known(filters, name, one):
    """Return what `_counts` does of one filter where no row has to be looked at, else None."""
    if (choices := filters.known_choices(name)) is not None:
        return {value: (value, rows) for value, rows in choices.items()}, False
    rows = filters.known_length(but=name if name in filters.asked else None)
    if rows == 0:
        return {}, False
    many = rows is not None and rows > filters.sample_size
    if many and isinstance(one, PublicChoiceFilter) and not one.all_on:
        return {}, True  # nothing would be offered
    return None


def _sampled(filters, counted):
    """Return what `_counts` does, counted in samples of the rows."""
    samples = _samples(filters, counted)
    parts, groups, params = [], [], ()
    for number, sample in enumerate(samples):
        table = f"sample_{number}"
        selects = []
        for part in sample.parts:
            sql, more = part[: filters.sample_size + 1].query.sql_with_params()
            selects.append(f"({sql})")
            params += more
        rows = " UNION ALL ".join(selects)
        parts.append(f"{table} ({', '.join(sample.columns)}) AS MATERIALIZED ({rows})")
        groups.append(
            f"SELECT NULL, '{number}', NULL, coalesce(max(size), 0)"
            f" FROM (SELECT count(*) AS size FROM {table} GROUP BY part) sizes"
        )
        groups += (_grouped(table, name, counted[name]) for name in sample.names)
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} {' UNION ALL '.join(groups)}", params)
        found = cursor.fetchall()
    sizes = {number: size for name, number, _, size in found if name is None}
    counts = {
        name: ({}, sizes[str(number)] > filters.sample_size)
        for number, sample in enumerate(samples)
        for name in sample.names
    }
    for name, value, label, rows in found:
        if name is not None and value:
            counts[name][0][value] = (label, rows)
    return counts


@dataclass(frozen=True)
class Sample:
    """The rows in which some filters are counted, as querysets of the columns."""

    names: list[str]
    parts: list[QuerySet]
    columns: list[str]


def _samples(filters, counted):
    # Filters that don't narrow the list count the same rows: those that it shows.
    together = defaultdict(list)
    for name, one in counted.items():
        alone = name in filters.asked or getattr(one, "many", False)
        together[name if alone else None].append(name)
    return [_sample(filters, but, names, counted) for but, names in together.items()]


def _sample(filters, but, names, counted):
    rows, columns = filters.sampled(but=but), {}
    for name in names:
        columns[f"value_{name}"] = F(counted[name].counted)
        if isinstance(counted[name], PublicChoiceFilter):
            columns[f"named_{name}"] = F(counted[name].named)
    parts = [
        part.annotate(part=Value(number), **columns).values_list("part", *columns)
        for number, part in enumerate(rows if isinstance(rows, list) else [rows])
    ]
    return Sample(names, parts, ["part", *columns])


def _grouped(table, name, one):
    """Return SQL that counts the rows of a sample for each value of a filter, with its name."""
    value, label = f"value_{name}::text", "NULL"
    if isinstance(one, PublicChoiceFilter):
        label = f"named_{name}::text"
    elif one.extra.get("null_label"):
        value = f"coalesce({value}, '{one.extra['null_value']}')"
    else:
        value = f"unnest(string_to_array({value}, '; '))"
    return f"SELECT '{name}', {value}, {label}, count(*) FROM {table} GROUP BY 2, 3"


def _facet(filters, name, one, counts, at_least):
    """Return the facet of one filter from what was counted for it."""
    asked = filters.form[name].value() or []
    if isinstance(asked, str):
        asked = [asked]
    if isinstance(one, PublicChoiceFilter):
        offered = _named(filters, one, counts, at_least)
        offered |= {value: value for value in asked if value not in offered}
    else:
        offered = dict(one.extra["choices"])
        if one.extra.get("null_label"):
            offered[one.extra["null_value"]] = one.extra["null_label"]
        if not at_least:
            offered = {
                value: label
                for value, label in offered.items()
                if value in counts or value in asked
            }
        elif len(offered) > MOST_CHOICES:
            first = list(offered)[:MOST_CHOICES]
            shown = dict.fromkeys([*first, *asked])
            offered = {value: offered[value] for value in shown if value in offered}
    choices = [
        Choice(
            value,
            str(label),  # in the reader's language: facets are kept
            counts[value][1] if value in counts else None if at_least else 0,
            value in asked,
        )
        for value, label in offered.items()
    ]
    return Facet(name, str(one.label), choices, at_least, isinstance(one, SeveralChoicesFilter))


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
