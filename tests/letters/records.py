"""Random letters with all that can belong to them, in plain Python and stored as a record."""

import datetime as dt
import random
from contextlib import contextmanager

import pgtrigger
from django.db import connection

from letters.models import EnforcementStep, Extension, Hold, Letter, Response
from tests.factories import JurisdictionFactory, RoundFactory, UserFactory
from tests.letters.oracle import STEPS, PlainChild, PlainLetter

FIRST_DAY = dt.date(2017, 11, 14)
DAYS = 100  # few, so that many things fall on the same day
RESPONSES = ["acknowledgment", "extension_request", "unassessed", "partial", "complete", "refusal"]
MODELS = {
    "extension": Extension,
    "hold": Hold,
    "response": Response,
    "enforcement": EnforcementStep,
}


class Chance:
    """Random letters, the same ones for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def day(self, first=0, last=DAYS):
        return FIRST_DAY + dt.timedelta(days=self.random.randrange(first, last))

    def maybe(self, share):
        return self.random.random() < share

    def status(self, published=0.8):
        others = ["draft", "in_review", "retracted"]
        return "published" if self.maybe(published) else self.random.choice(others)

    def dated(self, first=0, last=DAYS):
        """Return a date and its precision: a month or year is given by its first day."""
        day = self.day(first, last)
        precision = self.random.choices(["day", "month", "year"], [90, 8, 2])[0]
        if precision != "day":
            day = day.replace(day=1)
        if precision == "year":
            day = day.replace(month=1)
        return {"date": day, "precision": precision}

    def letter(self):
        letter = PlainLetter(**self.dated(0, 30), status=self.status(0.9))

        def later(share):
            if not self.maybe(share):
                return None
            return max(letter.date, self.day())

        letter.deadline = later(0.8)
        letter.withdrawn_on = later(0.05)
        letter.cleared_on = later(0.05)
        for table, most in (("extension", 2), ("hold", 1), ("response", 3), ("enforcement", 2)):
            for _ in range(self.random.randint(0, most) if self.maybe(0.6) else 0):
                letter.children.append(self.child(table))
        return letter

    def child(self, table):
        child = PlainChild(table, **self.dated(), status=self.status())
        if table == "extension":
            child.until = self.day()
        elif table == "hold" and self.maybe(0.7):
            child.until = max(child.date, self.day())
        elif table == "response":
            child.kind = self.random.choice(RESPONSES)
        elif table == "enforcement":
            child.kind = self.random.choices(STEPS, [30, 20, 20, 20, 10])[0]
        return child


@contextmanager
def uncited():
    """Let published entries stand without citations, which have no part in the rule."""
    models = [Letter, *MODELS.values()]
    with (
        pgtrigger.ignore(*(f"{model._meta.label}:published_is_cited" for model in models)),
        connection.cursor() as cursor,
    ):
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


@uncited()
def store(plain_letters):
    """Store letters and what belongs to them. Return their primary keys in the same order."""
    user = UserFactory()
    places = JurisdictionFactory.create_batch(100)
    rounds = RoundFactory.create_batch(-(-len(plain_letters) // len(places)))

    def entry(model, n, plain, **fields):
        signed = plain.status == "published"
        return model(
            key=f"{model.entry_kind}-{n}",
            date=plain.date,
            date_precision=plain.precision,
            status=plain.status,
            published_by=user if signed else None,
            published_at=dt.datetime(2018, 6, 1, tzinfo=dt.UTC) if signed else None,
            **fields,
        )

    letters = Letter.objects.bulk_create(
        entry(
            Letter,
            n,
            plain,
            round=rounds[n // len(places)],
            jurisdiction=places[n % len(places)],
            deadline=plain.deadline,
            withdrawn_on=plain.withdrawn_on,
            cleared_on=plain.cleared_on,
        )
        for n, plain in enumerate(plain_letters)
    )
    for table, model in MODELS.items():
        children = [
            (letter, child)
            for letter, plain in zip(letters, plain_letters, strict=True)
            for child in plain.children
            if child.table == table
        ]
        model.objects.bulk_create(
            entry(model, n, child, letter=letter, **own_fields(child))
            for n, (letter, child) in enumerate(children)
        )
    return [letter.pk for letter in letters]


def own_fields(child):
    if child.table == "extension":
        return {"new_deadline": child.until}
    if child.table == "hold":
        return {"until": child.until}
    return {"kind": child.kind}
