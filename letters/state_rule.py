"""The rule that decides where a letter stands, as the database runs it, and the check on it."""

from pathlib import Path

from casefile.kept_intervals import keep, kept_wrongly
from letters.models import StateInterval

SQL = (Path(__file__).parent / "sql" / "state_rule.sql").read_text()


def letters_kept_wrongly():
    """Return the ids of letters whose kept intervals aren't what the rule says now."""
    return kept_wrongly(StateInterval, "letters_state_rule")


def keep_states(letters):
    """Make the kept intervals of letters, given by their ids, what the rule says."""
    keep("letters_keep_states", letters)
