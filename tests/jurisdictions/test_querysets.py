"""What can be asked of awards."""

import datetime as dt

import pytest

from jurisdictions.models import Award, AwardStatus
from tests.factories import AwardEventFactory, AwardFactory

pytestmark = pytest.mark.django_db

DAY = dt.date(2018, 3, 1)


def statuses(**kwargs):
    award = Award.objects.with_status(DAY, **kwargs).get()
    return award.award_status, award.money_status, award.dispute_status


def test_award_without_events_has_no_status():
    AwardFactory()

    assert statuses() == (None, None, None)


def test_award_has_a_status_on_each_axis():
    award = AwardFactory()
    AwardEventFactory(award=award, axis="award", award_status="accepted")
    AwardEventFactory(award=award, axis="money", award_status="on_hold")
    AwardEventFactory(award=award, axis="dispute", award_status="conditions_enjoined")

    assert statuses() == ("accepted", "on_hold", "conditions_enjoined")
    assert statuses()[0] is AwardStatus.ACCEPTED


def test_award_status_is_that_of_the_newest_event_by_the_day():
    award = AwardFactory()
    for day, status in [(1, "drawn_down"), (0, "on_hold"), (-1, "available")]:
        AwardEventFactory(award=award, date=DAY + dt.timedelta(days=day), award_status=status)

    assert statuses() == (None, "on_hold", None)


def test_award_status_of_one_day_is_that_of_the_last_key():
    award = AwardFactory()
    AwardEventFactory(award=award, key="b", award_status="returned")
    AwardEventFactory(award=award, key="a", award_status="available")

    assert statuses() == (None, "returned", None)


def test_award_status_counts_drafts_only_when_asked():
    AwardEventFactory(award_status="on_hold", status="draft")

    assert statuses() == (None, None, None)
    assert statuses(published=False) == (None, "on_hold", None)


def test_totals_keep_each_basis_apart():
    AwardFactory(amount="10.50", amount_basis="awarded")
    AwardFactory(amount=1, amount_basis="awarded")
    AwardFactory(amount=100, amount_basis="approximate")
    AwardFactory(amount=None, amount_basis="reported")

    totals = Award.objects.totals()

    assert [(total["basis"], float(total["sum"]), total["awards"]) for total in totals] == [
        ("approximate", 100, 1),
        ("awarded", 11.5, 2),
    ]


def test_totals_by_jurisdiction():
    one, other = AwardFactory(amount=1), AwardFactory(amount=2)

    totals = Award.objects.totals("jurisdiction")

    assert {total["jurisdiction"]: total["sum"] for total in totals} == {
        one.jurisdiction_id: 1,
        other.jurisdiction_id: 2,
    }
