"""Lines of the log: one JSON object each, and nothing in them that a client sent but the path.

An exception is told by its type and where it was raised, not by its message, which may quote what
was typed, a cookie or a token; a database's by what names the rule, not the row.
"""

import json
import logging
import traceback
from datetime import UTC, datetime

from casefile.request_ids import current_request_id

FRAMES = 30  # of a traceback, those nearest to the mistake


class JsonLines(logging.Formatter):
    """Write a record as one line of ASCII, so that no byte of it can end or colour the line."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": current_request_id(),
            "message": record.getMessage(),
        }
        for extra in ("status_code", "seconds", "sql"):
            if hasattr(record, extra):
                line[extra] = getattr(record, extra)
        if record.exc_info and record.exc_info[1]:
            line["error"] = described(record.exc_info[1])
        return json.dumps(line, default=str)


def described(error):
    """Return an exception and those that led to it, the last first: what, and where."""
    chain = []
    while error is not None and len(chain) < 5:
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        chain.append(
            {
                "type": f"{type(error).__module__}.{type(error).__qualname__}",
                **_rule(error),
                "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
            }
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return chain


def _rule(error):
    """Return what a database's error says beside its message."""
    told = {}
    if sqlstate := getattr(error, "sqlstate", None):
        told["sqlstate"] = sqlstate
    if diag := getattr(error, "diag", None):
        told |= {
            name: getattr(diag, name)
            for name in ("table_name", "constraint_name")
            if getattr(diag, name, None)
        }
    return told
