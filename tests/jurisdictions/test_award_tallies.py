"""The kept sums of awards are what the awards themselves come to, after any edit."""

import datetime as dt
import threading
from collections import defaultdict
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from casefile.models import Citation
from jurisdictions.award_tallies import AwardSums, award_tallies, awards_tallied_wrongly
from jurisdictions.models import Award, AwardChange, AwardSubject, AwardTally, Jurisdiction
from tests.factories import AwardEventFactory, AwardFactory, JurisdictionFactory
from tests.jurisdictions.awards import DAYS, Desk, cited_awards, plain_standing

DAY = dt.date(2018, 3, 31)
# Ends of months and years among them.
ALL_DAYS = [*DAYS, dt.date(2016, 12, 31), dt.date(2017, 1, 1), dt.date(2017, 9, 30), DAY]


def added_up(day, awards, cited):
    """Return what `award_tallies` does, by the plain way: every award is looked at."""
    sums = defaultdict(lambda: defaultdict(lambda: defaultdict(AwardSums)))
    for award in awards:
        standing = plain_standing(award, day, True, cited)
        if standing is None:
            continue
        values = [award.fiscal_year, award.jurisdiction.state, *(s or "none" for s in standing[1:])]
        one = AwardSums(1, int(award.amount is not None), award.amount or Decimal(0))
        for subject, value in zip(AwardSubject, values, strict=True):
            sums[subject][str(value)][award.amount_basis] += one
    return sums


def assert_added_up():
    awards = list(Award.objects.select_related("jurisdiction").prefetch_related("events"))
    cited = cited_awards()
    for day in ALL_DAYS:
        assert award_tallies(day) == added_up(day, awards, cited), day
    assert awards_tallied_wrongly() == []


def sums_of(subject, value, day=DAY):
    """Return the public awards of a value: how many, with an amount, and the amount."""
    found = sum(award_tallies(day)[subject][value].values(), AwardSums())
    return found.awards, found.with_amount, found.amount


def check_states(*args):
    out = StringIO()
    call_command("check_states", *args, stdout=out)
    return out.getvalue()


def test_sums_of_any_day_are_what_the_awards_come_to_after_any_series_of_changes(transactional_db):
    desk = Desk(11)
    for _ in range(10):
        with transaction.atomic():
            desk.award()
            for _ in range(40):
                desk.act()
            assert awards_tallied_wrongly() == []
            noted = award_tallies(DAY)
        assert award_tallies(DAY) == noted
        assert not AwardChange.objects.exists()
        assert_added_up()

    values = {
        (subject, value)
        for day in ALL_DAYS
        for subject, of in award_tallies(day).items()
        for value in of
    }
    assert len(values) > 15


def test_award_counts_from_its_fiscal_year_on_once_it_is_cited(db):
    award = AwardFactory(fiscal_year=2018, amount="10.50")
    uncited = AwardFactory(fiscal_year=2018, amount=5, cited=False)
    begins = dt.date(2017, 10, 1)

    assert sums_of("fiscal_year", "2018", begins - dt.timedelta(days=1)) == (0, 0, 0)
    assert sums_of("fiscal_year", "2018", begins) == (1, 1, Decimal("10.50"))
    Citation.objects.filter(entry_id=award.pk).delete()
    assert sums_of("fiscal_year", "2018") == (0, 0, 0)
    assert awards_tallied_wrongly() == []
    assert Award.objects.filter(pk=uncited.pk).exists()


def test_award_without_an_amount_counts_on_its_basis(db):
    AwardFactory(fiscal_year=2017, amount=None, amount_basis="")
    AwardFactory(fiscal_year=2017, amount=None, amount_basis="reported")
    AwardFactory(fiscal_year=2017, amount=0, amount_basis="reported")

    assert award_tallies(DAY)[AwardSubject.FISCAL_YEAR] == {
        "2017": {"": AwardSums(1, 0, Decimal(0)), "reported": AwardSums(2, 1, Decimal(0))}
    }


def test_awards_count_in_the_us_state_where_their_jurisdiction_is_now(db):
    award = AwardFactory(jurisdiction__state="CA", amount=7)
    Jurisdiction.objects.filter(pk=award.jurisdiction_id).update(state="NM")
    moved = sums_of("usps", "CA"), sums_of("usps", "NM")
    Award.objects.update(jurisdiction=JurisdictionFactory(state="TX"))

    assert moved == ((0, 0, 0), (1, 1, 7))
    assert (sums_of("usps", "NM"), sums_of("usps", "TX")) == ((0, 0, 0), (1, 1, 7))
    assert awards_tallied_wrongly() == []


def test_award_counts_where_its_newest_public_event_put_it(db):
    award = AwardFactory(fiscal_year=2017, amount=7)
    AwardEventFactory(award=award, axis="money", award_status="on_hold", date=dt.date(2018, 1, 5))
    AwardEventFactory(award=award, axis="money", award_status="returned", status="draft")

    assert sums_of("money", "none", dt.date(2018, 1, 4)) == (1, 1, 7)
    assert sums_of("money", "on_hold") == (1, 1, 7)
    assert sums_of("money", "none") == sums_of("money", "returned") == (0, 0, 0)


def test_award_that_is_deleted_counts_no_more(db):
    award = AwardFactory()
    Citation.objects.filter(entry_id=award.pk).delete()
    award.delete()

    assert award_tallies(DAY) == {}
    assert awards_tallied_wrongly() == []


def test_two_who_publish_at_once_are_both_counted(transactional_db):
    """Whoever commits second waits for the first, and for no longer than that."""
    with transaction.atomic():
        awards = [AwardFactory(fiscal_year=2017, amount=number) for number in (1, 20)]
    both_have_written = threading.Barrier(2, timeout=10)

    def change(award):
        with transaction.atomic():
            AwardEventFactory(award=award, axis="money", award_status="on_hold", date=DAY)
            award.amount *= 2
            award.save()
            both_have_written.wait()
        connection.close()

    threads = [threading.Thread(target=change, args=[award]) for award in awards]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sums_of("money", "on_hold") == sums_of("fiscal_year", "2017") == (2, 2, 42)
    assert awards_tallied_wrongly() == []
    assert not AwardChange.objects.exists()


def test_check_states_names_sums_that_differ_and_corrects_them(transactional_db):
    with transaction.atomic():
        AwardFactory(fiscal_year=2017, amount=5)
    AwardTally.objects.filter(subject=AwardSubject.FISCAL_YEAR, period="year").update(amount=6)

    with pytest.raises(CommandError, match="the awards of 1 sums:\nfiscal_year 2017\n"):
        check_states()

    assert check_states("--repair") == "Corrected, the awards of 1 sums:\nfiscal_year 2017\n"
    assert check_states() == "Kept as the rules say: 0 letters, 1 awards.\n"
    assert sums_of("fiscal_year", "2017") == (1, 1, 5)
    kept = AwardTally.objects.get(period="day", subject=AwardSubject.FISCAL_YEAR)
    assert str(kept) == "2017, day of 2016-10-01: +1, $+5.00"
