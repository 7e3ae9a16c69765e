"""Cells: from the text in a file to the text that PostgreSQL reads, or what would be right."""

import datetime as dt
import re
from functools import lru_cache

WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")
DECIMAL = re.compile(r"-?([0-9]+)(?:\.([0-9]+))?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SLUG = re.compile(r"[-a-zA-Z0-9_]+")
CHOICES_NAMED = 20
SEPARATOR = "; "


class CellError(ValueError):
    """A cell that can't be taken. Its text says what would be right."""


def whole_number(low, high):
    def convert(cell):
        if not WHOLE_NUMBER.fullmatch(cell) or not low <= int(cell) <= high:
            raise CellError(f"Write a whole number from {low} to {high:,} in digits.")
        return str(int(cell))

    return convert


def decimal(digits, places):
    def convert(cell):
        number = DECIMAL.fullmatch(cell)
        if not number or len(number[1]) > digits - places or len(number[2] or "") > places:
            raise CellError(
                f"Write a number with a point and at most {places} decimals, such as 60912.50,"
                " without signs for money or thousands."
            )
        return cell

    return convert


@lru_cache(maxsize=4096)
def day(cell):
    if not DAY.fullmatch(cell):
        raise CellError("Write a day as YYYY-MM-DD, such as 2018-02-23.")
    try:
        dt.date.fromisoformat(cell)
    except ValueError:
        raise CellError("The calendar has no such day: check month and day.") from None
    return cell


def slug(length):
    def convert(cell):
        if not SLUG.fullmatch(cell) or len(cell) > length:
            raise CellError(
                "Write letters without accents, digits, hyphens and underscores only, at most"
                f" {length} of them."
            )
        return cell

    return convert


def one_of(choices):
    names = list(choices)
    some = ", ".join(names[:CHOICES_NAMED]) + (", …" if len(names) > CHOICES_NAMED else "")

    def convert(cell):
        if cell not in choices:
            raise CellError(f"Write one of: {some}.")
        return cell

    return convert


def text(length):
    def convert(cell):
        if len(cell) > length:
            raise CellError(f"Write at most {length:,} characters.")
        return cell

    return convert


def split_list(cell):
    """Return the items of a list: separated by ``; ``, a semicolon within one written ``\\;``."""
    items, item = [], ""
    for piece in re.split(r"(\\[;\\]|; )", cell):
        if piece == SEPARATOR:
            items.append(item)
            item = ""
        elif piece in ("\\;", "\\\\"):
            item += piece[1]
        elif ";" in piece:
            raise CellError('Separate items by "; "; write \\; for a semicolon within one.')
        else:
            item += piece
    items.append(item)
    if not all(items):
        raise CellError('Separate items by "; ", with none at the start or the end.')
    return items


def list_of(convert_item):
    def convert(cell):
        return [convert_item(item) for item in split_list(cell)]

    return convert


def set_of(convert_item):
    def convert(cell):
        items = [convert_item(item) for item in split_list(cell)]
        if len(set(items)) < len(items):
            raise CellError("Name each item once.")
        return items

    return convert
