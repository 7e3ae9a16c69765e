"""The rule that decides where an award stands, as the database runs it, and the check on it."""

from pathlib import Path

from casefile.kept_intervals import keep, kept_wrongly
from jurisdictions.models import AwardInterval

SQL = (Path(__file__).parent / "sql" / "award_rule.sql").read_text()


def awards_kept_wrongly():
    """Return the ids of awards whose kept intervals aren't what the rule says now."""
    return kept_wrongly(AwardInterval, "jurisdictions_award_rule")


def keep_awards(awards):
    """Make the kept intervals of awards, given by their ids, what the rule says."""
    keep("jurisdictions_keep_awards", awards)
