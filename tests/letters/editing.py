"""Somebody who edits the letters of a record at random, for tests of what is kept beside it."""

import datetime as dt

from django.db import connection

from letters.models import Letter
from tests.factories import RoundFactory, UserFactory
from tests.letters.records import MODELS, own_fields


class Desk:
    """Somebody who changes random things in every way that there is to write."""

    def __init__(self, chance):
        self.chance = chance
        self.user = UserFactory()
        self.made = 0

    def signed(self):
        return {"published_by": self.user, "published_at": dt.datetime(2018, 7, 1, tzinfo=dt.UTC)}

    def some(self, model, **conditions):
        rows = list(model.objects.filter(**conditions))
        return self.chance.random.choice(rows) if rows else None

    def act(self):
        table = self.chance.random.choice(list(MODELS))
        actions = [
            self.create,
            self.edit,
            self.update,
            self.delete,
            self.copy,
            self.advance,
            self.move,
        ]
        self.chance.random.choice(actions)(table, MODELS[table])

    def new(self, table, model, letter):
        self.made += 1
        plain = self.chance.child(table)
        return model(
            key=f"made-{self.made}",
            letter=letter,
            date=plain.date,
            date_precision=plain.precision,
            status="draft",
            **own_fields(plain),
        )

    def create(self, table, model):
        letters = self.chance.random.sample(list(Letter.objects.all()), 3)
        model.objects.bulk_create(self.new(table, model, letter) for letter in letters)

    def edit(self, table, model):
        if child := self.some(model):
            child.date = self.chance.day()
            child.date_precision = "day"
            if table == "hold":
                child.until = None
            child.save()
        letter = self.some(Letter)
        letter.deadline = max(letter.date, self.chance.day()) if self.chance.maybe(0.8) else None
        letter.save()

    def update(self, table, model):
        model.objects.filter(date__lt=self.chance.day(0, 20)).update(letter=self.some(Letter))

    def delete(self, table, model):
        model.objects.filter(status="draft", date__lt=self.chance.day()).delete()

    def copy(self, table, model):
        if table != "hold":
            return
        rows = [self.new(table, model, letter) for letter in Letter.objects.all()[:5]]
        columns = "key, date, date_precision, status, until, summary, letter_id"
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY letters_hold ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                values = (row.key, row.date, row.date_precision, row.status, row.until, "")
                copy.write_row((*values, row.letter_id))

    def advance(self, table, model):
        """Take entries one step further in review: up to published, and then retracted."""
        for kind in (model, Letter):
            kind.objects.filter(status="published", date__lt=self.chance.day(0, 10)).update(
                status="retracted"
            )
            kind.objects.filter(status="in_review").update(status="published", **self.signed())
            kind.objects.filter(status="draft").update(status="in_review")

    def move(self, table, model):
        """Letters go to another jurisdiction, one of few: such a one has several."""
        letters = Letter.objects.order_by("pk")
        place = self.chance.random.choice(letters[:3]).jurisdiction
        for letter in self.chance.random.sample(list(letters), 3):
            letters.filter(pk=letter.pk).update(jurisdiction=place, round=RoundFactory())
