"""The text of the one rule that decides where a letter stands, for the database to run."""

from pathlib import Path

SQL = (Path(__file__).parent / "sql" / "state_rule.sql").read_text()
