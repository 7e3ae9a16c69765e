"""The drawing of awards: one scale, a bar for each, three lines of status."""

from decimal import Decimal
from itertools import pairwise

import pytest

from jurisdictions.models import Award
from letters.award_axes import attach_axes
from letters.award_chart import TALLEST, award_chart
from tests.factories import AwardEventFactory, AwardFactory, JurisdictionFactory
from tests.letters.test_standing_words import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def jurisdiction():
    return JurisdictionFactory()


def chart_of(jurisdiction):
    awards = list(Award.objects.filter(jurisdiction=jurisdiction).with_status(DAY))
    attach_axes(awards, DAY)
    return award_chart(awards)


def test_chart_draws_amounts_on_one_scale_and_adds_none_up(jurisdiction):
    AwardFactory(jurisdiction=jurisdiction, amount=587_515)
    AwardFactory(jurisdiction=jurisdiction, amount=Decimal("293757.50"), amount_basis="reported")

    chart = chart_of(jurisdiction)

    assert [(row.heading.text, row.basis, row.width) for row in chart.rows] == [
        ("Byrne JAG FY2017: $587,515 allocated", "allocated", "100.00"),
        ("Byrne JAG FY2017: $293,757.50 reported", "reported", "50.00"),
    ]
    assert chart.bases == [("allocated", "Allocated"), ("reported", "Reported")]


def test_chart_keeps_the_three_axes_apart_and_says_where_none_is_on_record(jurisdiction):
    award = AwardFactory(jurisdiction=jurisdiction)
    AwardEventFactory(award=award, axis="money", award_status="on_hold")
    AwardEventFactory(award=award, axis="dispute", award_status="cleared")
    AwardFactory(jurisdiction=jurisdiction, fiscal_year=2016)

    chart = chart_of(jurisdiction)

    assert [[line.text for line in row.statuses] for row in chart.rows] == [
        ["Money: On hold", "Dispute: Cleared"],
        ["No status on record"],
    ]


def test_chart_says_what_is_not_on_record(jurisdiction):
    AwardFactory(jurisdiction=jurisdiction, fiscal_year=2018, amount=None, amount_basis="")
    AwardFactory(jurisdiction=jurisdiction, fiscal_year=2015, amount=0)

    chart = chart_of(jurisdiction)

    assert chart.words == (
        "Byrne JAG FY2018: amount not on record; No status on record."
        " FY2017: no award on record. FY2016: no award on record."
        " Byrne JAG FY2015: $0 allocated; No status on record."
    )
    assert [row.width for row in chart.rows] == ["", "", "", "0.00"]


def test_chart_lines_follow_one_another_without_overlap(jurisdiction):
    for year in (2015, 2017):
        AwardEventFactory(award__jurisdiction=jurisdiction, award__fiscal_year=year)

    chart = chart_of(jurisdiction)

    baselines = [line.y for row in chart.rows for line in (row.heading, *row.statuses)]
    assert baselines == sorted(baselines)
    assert min(b - a for a, b in pairwise(baselines)) >= 20
    assert baselines[-1] < chart.height


def test_chart_draws_the_newest_awards_alone(jurisdiction):
    AwardFactory.create_batch(TALLEST + 1, jurisdiction=jurisdiction)

    chart = chart_of(jurisdiction)

    assert len(chart.rows) == TALLEST
    assert chart.is_cut
