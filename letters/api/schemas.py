"""What the API answers, as pydantic models: made from the declared columns of the reports."""

import datetime as dt

from pydantic import BaseModel, Field, create_model

TYPES = {
    "text": str,
    "date": dt.date,
    "datetime": dt.datetime,
    "integer": int,
    "number": float,
    "boolean": bool,
    "year": int,
}


class Problem(BaseModel):
    """Why there is no answer, and what would be right."""

    problem: str


class Answer(BaseModel):
    report: str
    as_of: dt.date = Field(description="The day for which states and rows are computed.")
    revision: int = Field(description="The number of the record's revision.")
    license: str
    attribution: str


class Page(Answer):
    total: int = Field(description="How many rows there are in all pages.")
    total_is_capped: bool = Field(description="Whether there are more rows than the total says.")
    next: str | None = Field(description="The address of the rows that follow, if any do.")
    csv: str = Field(description="The address of all these rows as CSV.")


class Citation(BaseModel):
    """What an entry, or one field of it, rests on."""

    source: str = Field(description="Key of the source.")
    field: str | None = Field(description="The field that it is about; null for the whole entry.")
    stance: str = Field(description="supports or contradicts.")
    pin: str | None = Field(description="Page, paragraph or sentence.")
    passage: str | None = Field(description="The passage, word for word.")
    passage_check: str | None = Field(description="How the passage compares to the source.")
    quotation_check: str | None = Field(description="How the quotation compares to the source.")


class One(Answer):
    page: str | None = Field(description="The address of its own page, if it has one.")
    citations: list[Citation] | None = Field(
        description="What it rests on; null for a row that isn't itself cited."
    )


def row_of(report):
    """Return the model of a report's row. Any cell may be empty."""
    fields = {
        column.name: (
            TYPES[column.type] | None,
            Field(description=" ".join(filter(None, [column.description, _unit(column)]))),
        )
        for column in report.columns
    }
    return create_model(f"{_name(report)}Row", **fields)


def page_of(report, row):
    return create_model(f"{_name(report)}Page", __base__=Page, rows=(list[row], ...))


def one_of(report, row):
    return create_model(f"{_name(report)}One", __base__=One, row=(row, ...))


def _unit(column):
    return f"In {column.unit}." if column.unit else ""


def _name(report):
    return report.name.title().replace("_", "")
