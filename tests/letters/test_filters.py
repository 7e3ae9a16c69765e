"""What a reader may ask of each list."""

import datetime as dt

import pytest

from jurisdictions.models import Award
from letters.facets import facets_of
from letters.filters import (
    GrantFilter,
    JurisdictionFilter,
    LetterFilter,
    ProceedingFilter,
    RoundFilter,
    StatementFilter,
)
from letters.models import Letter, Proceeding, Statement
from letters.standing import with_standing
from letters.visibility import public_jurisdictions, public_rounds
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    EnforcementStepFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    ProceedingFactory,
    ResponseFactory,
    RoundFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 1)

ROWS = {
    LetterFilter: lambda: Letter.objects.standing(DAY),
    JurisdictionFilter: lambda: with_standing(public_jurisdictions(DAY), DAY),
    RoundFilter: lambda: public_rounds(DAY),
    GrantFilter: lambda: Award.objects.public(DAY).with_status(DAY),
    StatementFilter: lambda: Statement.objects.public(DAY),
    ProceedingFilter: lambda: Proceeding.objects.public(DAY),
}


def asked(filter_set, **query):
    """Return the rows as of DAY that answer the query, in order."""
    filters = filter_set(query, ROWS[filter_set](), DAY)
    assert filters.is_valid(), filters.form.errors
    return list(filters.qs)


def errors(filter_set, **query):
    return filter_set(query, ROWS[filter_set](), DAY).form.errors


def choices(filter_set, name):
    """Return the values that a choice offers."""
    facet = facets_of(filter_set({}, ROWS[filter_set](), DAY))[name]
    return [choice.value for choice in facet.choices]


@pytest.mark.parametrize(
    "fields",
    [
        {"jurisdiction__name": "Cook County"},
        {"jurisdiction__aliases": ["Cook County"]},
        {"recipient_agency": "Cook County Sheriff"},
        {"addressee": "The President of COOK COUNTY's board"},
        {"reference": "2016-DJ cook county"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_letters_by_text(fields):
    expected = LetterFactory(**fields)
    LetterFactory()

    assert asked(LetterFilter, q="ook count") == [expected]


def test_letters_by_text_of_many(monkeypatch):
    monkeypatch.setattr("letters.filters.FEW", 1)
    expected = {LetterFactory(jurisdiction__name="Cook County"), LetterFactory(addressee="Cook")}
    LetterFactory()

    assert set(asked(LetterFilter, q="cook")) == expected


@pytest.mark.parametrize("published", [True, False])
def test_length_that_is_known_of_a_list_of_letters_is_that_of_the_list(published):
    first, second = RoundFactory(slug="first"), RoundFactory(slug="second")
    for usps in ("CA", "CA", "VT"):
        LetterFactory(jurisdiction__state=usps, round=first)
        ResponseFactory(letter=LetterFactory(jurisdiction__state=usps, round=second))
        LetterFactory(jurisdiction__state=usps, round=second, status="draft")
    rows = Letter.objects.standing(DAY, published)
    known = set()

    for state in ("", "overdue", "responded", "withdrawn"):
        for place in ({}, {"usps": "CA"}, {"usps": "TX"}, {"round": "second"}):
            filters = LetterFilter({"state": state, **place}, rows, DAY, published)
            assert filters.bounds.get("known", filters.qs.count)() == len(filters.qs)
            known.add("known" in filters.bounds)
    assert known == {published}


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("but", [None, "state", "usps", "exposure"])
def test_letters_of_a_us_state_from_which_choices_are_counted_are_those_that_fit(but, published):
    for usps in ("CA", "VT"):
        for status in ("published", "draft"):
            letter = LetterFactory(jurisdiction__state=usps, status=status)
            ResponseFactory(letter=letter, status=status, kind="refusal")
            LetterFactory(jurisdiction__state=usps, status=status)
        LetterFactory(jurisdiction__state=usps, status="retracted")
    rows = Letter.objects.standing(DAY, published)

    for query in ({}, {"state": "overdue"}, {"state": "refused"}, {"exposure": "incomplete"}):
        filters = LetterFilter({"usps": "CA", **query}, rows, DAY, published)
        assert filters.is_valid()
        found = list(filters.sampled(but))
        assert found
        assert {letter.pk for letter in found} == {row.pk for row in filters.narrowed(but)}
        assert len(found) == filters.narrowed(but).count()


def test_letters_by_round():
    expected = LetterFactory()
    LetterFactory()

    assert asked(LetterFilter, round=expected.round.slug) == [expected]


def test_letters_by_jurisdiction():
    expected = LetterFactory()
    LetterFactory()

    assert asked(LetterFilter, jurisdiction=expected.jurisdiction.slug) == [expected]


def test_letters_by_usps_state():
    expected = LetterFactory(jurisdiction__state="VT")
    LetterFactory(jurisdiction__state="CA")

    assert asked(LetterFilter, usps="VT") == [expected]


def test_letters_by_two_things_answer_both():
    expected = LetterFactory(jurisdiction__state="VT")
    LetterFactory(jurisdiction__state="VT")
    LetterFactory(round=expected.round)

    assert asked(LetterFilter, usps="VT", round=expected.round.slug) == [expected]


def test_letters_by_state():
    overdue = LetterFactory()
    responded = ResponseFactory().letter
    on_its_way = LetterFactory(deadline=DAY)

    assert asked(LetterFilter, state="overdue") == [overdue]
    assert asked(LetterFilter, state="responded") == [responded]
    assert asked(LetterFilter, state="awaiting") == [on_its_way]
    assert asked(LetterFilter, state="refused") == []


def test_letters_by_state_count_no_draft():
    letter = ResponseFactory(status="draft").letter

    assert asked(LetterFilter, state="overdue") == [letter]


def test_letters_of_a_round_by_days_to_answer():
    round = RoundFactory()
    soon, later, _never = LetterFactory.create_batch(3, round=round, date=dt.date(2018, 1, 24))
    for letter, date in [(soon, dt.date(2018, 1, 24)), (later, dt.date(2018, 2, 3))]:
        ResponseFactory(letter=letter, date=date, kind="partial")
        ResponseFactory(letter=letter, date=dt.date(2018, 2, 5), kind="complete")

    assert asked(LetterFilter, round=round.slug, days="0") == [soon]
    assert asked(LetterFilter, round=round.slug, days="10") == [later]
    assert asked(LetterFilter, round=round.slug, days="12") == []


def test_days_to_answer_are_asked_of_one_round_only():
    filters = LetterFilter({"days": "10"}, Letter.objects.standing(DAY), DAY)

    assert "one round" in str(filters.errors["days"])


def test_letters_by_substantive_response():
    answered = ResponseFactory().letter
    silent = LetterFactory()
    ResponseFactory(letter=silent, kind="acknowledgment")

    assert asked(LetterFilter, response="on_record") == [answered]
    assert asked(LetterFilter, response="none") == [silent]


def test_letters_by_exposure_find_either_of_two():
    both = ResponseFactory(kind="refusal", date=dt.date(2018, 2, 26)).letter
    untimely = ResponseFactory(date=dt.date(2018, 2, 26)).letter
    LetterFactory()

    assert asked(LetterFilter, exposure="incomplete") == [both]
    assert set(asked(LetterFilter, exposure="untimely")) == {both, untimely}


def test_letters_due_within_seven_days():
    soon = LetterFactory(deadline=DAY + dt.timedelta(days=7))
    LetterFactory(deadline=DAY + dt.timedelta(days=8))
    LetterFactory()

    assert asked(LetterFilter, due_soon="true") == [soon]


def test_letters_by_latest_enforcement_step():
    threatened = EnforcementStepFactory(date=dt.date(2018, 2, 26)).letter
    moved_on = EnforcementStepFactory(date=dt.date(2018, 2, 26)).letter
    EnforcementStepFactory(letter=moved_on, kind="subpoena_issued", date=dt.date(2018, 2, 28))

    assert asked(LetterFilter, enforcement="subpoena_threatened") == [threatened]


def test_letters_in_each_order():
    round = RoundFactory()
    b = LetterFactory(key="b", round=round, jurisdiction__name="B")
    a = LetterFactory(key="a", round=round, jurisdiction__name="C", deadline=dt.date(2018, 2, 22))
    old = LetterFactory(
        key="old",
        date=dt.date(2017, 11, 15),
        deadline=dt.date(2017, 12, 8),
        jurisdiction__name="A",
    )

    assert asked(LetterFilter) == [b, a, old]
    assert asked(LetterFilter, sort="newest") == [b, a, old]
    assert asked(LetterFilter, sort="oldest") == [old, a, b]
    assert asked(LetterFilter, sort="deadline") == [old, a, b]
    assert asked(LetterFilter, sort="last_deadline") == [b, a, old]
    assert asked(LetterFilter, sort="days_late") == [old, a, b]
    assert asked(LetterFilter, sort="jurisdiction") == [old, b, a]


@pytest.mark.parametrize("sort", ["newest", "oldest", "deadline", "last_deadline"])
def test_letters_of_one_round_are_in_the_order_of_all(sort):
    round = RoundFactory()
    for deadline in [None, dt.date(2018, 2, 22), dt.date(2018, 2, 23)]:
        LetterFactory(round=round, deadline=deadline)
    LetterFactory(round=round, date=dt.date(2017, 11, 15))

    assert asked(LetterFilter, sort=sort, round=round.slug) == asked(LetterFilter, sort=sort)


def test_letters_offer_public_rounds_and_jurisdictions_alone():
    public = LetterFactory()
    LetterFactory(status="draft")
    LetterFactory(date=DAY + dt.timedelta(days=1), deadline=None)

    assert choices(LetterFilter, "round") == [public.round.slug]
    assert choices(LetterFilter, "jurisdiction") == [public.jurisdiction.slug]


@pytest.mark.parametrize("name", ["round", "jurisdiction"])
def test_letters_of_a_draft_answer_as_if_it_did_not_exist(name):
    draft = LetterFactory(status="draft")
    slug = getattr(draft, name).slug

    assert errors(LetterFilter, **{name: slug}) == errors(LetterFilter, **{name: "never-existed"})


def test_jurisdictions_by_text():
    expected = JurisdictionFactory(name="Cook County")
    alias = JurisdictionFactory(aliases=["The county of Cook", "Cook Co."])
    for jurisdiction in [expected, alias, JurisdictionFactory()]:
        LetterFactory(jurisdiction=jurisdiction)

    assert asked(JurisdictionFilter, q="cook") == [alias, expected]


def test_jurisdictions_by_kind_and_usps_state():
    expected = LetterFactory(jurisdiction__kind="county", jurisdiction__state="WA").jurisdiction
    LetterFactory(jurisdiction__kind="county", jurisdiction__state="CA")
    LetterFactory(jurisdiction__kind="city", jurisdiction__state="WA")

    assert asked(JurisdictionFilter, kind="county", usps="WA") == [expected]


def test_jurisdictions_by_state_of_a_letter():
    jurisdiction = LetterFactory().jurisdiction
    ResponseFactory(letter__jurisdiction=jurisdiction)
    LetterFactory(deadline=None)

    assert asked(JurisdictionFilter, state="overdue") == [jurisdiction]
    assert asked(JurisdictionFilter, state="responded") == [jurisdiction]
    assert asked(JurisdictionFilter, state="cleared") == []


def test_jurisdictions_by_state_count_drafts_for_staff_alone():
    jurisdiction = ResponseFactory(status="draft").letter.jurisdiction
    rows = with_standing(public_jurisdictions(DAY), DAY, published=False)

    assert asked(JurisdictionFilter, state="responded") == []
    for_staff = JurisdictionFilter({"state": "responded"}, rows, DAY, published=False)
    assert list(for_staff.qs) == [jurisdiction]


def test_jurisdictions_by_exposure():
    expected = LetterFactory().jurisdiction
    LetterFactory(deadline=None)

    assert asked(JurisdictionFilter, exposure="no response") == [expected]


def test_jurisdictions_in_each_order():
    b = LetterFactory(jurisdiction__name="B", jurisdiction__state="CA").jurisdiction
    a = LetterFactory(
        jurisdiction__name="A", jurisdiction__state="WA", deadline=dt.date(2018, 5, 1)
    ).jurisdiction
    LetterFactory(jurisdiction=b, deadline=dt.date(2018, 4, 1))

    assert asked(JurisdictionFilter) == [a, b]
    assert asked(JurisdictionFilter, sort="usps") == [b, a]
    assert asked(JurisdictionFilter, sort="letters") == [b, a]
    assert asked(JurisdictionFilter, sort="deadline") == [b, a]


def test_rounds_by_text_and_in_each_order():
    old = RoundFactory(title="Letters", announced_on=dt.date(2017, 11, 15))
    new = RoundFactory(title="Document demand")
    for round in [old, new]:
        LetterFactory(round=round)

    assert asked(RoundFilter, q="document") == [new]
    assert asked(RoundFilter) == [new, old]
    assert asked(RoundFilter, sort="oldest") == [old, new]


def test_grants_by_fiscal_year_jurisdiction_and_basis():
    expected = AwardFactory(fiscal_year=2016, amount_basis="reported")
    AwardFactory(fiscal_year=2017, amount_basis="reported", jurisdiction=expected.jurisdiction)
    AwardFactory(fiscal_year=2016, amount_basis="awarded", jurisdiction=expected.jurisdiction)
    AwardFactory(fiscal_year=2016, amount_basis="reported")

    slug = expected.jurisdiction.slug
    found = asked(GrantFilter, fiscal_year="2016", jurisdiction=slug, basis="reported")

    assert found == [expected]


@pytest.mark.parametrize(
    ("axis", "status", "other"),
    [
        ("award", "accepted", "applied"),
        ("money", "on_hold", "available"),
        ("dispute", "cleared", "conditions_enjoined"),
    ],
)
def test_grants_by_current_status_on_each_axis(axis, status, other):
    expected, changed, without = AwardFactory.create_batch(3)
    AwardEventFactory(award=expected, axis=axis, award_status=status)
    AwardEventFactory(award=changed, axis=axis, award_status=status)
    AwardEventFactory(award=changed, axis=axis, award_status=other, date=DAY)

    assert asked(GrantFilter, **{axis: status}) == [expected]
    assert asked(GrantFilter, **{axis: "none"}) == [without]


def test_grants_in_each_order():
    small = AwardFactory(fiscal_year=2017, amount=1, jurisdiction__name="B")
    large = AwardFactory(fiscal_year=2016, amount=9, jurisdiction__name="A")
    unknown = AwardFactory(fiscal_year=2015, amount=None, amount_basis="", jurisdiction__name="C")

    assert asked(GrantFilter) == [small, large, unknown]
    assert asked(GrantFilter, sort="oldest") == [unknown, large, small]
    assert asked(GrantFilter, sort="jurisdiction") == [large, small, unknown]
    assert asked(GrantFilter, sort="amount") == [large, small, unknown]


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize(
    "fields",
    [
        {"jurisdiction__name": "Cook County"},
        {"jurisdiction__aliases": ["Cook County"]},
        {"program": "Byrne JAG of COOK COUNTY"},
        {"award_number": "2017-ook county"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_grants_by_text(fields, few, monkeypatch):
    monkeypatch.setattr("letters.filters.FEW", few)
    expected = AwardFactory(**fields)
    AwardFactory()

    assert asked(GrantFilter, q="ook county") == [expected]
    assert [kept.award for kept in kept_grants(q="ook county").narrowed()] == [expected]


def kept_grants(published=True, **query):
    rows = Award.objects.standing(DAY, published)
    filters = GrantFilter(query, rows, DAY, published)
    assert filters.is_valid(), filters.form.errors
    return filters


@pytest.mark.parametrize("published", [True, False])
def test_lengths_choices_and_sums_of_grants_are_those_of_the_list(published):
    for number, cited in enumerate((True, True, False)):
        award = AwardFactory(cited=cited, amount=10**number, amount_basis="awarded")
        AwardEventFactory(award=award, axis="money", award_status="on_hold")
        AwardEventFactory(award=award, axis="money", award_status="returned", status="draft")
        AwardFactory(fiscal_year=2016, amount=None, amount_basis="", cited=cited)
        AwardFactory(fiscal_year=2019, cited=cited)
    found = []

    for query in (
        {},
        {"money": "on_hold"},
        {"money": "returned"},
        {"fiscal_year": "2016"},
        # Kept sums tell one filter with the basis; of others the awards are added up.
        {"money": "on_hold", "basis": "awarded"},
        {"basis": "reported"},
        {"money": "on_hold", "fiscal_year": "2017"},
    ):
        filters = kept_grants(published, **query)
        listed = list(filters.qs)
        assert {kept.award_id for kept in filters.narrowed()} == {award.pk for award in listed}
        assert filters.bounds["known"]() == len(listed)
        amounts = [award.amount for award in listed if award.amount is not None]
        assert sum(total["sum"] for total in filters.totals()) == sum(amounts)
        found.append((len(listed), sum(amounts)))

    on_hold, returned = ((2, 11), (0, 0)) if published else ((0, 0), (3, 111))
    assert found == [
        (4, 11) if published else (6, 111),
        on_hold,
        returned,
        (2 + (not published), 0),
        on_hold,
        (0, 0),
        on_hold,
    ]


def test_grants_offer_public_fiscal_years_alone():
    AwardFactory(fiscal_year=2016)
    AwardFactory(fiscal_year=2017)
    AwardFactory(fiscal_year=2014, cited=False)
    AwardFactory(fiscal_year=2019)

    assert choices(GrantFilter, "fiscal_year") == ["2016", "2017"]


@pytest.mark.parametrize(
    ("query", "fields", "other"),
    [
        ({"side": "federal"}, {"side": "federal"}, {"side": "third_party"}),
        ({"attribution": "unnamed"}, {"attribution": "unnamed"}, {"attribution": "disputed"}),
        ({"kind": "paraphrase"}, {"kind": "paraphrase"}, {"kind": "quotation"}),
        ({"q": "herring"}, {"text": "A red Herring"}, {"text": "A red rose"}),
        ({"q": "rivera"}, {"speaker__name": "Daniel Rivera"}, {}),
        ({"q": "mayor"}, {"speaker_title": "Mayor of Lawrence"}, {}),
    ],
)
def test_statements_by_their_fields(query, fields, other):
    expected = StatementFactory(**fields)
    StatementFactory(**other)

    assert asked(StatementFilter, **query) == [expected]


def test_statements_by_official_and_jurisdiction():
    official, jurisdiction = OfficialFactory(), JurisdictionFactory()
    expected = StatementFactory(speaker=official)
    StatementFactory(speaker=official)
    expected.jurisdictions.set([jurisdiction, JurisdictionFactory()])
    StatementFactory().jurisdictions.set([jurisdiction])

    found = asked(StatementFilter, official=official.slug, jurisdiction=jurisdiction.slug)

    assert found == [expected]


def test_statements_offer_public_speakers_alone():
    public = StatementFactory()
    StatementFactory(status="draft")

    assert choices(StatementFilter, "official") == [public.speaker.slug]


def test_statements_in_each_order():
    old = StatementFactory(date=dt.date(2017, 11, 15))
    new = StatementFactory()

    assert asked(StatementFilter) == [new, old]
    assert asked(StatementFilter, sort="oldest") == [old, new]


def test_proceedings_by_text_and_jurisdiction():
    jurisdiction = JurisdictionFactory()
    expected = ProceedingFactory(caption="City of Chicago v. Sessions")
    other = ProceedingFactory(caption="City of Evanston v. Sessions")
    expected.jurisdictions.set([jurisdiction])

    assert asked(ProceedingFilter, q="chicago") == [expected]
    assert asked(ProceedingFilter, jurisdiction=jurisdiction.slug) == [expected]
    assert asked(ProceedingFilter, sort="caption") == [expected, other]


def test_proceedings_in_order_of_filing():
    old = ProceedingFactory(date=dt.date(2017, 8, 7))
    new = ProceedingFactory()

    assert asked(ProceedingFilter) == [new, old]
    assert asked(ProceedingFilter, sort="oldest") == [old, new]


@pytest.mark.parametrize("filter_set", ROWS)
@pytest.mark.parametrize(
    "text", ["ab", "x" * 201, "a\x00b"], ids=["too short", "too long", "with NUL"]
)
def test_text_is_refused_with_an_error(filter_set, text):
    assert errors(filter_set, q=text).keys() == {"q"}


@pytest.mark.parametrize("filter_set", ROWS)
@pytest.mark.parametrize("text", ["100%", "a_b", "\\\\\\", "'; --", "(((", "🏛️🏛️🏛️", "  cook  "])
def test_text_is_taken_as_it_is(filter_set, text):
    assert asked(filter_set, q=text) == []


@pytest.mark.parametrize("filter_set", ROWS)
@pytest.mark.parametrize("value", ["-1", "\x00", "9" * 400, "null", "a,b", "é", "{{7*7}}"])
def test_choices_refuse_what_they_do_not_offer(filter_set, value):
    names = [name for name in filter_set.base_filters if name != "q"]

    assert errors(filter_set, **dict.fromkeys(names, value)).keys() == set(names)
