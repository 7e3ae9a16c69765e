"""What is kept of where jurisdictions stand is what their letters add up to, after any edit."""

import datetime as dt
import threading
from collections import defaultdict
from itertools import pairwise

import pytest
from django.core.management import CommandError
from django.db import connection, transaction

from casefile.entries import Status
from casefile.revision import current_token
from letters.jurisdiction_rule import SQL, jurisdictions_kept_wrongly, keep_jurisdictions
from letters.models import JurisdictionInterval, Letter, Response, StateInterval
from letters.standing import PRESSING, STILL_DUE
from tests.factories import JurisdictionFactory, LetterFactory, ResponseFactory, RoundFactory
from tests.letters.editing import Desk
from tests.letters.records import Chance, store, uncited
from tests.letters.test_state_rule import check_states, run

DAY = dt.date(2018, 6, 30)


def plain_standing(letters):
    """Return what the intervals of a jurisdiction's letters on one day add up to, in plain Python.

    That is: how many letters, their states, their failures and the next deadline.
    """
    states = {letter.state for letter in letters}
    failures = {failure for letter in letters for failure in letter.exposure.split("; ")}
    due = [letter.effective_deadline for letter in letters if letter.state in STILL_DUE]
    return (
        len(letters),
        "; ".join(sorted(states, key=PRESSING.index)),
        "; ".join(sorted(failures - {""})),
        min(filter(None, due), default=None),
    )


def assert_kept_as_letters_stand():
    """Compare what is kept with plain Python on each day on which something begins or ends."""
    of_letters, of_jurisdictions = defaultdict(list), defaultdict(list)
    for interval in StateInterval.objects.all():
        of_letters[interval.jurisdiction_id].append(interval)
    for interval in JurisdictionInterval.objects.all():
        of_jurisdictions[interval.jurisdiction_id].append(interval)
    for place in of_letters.keys() | of_jurisdictions.keys():
        both = [*of_letters[place], *of_jurisdictions[place]]
        ends = {end for one in both for end in (one.during.lower, one.during.upper) if end}
        for scope in ("published", "entered"):
            for day in sorted(ends | {min(ends) - dt.timedelta(days=1)}):
                letters = [one for one in of_letters[place] if counts(one, scope, day)]
                kept = [one for one in of_jurisdictions[place] if counts(one, scope, day)]
                expected = [plain_standing(letters)] if letters else []
                assert [
                    (one.letter_count, one.states, one.exposure, one.next_deadline) for one in kept
                ] == expected, (place, scope, day)


def counts(interval, scope, day):
    return getattr(interval, scope) and day in interval.during


@pytest.fixture
def letter(db):
    return LetterFactory(deadline=dt.date(2018, 2, 23))


def test_kept_jurisdictions_equal_their_letters_after_any_series_of_changes(db):
    chance = Chance(5)
    store([chance.letter() for _ in range(60)])
    desk = Desk(chance)
    scopes = set()

    with uncited():
        for step in range(120):
            desk.act()
            assert jurisdictions_kept_wrongly() == []
            scopes |= set(JurisdictionInterval.objects.values_list("published", "entered"))
            if step % 10 == 0:
                assert_kept_as_letters_stand()

    assert_kept_as_letters_stand()
    assert max(JurisdictionInterval.objects.values_list("letter_count", flat=True)) > 10
    assert scopes == {(True, True), (True, False), (False, True)}


def test_life_of_a_jurisdiction_has_no_gap_no_end_and_no_two_alike(db):
    chance, place = Chance(6), JurisdictionFactory()
    for pk in store([chance.letter() for _ in range(40)]):
        Letter.objects.filter(pk=pk).update(jurisdiction=place, round=RoundFactory())

    for scope in ("published", "entered"):
        lives = list(place.intervals.filter(**{scope: True}).order_by("during"))
        first = StateInterval.objects.filter(jurisdiction=place, **{scope: True})
        assert lives[0].during.lower == min(one.during.lower for one in first)
        assert lives[-1].during.upper is None
        for one, next_one in pairwise(lives):
            assert one.during.upper == next_one.during.lower
            assert (one.letter_count, one.states, one.exposure, one.next_deadline) != (
                next_one.letter_count,
                next_one.states,
                next_one.exposure,
                next_one.next_deadline,
            )


def test_next_deadline_is_the_earliest_that_is_still_ahead(db):
    place = JurisdictionFactory()
    first = LetterFactory(jurisdiction=place, date="2018-01-01", deadline="2018-03-01")
    LetterFactory(jurisdiction=place, date="2018-01-10", deadline="2018-02-01")
    LetterFactory(jurisdiction=place, date="2018-01-20", deadline="2018-03-01")
    ResponseFactory(letter=first, kind="complete", date=dt.date(2018, 1, 15))

    assert [
        (str(one.during.lower), one.next_deadline and str(one.next_deadline))
        for one in place.intervals.order_by("during")
    ] == [
        ("2018-01-01", "2018-03-01"),
        ("2018-01-10", "2018-02-01"),
        ("2018-01-15", "2018-02-01"),
        ("2018-01-20", "2018-02-01"),
        ("2018-02-02", "2018-03-01"),
        ("2018-03-02", None),
    ]


def test_letter_that_goes_to_another_jurisdiction_changes_both(letter):
    before, after = letter.jurisdiction, JurisdictionFactory()
    Letter.objects.update(jurisdiction=after)

    assert not before.intervals.exists()
    assert after.intervals.exists()
    assert_kept_as_letters_stand()


def test_letter_that_is_gone_takes_its_jurisdiction_off(db):
    Letter.objects.filter(pk=LetterFactory(status=Status.DRAFT).pk).delete()

    assert not JurisdictionInterval.objects.exists()


def test_change_rewrites_no_day_on_which_nothing_changed(letter):
    before = {one.pk for one in JurisdictionInterval.objects.all() if one.during.upper}
    ResponseFactory(letter=letter, kind="refusal", date=DAY)

    assert before
    assert before <= set(JurisdictionInterval.objects.values_list("pk", flat=True))


def test_installing_the_rule_again_changes_nothing(letter):
    run(SQL)
    ResponseFactory(letter=letter, kind="refusal")

    assert_kept_as_letters_stand()


@pytest.mark.django_db(transaction=True)
def test_two_who_change_letters_to_one_jurisdiction_at_once_are_both_counted():
    place = JurisdictionFactory()
    letters = [LetterFactory(jurisdiction=place, status="draft", cited=False) for _ in range(2)]
    has_begun = threading.Event()

    def answer(letter, key):
        Response.objects.create(key=key, letter=letter, date=letter.date, kind="refusal")

    def meanwhile():
        has_begun.set()
        answer(letters[1], "b")
        connection.close()

    with transaction.atomic():
        answer(letters[0], "a")
        other = threading.Thread(target=meanwhile)
        other.start()
        assert has_begun.wait(20)
        other.join(0.5)  # long enough to have ended, if it didn't wait for this to commit
        was_waiting = other.is_alive()
    other.join(20)

    last = place.intervals.get(during__contains=DAY, entered=True)
    assert was_waiting
    assert (last.letter_count, last.states) == (2, "refused")
    assert jurisdictions_kept_wrongly() == []


def spoil(letter):
    JurisdictionInterval.objects.filter(jurisdiction=letter.jurisdiction).update(letter_count=5)


def test_check_states_names_the_jurisdictions_that_differ(letter):
    LetterFactory()
    spoil(letter)

    with pytest.raises(CommandError, match=rf"1 jurisdictions:\n{letter.jurisdiction.slug}\n"):
        check_states()


def test_check_states_corrects_jurisdictions_when_asked(letter):
    spoil(letter)
    before, slug = current_token(), letter.jurisdiction.slug

    assert check_states("--repair") == f"Corrected, 1 jurisdictions:\n{slug}\n"
    assert check_states() == "Kept as the rules say: 1 letters, 0 awards.\n"
    assert current_token() != before
    assert_kept_as_letters_stand()


def test_jurisdictions_are_kept_anew_after_rows_were_lost(letter):
    JurisdictionInterval.objects.all().delete()
    lost = jurisdictions_kept_wrongly()
    keep_jurisdictions(lost)

    assert lost == [letter.jurisdiction_id]
    assert_kept_as_letters_stand()


def test_interval_reads_as_its_letters_and_days(letter):
    first = JurisdictionInterval.objects.order_by("during").first()

    assert str(first) == f"1 letters, {letter.date} to 2018-02-24"
