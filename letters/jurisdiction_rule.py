"""The rule of what the letters to a jurisdiction add up to, as the database runs it; its check."""

from pathlib import Path

from casefile.kept_intervals import keep, kept_wrongly
from letters.models import JurisdictionInterval

SQL = (Path(__file__).parent / "sql" / "jurisdiction_rule.sql").read_text()


def jurisdictions_kept_wrongly():
    """Return the ids of jurisdictions of which something else is kept than their letters say."""
    return kept_wrongly(JurisdictionInterval, "letters_jurisdiction_rule")


def keep_jurisdictions(jurisdictions):
    """Make what is kept of jurisdictions, given by their ids, what their letters add up to."""
    keep("letters_keep_jurisdictions", jurisdictions)
