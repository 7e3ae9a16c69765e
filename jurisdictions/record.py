"""This app's files of the record: jurisdictions, awards, designations, policies."""

from casefile.bundle.columns import Column, Reference
from casefile.bundle.tables import Table
from casefile.record import merged_away
from jurisdictions.models import Award, AwardEvent, Designation, Jurisdiction, Policy

# The database's own rule and sentence, asked about a whole file at once.
CONTAINMENT = """
    SELECT line, parent_name, problem FROM (
        SELECT child.line, parent.name AS parent_name, jurisdictions_containment_problem(
            parent.name, parent.state, parent.kind, child.name, child.state, child.kind) AS problem
        FROM {staged} child
        JOIN (
            SELECT id, name, state, kind FROM {staged}
            UNION ALL
            SELECT id, name, state, kind FROM jurisdictions_jurisdiction stored
            WHERE NOT EXISTS (SELECT FROM {staged} s WHERE s.id = stored.id)
        ) parent ON parent.id = child.parent_id
    ) pairs WHERE problem IS NOT NULL ORDER BY line
"""

JURISDICTIONS = Table(
    "jurisdictions",
    Jurisdiction,
    [
        "slug*",
        "name*",
        "aliases",
        "kind*",
        "state*",
        "geoid",
        Reference("parent", "self"),
        "website",
        "note",
    ],
    checks=[("parent", CONTAINMENT), merged_away(Jurisdiction, "slug")],
)

AWARDS = Table(
    "awards",
    Award,
    [
        "key*",
        Reference("jurisdiction*", JURISDICTIONS),
        "program*",
        "fiscal_year*",
        "amount",
        "amount_basis",
        "award_number",
        "note",
    ],
)

AWARD_EVENTS = Table(
    "award_events",
    AwardEvent,
    ["key*", Reference("award*", AWARDS), "date*", "axis*", "award_status*", "note"],
)

DESIGNATIONS = Table(
    "designations",
    Designation,
    [
        "key*",
        Column("list*", "list_name"),
        Reference("jurisdiction*", JURISDICTIONS),
        "date*",
        Column("removed_on", happened=True),
        "summary",
    ],
)

POLICIES = Table(
    "policies",
    Policy,
    [
        "key*",
        Reference("jurisdiction*", JURISDICTIONS),
        "title*",
        "kind*",
        "legal_citation",
        "date*",
        Column("repealed_on", happened=True),
        "summary",
    ],
)
