"""What is kept of where awards stand equals what the record says, however it was changed."""

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from casefile.entries import Status
from casefile.models import Citation
from jurisdictions.award_rule import SQL, awards_kept_wrongly, keep_awards
from jurisdictions.models import Award, AwardEvent, AwardInterval, Jurisdiction
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    CitationFactory,
    JurisdictionFactory,
)
from tests.jurisdictions.awards import DAYS, Desk, cited_awards, plain_standing

DAY = dt.date(2018, 3, 1)


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def kept_standing(day, published):
    return {
        award.pk: (
            award.jurisdiction_id,
            award.award_status,
            award.money_status,
            award.dispute_status,
        )
        for award in Award.objects.standing(day, published)
    }


def assert_kept_as_said():
    """Compare what is kept with plain Python on many days, and all of it with the rule."""
    awards = list(Award.objects.select_related("jurisdiction").prefetch_related("events"))
    cited = cited_awards()
    for published in (True, False):
        for day in DAYS:
            said = {award.pk: plain_standing(award, day, published, cited) for award in awards}
            said = {pk: standing for pk, standing in said.items() if standing}
            assert kept_standing(day, published) == said, (day, published)
    beside = AwardInterval.objects.values_list(
        "award", "jurisdiction", "fiscal_year", "amount", "amount_basis", "name", "key", "usps"
    )
    assert set(beside) == {
        (
            award.pk,
            award.jurisdiction_id,
            award.fiscal_year,
            award.amount,
            award.amount_basis,
            award.jurisdiction.name,
            award.key,
            award.jurisdiction.state,
        )
        for award in awards
    }
    assert awards_kept_wrongly() == []


@pytest.fixture
def award(db):
    return AwardFactory(fiscal_year=2017)


def status_of(award, **kwargs):
    return Award.objects.standing(DAY, **kwargs).get(pk=award.pk).money_status


def test_life_of_an_award_has_no_gap_and_no_end(award):
    for day in (0, 9, 30):
        AwardEventFactory(award=award, date=DAY + dt.timedelta(days=day), key=f"e-{day}")
    AwardEventFactory(award=award, date=DAY, axis="dispute", award_status="cleared")
    lives = award.intervals.filter(published=True).order_by("during")
    days = [(life.during.lower, life.during.upper) for life in lives]

    assert [start for start, _ in days] == [dt.date(2016, 10, 1), DAY]
    assert days[0][1] == DAY
    assert days[1][1] is None


def test_award_is_on_record_from_the_first_day_of_its_fiscal_year(award):
    before, first = dt.date(2016, 9, 30), dt.date(2016, 10, 1)

    assert not Award.objects.standing(before).exists()
    assert Award.objects.standing(first).get() == award


def test_retracted_event_counts_for_nobody(award):
    event = AwardEventFactory(award=award, axis="money", award_status="available", date=DAY)
    before = status_of(award), status_of(award, published=False)
    AwardEvent.objects.filter(pk=event.pk).update(status=Status.RETRACTED)

    assert before == ("available", "available")
    assert (status_of(award), status_of(award, published=False)) == (None, None)
    assert_kept_as_said()


def test_award_shows_while_it_is_cited(award):
    citation = Citation.objects.get()
    citation.delete()
    gone = list(Award.objects.standing(DAY))
    for_staff = Award.objects.standing(DAY, published=False).get()
    CitationFactory(entry=award)

    assert (gone, for_staff) == ([], award)
    assert Award.objects.standing(DAY).get() == award
    assert_kept_as_said()


def test_award_without_drafts_has_one_life_for_readers_and_staff(award):
    AwardEventFactory(award=award)
    alike = set(award.intervals.values_list("published", "entered"))
    AwardEventFactory(award=award, status="draft")
    apart = set(award.intervals.values_list("published", "entered"))

    assert alike == {(True, True)}
    assert apart == {(True, False), (False, True)}


def test_citation_that_moves_from_one_award_to_another_changes_both(award):
    other = AwardFactory(cited=False)
    Citation.objects.update(entry_id=other.pk)

    assert list(Award.objects.standing(DAY)) == [other]
    assert_kept_as_said()


def test_award_that_goes_to_another_jurisdiction_takes_its_intervals_along(award):
    Award.objects.update(jurisdiction=JurisdictionFactory(name="Aurora"))

    assert set(AwardInterval.objects.values_list("name", flat=True)) == {"Aurora"}
    assert_kept_as_said()


def test_jurisdiction_with_another_name_sorts_its_awards_by_it(award):
    before = list(AwardInterval.objects.values_list("pk", flat=True))
    Jurisdiction.objects.update(name="Aurora")

    assert list(AwardInterval.objects.values_list("pk", "name")) == [(before[0], "Aurora")]
    assert_kept_as_said()


def test_draft_award_goes_with_its_intervals(db):
    award = AwardFactory(cited=False)
    kept = AwardInterval.objects.count()
    award.delete()

    assert kept == 1
    assert not AwardInterval.objects.exists()
    run("SET CONSTRAINTS ALL IMMEDIATE")


def test_copy_changes_the_status(award):
    columns = "key, date, date_precision, status, axis, award_status, note, award_id"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY jurisdictions_awardevent ({columns}) FROM STDIN") as copy,
    ):
        copy.write_row(("a", DAY, "day", "draft", "money", "on_hold", "", award.pk))
        copy.write_row(("b", DAY, "day", "draft", "money", "returned", "", award.pk))

    assert status_of(award, published=False) == "returned"
    assert_kept_as_said()


def test_change_that_decides_nothing_rewrites_nothing(award):
    before = set(AwardInterval.objects.values_list("pk", flat=True))
    Award.objects.update(note="Scanned twice.")
    CitationFactory(entry=AwardEventFactory())

    assert before <= set(AwardInterval.objects.values_list("pk", flat=True))


def test_installing_the_rule_again_changes_nothing(award):
    run(SQL)
    AwardEventFactory(award=award, award_status="returned")

    assert status_of(award) == "returned"
    assert_kept_as_said()


def test_awards_are_kept_anew_after_rows_were_lost(award):
    AwardInterval.objects.all().delete()
    lost = awards_kept_wrongly()
    keep_awards(lost)

    assert lost == [award.pk]
    assert awards_kept_wrongly() == []


def meanwhile(act):
    """Run something in a second connection. Return the thread, and whether it waits."""

    def work():
        act()
        connection.close()

    other = threading.Thread(target=work)
    other.start()
    other.join(0.5)  # long enough to have ended, if it didn't wait for the other to commit
    return other, other.is_alive()


@pytest.mark.django_db(transaction=True)
def test_two_who_change_one_award_at_once_are_both_heard():
    award = AwardFactory(cited=False)

    def event(key, axis, status):
        AwardEvent.objects.create(key=key, award=award, date=DAY, axis=axis, award_status=status)

    with transaction.atomic():
        event("a", "money", "on_hold")
        other, waited = meanwhile(lambda: event("b", "dispute", "cleared"))
    other.join(20)

    found = Award.objects.standing(DAY, published=False).get()
    assert waited
    assert (found.money_status, found.dispute_status) == ("on_hold", "cleared")
    assert awards_kept_wrongly() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("renames_first", [True, False])
def test_award_that_changes_while_its_jurisdiction_is_renamed_gets_the_new_name(renames_first):
    award = AwardFactory(cited=False)

    def rename():
        Jurisdiction.objects.update(name="Aurora")

    def change():
        Award.objects.update(amount=1)

    first, second = (rename, change) if renames_first else (change, rename)
    with transaction.atomic():
        first()
        other, waited = meanwhile(second)
    other.join(20)

    assert waited
    assert AwardInterval.objects.values_list("award", "name", "amount").get() == (
        award.pk,
        "Aurora",
        1,
    )
    assert awards_kept_wrongly() == []


def test_kept_awards_equal_the_rule_after_any_series_of_changes(db):
    desk, scopes = Desk(3), set()
    for _ in range(2):
        desk.award()
    for _ in range(150):
        desk.act()
        assert awards_kept_wrongly() == []
        scopes |= set(AwardInterval.objects.values_list("published", "entered"))
    run("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    assert_kept_as_said()
    assert scopes == {(True, True), (True, False), (False, True)}
