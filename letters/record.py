"""The record: every file of it, in the order in which they refer to one another."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q

from casefile.bundle.columns import Column, EitherReference, Links, Reference, quoted
from casefile.bundle.tables import Table
from casefile.record import SOURCES, citations_of, merged_away, redirects_of
from jurisdictions.record import AWARD_EVENTS, AWARDS, DESIGNATIONS, JURISDICTIONS, POLICIES
from letters.deadlines import compute_deadline
from letters.models import (
    DemandItem,
    EnforcementStep,
    Event,
    Extension,
    Hold,
    Letter,
    Official,
    Proceeding,
    Production,
    Response,
    Round,
    Ruling,
    Statement,
)

OFFICIALS = Table(
    "officials",
    Official,
    ["slug*", "name*", "note"],
    checks=[merged_away(Official, "slug")],
)

ROUNDS = Table(
    "rounds",
    Round,
    [
        "slug*",
        "title*",
        "announced_on*",
        "issuing_office",
        "signed_by",
        "legal_basis",
        "program",
        "fiscal_year",
        "deadline",
        "consequence",
        "summary",
    ],
    as_of=lambda rows, selection: rows.filter(
        # A letter may be dated before its round was announced.
        Q(announced_on__lte=selection.day)
        | Exists(Letter.objects.filter(round=OuterRef("pk"), date__lte=selection.day))
    ),
)

DEMAND_ITEMS = Table(
    "demand_items",
    DemandItem,
    [Reference("round*", ROUNDS), "number*", "text*"],
    identity=["round", "number"],
)


def deadline_follows_its_rule(values):
    """Fill an empty deadline where the letter gives a period: see `letters.deadlines`."""
    days, unit, basis = (values.get(f"deadline_{part}") for part in ("days", "unit", "basis"))
    if not (days and unit and basis):
        return  # no period, or half of one, which the database refuses
    if "deadline" not in values:
        yield "deadline_days", "Add the column deadline, too; its cells may be empty."
    elif values["deadline"] is None:
        days_known = [values["date"], values.get("received_on")]
        letter_date, received_on = (day and dt.date.fromisoformat(day) for day in days_known)
        deadline = compute_deadline(letter_date, received_on, int(days), unit, basis)
        values["deadline"] = deadline and deadline.date.isoformat()


LETTERS = Table(
    "letters",
    Letter,
    [
        "key*",
        Reference("round*", ROUNDS),
        Reference("jurisdiction*", JURISDICTIONS),
        "date*",
        Column("sent_on", happened=True),
        Column("received_on", happened=True),
        "deadline",
        "deadline_text",
        "deadline_days",
        "deadline_unit",
        "deadline_basis",
        "recipient_agency",
        "addressee",
        "signed_by",
        "reference",
        Column("withdrawn_on", happened=True),
        Column("cleared_on", happened=True),
        Column("verified_through", happened=True),
        "note",
    ],
    row_rule=deadline_follows_its_rule,
)

EXTENSIONS = Table(
    "extensions",
    Extension,
    ["key*", Reference("letter*", LETTERS), "date*", "new_deadline*", "note"],
)

HOLDS = Table("holds", Hold, ["key*", Reference("letter*", LETTERS), "date*", "until", "summary"])

RESPONSES = Table(
    "responses",
    Response,
    ["key*", Reference("letter*", LETTERS), "date*", "kind*", "signed_by", "summary"],
)


class AnsweredItem(Reference):
    """The number of a demand item, of the round that the response's letter belongs to."""

    def __init__(self, name):
        super().__init__(name, DEMAND_ITEMS)

    @property
    def staged_type(self):
        return self.number.staged_type

    @property
    def number(self):
        return DEMAND_ITEMS.by_name["number"]

    def converter(self, read_text):
        return self.number.converter(read_text)

    def joins(self):
        return (
            " LEFT JOIN LATERAL (SELECT item.id FROM letters_demanditem item"
            " JOIN letters_letter letter ON letter.round_id = item.round_id"
            " JOIN letters_response response ON response.letter_id = letter.id"
            f" WHERE response.key = r.response AND item.number = r.{quoted(self.name)})"
            f" {self.alias} ON true"
        )

    def missing(self):
        # An unknown response is told of in its own column.
        return (
            f"CASE WHEN {self.alias}.id IS NULL AND EXISTS"
            f" (SELECT FROM letters_response WHERE key = r.response)"
            f" THEN r.{quoted(self.name)}::text END"
        )

    @property
    def sorts_as_text(self):
        return False

    def exported(self, kept):
        return F("item__number")

    def in_bundle(self, has_row):
        return has_row(DEMAND_ITEMS, "k", self.number)

    def shown(self, row):
        return (
            "(SELECT number::text FROM letters_demanditem"
            f" WHERE id = {row}.{quoted(self.field.column)})"
        )

    @property
    def refers_to(self):
        return None


PRODUCTIONS = Table(
    "productions",
    Production,
    [Reference("response*", RESPONSES), AnsweredItem("item*"), "extent*", "note"],
    identity=["response", "item"],
)

ENFORCEMENT = Table(
    "enforcement",
    EnforcementStep,
    ["key*", Reference("letter*", LETTERS), "date*", "kind*", "summary"],
)

PROCEEDINGS = Table(
    "proceedings",
    Proceeding,
    [
        "key*",
        "caption*",
        "court*",
        "docket_number*",
        "date*",
        Links("jurisdictions", JURISDICTIONS),
        "url",
        "summary",
    ],
)

RULINGS = Table(
    "rulings",
    Ruling,
    [
        "key*",
        Reference("proceeding*", PROCEEDINGS),
        "date*",
        "title*",
        "outcome",
        "reporter_citation",
    ],
)

EVENTS = Table(
    "events",
    Event,
    [
        "key*",
        "date*",
        "title*",
        Links("jurisdictions", JURISDICTIONS),
        Links("officials", OFFICIALS),
        "summary",
    ],
)

STATEMENTS = Table(
    "statements",
    Statement,
    [
        "key*",
        Reference("speaker", OFFICIALS),
        "speaker_title",
        "organisation",
        "side*",
        Links("jurisdictions", JURISDICTIONS),
        "date*",
        "kind*",
        "text*",
        "altered_text",
        "attribution*",
        "venue",
        EitherReference(
            "in_reply_to", {"in_reply_to_round": ROUNDS, "in_reply_to_letter": LETTERS}
        ),
    ],
)

CITED = [
    AWARDS,
    AWARD_EVENTS,
    DESIGNATIONS,
    POLICIES,
    LETTERS,
    EXTENSIONS,
    HOLDS,
    RESPONSES,
    ENFORCEMENT,
    PROCEEDINGS,
    RULINGS,
    EVENTS,
    STATEMENTS,
]

RECORD = [
    JURISDICTIONS,
    SOURCES,
    OFFICIALS,
    ROUNDS,
    DEMAND_ITEMS,
    LETTERS,
    EXTENSIONS,
    HOLDS,
    RESPONSES,
    PRODUCTIONS,
    ENFORCEMENT,
    AWARDS,
    AWARD_EVENTS,
    DESIGNATIONS,
    POLICIES,
    PROCEEDINGS,
    RULINGS,
    EVENTS,
    STATEMENTS,
    citations_of(CITED),
    redirects_of([JURISDICTIONS, SOURCES, OFFICIALS]),
]
