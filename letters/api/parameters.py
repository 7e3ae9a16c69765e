"""What may be asked, for the OpenAPI document. The filter sets themselves judge it."""

from django_filters import ChoiceFilter

from letters.filters import SearchFilter, SeveralChoicesFilter
from letters.reports.asking import filters_of


def _parameter(name, description, **schema):
    schema = {"type": "string", **schema}
    return {"name": name, "in": "query", "description": description, "schema": schema}


AS_OF = _parameter(
    "as_of",
    "A day in the past, such as 2018-02-23; today if left out or empty.",
    anyOf=[{"format": "date"}, {"const": ""}],
)


def filters(report):
    """Return the parameters by which a report is filtered. An empty value filters nothing."""
    return [
        _parameter(name, f"{one.label}.", **_schema(one))
        for name, one in filters_of(report).items()
    ]


def _schema(one):
    if isinstance(one, SearchFilter):
        return {"maxLength": one.extra["max_length"]}
    if isinstance(one, SeveralChoicesFilter):
        values = [value for value, _ in one.extra["choices"]]
        return {"type": "array", "items": {"type": "string", "enum": ["", *values]}}
    if isinstance(one, ChoiceFilter) and one.extra["choices"]:
        values = [str(value) for value, _ in one.extra["choices"]]
        none = [one.null_value] if one.extra.get("null_label") else []
        return {"enum": ["", *values, *none]}
    return {}  # what is on the record as of the day, or what the day decides
