"""The rule in the database against the oracle: 10,000 random letters, on every day that matters."""

import datetime as dt
from collections import defaultdict

import pytest
from django.db import connection

from letters.models import Letter
from letters.states import State
from tests.letters.oracle import Answer, boundaries, standing
from tests.letters.records import DAYS, Chance, store

LETTERS = 10_000


@pytest.mark.django_db
def test_ten_thousand_letters_stand_where_the_oracle_says():
    chance = Chance(20180124)
    plain_letters = [chance.letter() for _ in range(LETTERS)]
    by_pk = dict(zip(store(plain_letters), plain_letters, strict=True))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE letters_letter; ANALYZE letters_stateinterval")
    asked = defaultdict(set)
    for pk, plain in by_pk.items():
        days = {day + dt.timedelta(days=n) for day in boundaries(plain) for n in (-1, 0, 1)}
        days |= {chance.day(-10, DAYS + 40) for _ in range(2)}
        for day in days:
            asked[day].add(pk)

    differences, reached = [], {True: set(), False: set()}
    for published in (True, False):
        for day, pks in asked.items():
            rows = Letter.objects.filter(pk__in=pks).standing(day, published=published)
            answers = {pk: Answer(*row) for pk, *row in rows.values_list("pk", *Answer._fields)}
            expected = {pk: standing(by_pk[pk], day, published) for pk in pks}
            expected = {pk: answer for pk, answer in expected.items() if answer}
            reached[published] |= {answer.state for answer in expected.values()}
            if answers != expected:
                pk = next(pk for pk in pks if answers.get(pk) != expected.get(pk))
                differences.append((day, published, by_pk[pk], expected.get(pk), answers.get(pk)))

    assert differences == []
    assert reached == {True: set(State), False: set(State)}
