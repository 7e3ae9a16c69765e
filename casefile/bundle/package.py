"""The bundle's own description: datapackage.json, a Frictionless Tabular Data Package (v1)."""

import json

from casefile.bundle.cells import SEPARATOR

DIALECT = {
    "delimiter": ",",
    "doubleQuote": True,
    "header": True,
    "lineTerminator": "\n",
    "quoteChar": '"',
    "skipInitialSpace": False,
}


def package_of(tables, day=None, *, files=None, **properties):
    """Return datapackage.json as bytes: each file's columns, types, keys and references.

    ``files`` gives more of what is known of each file, by its name; ``properties`` of the package.
    """
    title = "The record" if day is None else f"The record as of {day}"
    package = {
        "profile": "tabular-data-package",
        "name": "record",
        "title": title,
        "description": (
            "Dates are ISO 8601; a date known only to the month or year is the first day of that"
            f' period. Lists are separated by "{SEPARATOR}"; a semicolon within an item is written'
            " \\;, a backslash \\\\."
        ),
        **properties,
        "resources": [_resource(table) | (files or {}).get(table.file, {}) for table in tables],
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()


def _resource(table):
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.file,
        "description": (table.model.__doc__ or "").strip().partition("\n")[0],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": {
            "fields": [_pruned(column.schema) for column in table.columns],
            "missingValues": [""],
            "primaryKey": [column.name for column in table.identity],
            "foreignKeys": [
                {
                    "fields": column.name,
                    "reference": {
                        "resource": "" if target is table else target.name,
                        "fields": target.key.name,
                    },
                }
                for column in table.columns
                if (target := column.refers_to)
            ],
        },
    }


def _pruned(schema):
    return {name: value for name, value in schema.items() if value}
