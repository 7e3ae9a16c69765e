"""What lists find by a text is what contains it, read in plain Python."""

import datetime as dt
import random

import pytest
from django.db import connection

from jurisdictions.models import Award, AwardInterval
from letters.filters import (
    GrantFilter,
    LetterFilter,
    ProceedingFilter,
    StatementFilter,
    contains_rare,
)
from letters.models import Letter, Proceeding, Statement
from tests.factories import (
    AwardFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    ProceedingFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 31)
ROWS = 24
FEW = [0, 5, 1_000]  # from which number on rows, or names, are many
# Some are in most texts, some in few; some are part of another.
WORDS = [
    "county of",
    "county of",
    "Cook",
    "COOK",
    "police",
    "Mayor",
    "Bogotá",
    "4711",
    "47",
    "100%",
]


class Chance:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self, most=4):
        return " ".join(self.random.choices(WORDS, k=self.random.randint(0, most)))

    def question(self):
        """Return a text that may well be in another: some of its words, or a part of them."""
        words = " ".join(self.random.choices(WORDS, k=self.random.randint(1, 3)))
        start = self.random.randint(0, 2)
        return self.random.choice([str.lower, str.upper])(words[start:]).strip()


def make_letter(chance, jurisdiction, official):
    return LetterFactory(
        jurisdiction=jurisdiction,
        recipient_agency=chance.text(),
        addressee=chance.text(),
        reference=chance.text(),
    )


def make_award(chance, jurisdiction, official):
    return AwardFactory(
        jurisdiction=jurisdiction,
        program=chance.text() or "JAG",
        award_number=chance.text(),
        amount=chance.random.choice([None, 5, 70]),
        amount_basis=chance.random.choice(["awarded", "reported"]),
    )


def make_statement(chance, jurisdiction, official):
    return StatementFactory(
        speaker=official,
        attribution="named" if official else "unnamed",
        text=chance.text() or "Yes.",
        speaker_title=chance.text() or "Chief",
        organisation=chance.text(),
        venue=chance.text(),
    )


def make_proceeding(chance, jurisdiction, official):
    return ProceedingFactory(
        caption=chance.text() or "Case",
        court=chance.text() or "Court",
        docket_number=chance.text() or "1",
        summary=chance.text(),
    )


def of_jurisdiction(row):
    return [row.jurisdiction.name, *row.jurisdiction.aliases]


def of_speaker(row):
    return [row.speaker.name] if row.speaker else []


LISTS = {
    LetterFilter: (make_letter, lambda: Letter.objects.standing(DAY), of_jurisdiction),
    GrantFilter: (make_award, lambda: Award.objects.standing(DAY), of_jurisdiction),
    StatementFilter: (make_statement, lambda: Statement.objects.public(DAY), of_speaker),
    ProceedingFilter: (make_proceeding, lambda: Proceeding.objects.public(DAY), lambda row: []),
}


@pytest.fixture
def chance():
    return Chance(11)


@pytest.fixture
def make(chance):
    """Return a function that makes the rows of a list, and returns them."""

    def made(filter_set):
        make_row, rows, _names = LISTS[filter_set]
        for n in range(ROWS):
            name = f"City {n} {chance.text(most=2)}"
            jurisdiction = JurisdictionFactory(name=name, aliases=[chance.text(most=1)])
            official = OfficialFactory(name=chance.text(most=2) or "Nobody") if n % 3 else None
            make_row(chance, jurisdiction, official)
        return list(rows())

    return made


def plain_found(filter_set, rows, text):
    """Return the rows of which a field, or a name, contains the text."""
    *_, names = LISTS[filter_set]
    fields = filter_set.base_filters["q"].lookups
    return {
        row
        for row in rows
        if any(
            text.upper() in value.upper()
            for value in [*(getattr(row, field) for field in fields), *names(row)]
        )
    }


@pytest.mark.parametrize("few", FEW)
@pytest.mark.parametrize("filter_set", LISTS)
def test_list_finds_what_contains_the_text(filter_set, few, make, chance, monkeypatch):
    monkeypatch.setattr("letters.filters.FEW", few)
    rows = make(filter_set)
    numbers = set()

    for text in {chance.question() for _ in range(40)}:
        if len(text) < 3:
            continue
        filters = filter_set({"q": text}, LISTS[filter_set][1](), DAY)
        expected = plain_found(filter_set, rows, text)
        assert set(filters.qs) == expected, text
        numbers.add(len(expected))

    assert min(numbers) == 0
    assert max(numbers) > ROWS / 2
    assert len(numbers) > 5


@pytest.mark.parametrize("few", FEW)
@pytest.mark.parametrize("beside", [{}, {"basis": "awarded"}, {"fiscal_year": "2017"}])
def test_sums_of_grants_with_a_text_are_those_of_the_list(beside, few, make, chance, monkeypatch):
    monkeypatch.setattr("letters.filters.FEW", few)
    make(GrantFilter)

    for text in ["city", *(chance.question() for _ in range(30))]:
        filters = GrantFilter({"q": text, **beside}, Award.objects.standing(DAY), DAY)
        if not filters.is_valid():
            continue
        listed = list(filters.qs)
        assert {kept.award_id for kept in filters.narrowed()} == {award.pk for award in listed}
        assert filters.bounds["known"]() == len(listed)
        assert {total["basis"]: (total["sum"], total["awards"]) for total in filters.totals()} == {
            basis: (sum(amounts), len(amounts))
            for basis in ("awarded", "reported")
            if (
                amounts := [
                    award.amount
                    for award in listed
                    if award.amount is not None and award.amount_basis == basis
                ]
            )
        }


@pytest.mark.parametrize(("text", "are_most"), [("city", True), ("elsewhere", False)])
def test_where_most_awards_have_a_text_the_others_are_added_up(text, are_most, make, monkeypatch):
    monkeypatch.setattr("letters.filters.FEW", 0)
    make(GrantFilter)
    other = AwardFactory(jurisdiction__name="Elsewhere")

    filters = GrantFilter({"q": text}, Award.objects.standing(DAY), DAY)
    rest = filters.filters["q"].rest(AwardInterval.objects.on_record(DAY), text)

    assert filters.bounds["known"]() == (ROWS if are_most else 1)
    assert (rest and [kept.award for kept in rest]) == ([other] if are_most else None)


def test_rarest_word_of_a_text_is_looked_up():
    LetterFactory.create_batch(100, reference="County of Cook")
    LetterFactory(reference="Cook 4711")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE letters_letter")

    condition = contains_rare("cook 4711", Letter, "reference")

    assert ("reference__icontains", "4711") in condition.children
    assert Letter.objects.get(condition).reference == "Cook 4711"


@pytest.mark.parametrize("few", FEW)
def test_who_is_unnamed_has_no_name_though_all_names_have_the_text(few, monkeypatch):
    monkeypatch.setattr("letters.filters.FEW", few)
    named = StatementFactory(speaker=OfficialFactory(name="Maria Gonzalez"))
    StatementFactory(speaker=None, attribution="unnamed")

    filters = StatementFilter({"q": "gonzalez"}, Statement.objects.public(DAY), DAY)

    assert list(filters.qs) == [named]
