"""The kept sums of letters by state are what the letters' intervals come to, after any edit."""

import datetime as dt
import threading
from collections import Counter, defaultdict
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count

from casefile.entries import Status
from letters.models import Letter, StateChange, StateTally
from letters.models.state_tallies import Subject
from letters.state_tallies import tallied_wrongly, tallies
from letters.states import State
from tests.factories import JurisdictionFactory, LetterFactory, ResponseFactory, RoundFactory
from tests.letters.exported import rows
from tests.letters.records import DAYS as SPAN
from tests.letters.records import FIRST_DAY, Chance, store

# Ends of months and of the year among them.
DAY = dt.date(2018, 6, 30)
DAYS = [FIRST_DAY + dt.timedelta(days=n) for n in range(-1, SPAN + 1)] + [dt.date(2026, 11, 24)]


def counted(lookup, day):
    """Return {value: {state: letters}} by the plain way: every letter is looked at."""
    counts = defaultdict(dict)
    rows = Letter.objects.standing(day).order_by().values_list(lookup, "interval__state")
    for value, state, number in rows.annotate(letters=Count("pk")):
        counts[str(value)][state] = number
    return counts


def check_states(*args):
    out = StringIO()
    call_command("check_states", *args, stdout=out)
    return out.getvalue()


def test_sums_of_any_day_are_what_the_letters_come_to(transactional_db):
    chance = Chance(7)
    with transaction.atomic():
        store([chance.letter() for _ in range(150)])
        noted = {day: tallies(Subject.USPS, day) for day in DAYS}

    assert not StateChange.objects.exists()
    for day in DAYS:
        assert tallies(Subject.USPS, day) == noted[day] == counted("jurisdiction__state", day)
        assert tallies(Subject.ROUND, day) == counted("round", day)
    assert tallied_wrongly() == []
    assert len({state for day in DAYS for states in noted[day].values() for state in states}) > 5


def test_report_of_rounds_counts_the_letters_on_record(db):
    store([Chance(7).letter() for _ in range(150)])
    LetterFactory(status=Status.DRAFT)

    for day in DAYS[::20]:
        for published in (True, False):
            report = rows("rounds", day=day, published=published)

            found = Counter({row["slug"]: int(row["letters"]) for row in report})
            letters = Letter.objects.recorded(day, published)
            assert +found == Counter(letters.values_list("round__slug", flat=True))


def test_sums_of_some_rounds_are_asked_alone(db):
    asked, other = LetterFactory(), LetterFactory()

    found = tallies(Subject.ROUND, DAY, [asked.round_id])

    assert asked.round_id != other.round_id
    assert list(found) == [str(asked.round_id)]


def test_draft_and_retracted_letters_count_nowhere(db):
    LetterFactory(status=Status.DRAFT)
    LetterFactory(status=Status.RETRACTED)

    assert tallies(Subject.USPS, DAY) == {}


def test_letter_counts_where_it_belongs_now(db):
    letter = LetterFactory(jurisdiction__state="CA", deadline=None)
    texas, later = JurisdictionFactory(state="TX"), RoundFactory()

    # In one save, with what the state follows from.
    Letter.objects.filter(pk=letter.pk).update(
        jurisdiction=texas, round=later, withdrawn_on=letter.date
    )
    moved = tallies(Subject.USPS, DAY), tallies(Subject.ROUND, DAY)
    texas.state = "NM"
    texas.save()

    assert moved == ({"TX": {State.WITHDRAWN: 1}}, {str(later.pk): {State.WITHDRAWN: 1}})
    assert tallies(Subject.USPS, DAY) == {"NM": {State.WITHDRAWN: 1}}
    assert tallied_wrongly() == []


def test_letter_that_is_deleted_counts_no_more(db):
    gone, stays = LetterFactory(status=Status.DRAFT), LetterFactory()
    Letter.objects.filter(pk=gone.pk).delete()

    assert Counter(tallies(Subject.ROUND, DAY).keys()) == {str(stays.round_id): 1}
    assert tallied_wrongly() == []


def test_two_who_publish_at_once_are_both_counted(transactional_db):
    """Whoever commits second waits for the first, and for no longer than that."""
    round = RoundFactory()
    with transaction.atomic():
        letters = [LetterFactory(round=round, deadline=dt.date(2018, 3, 1)) for _ in range(2)]
    both_have_written = threading.Barrier(2, timeout=10)

    def answer(letter):
        with transaction.atomic():
            ResponseFactory(letter=letter, kind="complete", date=dt.date(2018, 2, 1))
            both_have_written.wait()
        connection.close()

    threads = [threading.Thread(target=answer, args=[letter]) for letter in letters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert tallies(Subject.ROUND, DAY) == {str(round.pk): {State.ANSWERED: 2}}
    assert tallied_wrongly() == []
    assert not StateChange.objects.exists()


def test_check_states_names_sums_that_differ_and_corrects_them(transactional_db):
    with transaction.atomic():
        letter = LetterFactory(jurisdiction__state="CA", deadline=None)
    StateTally.objects.filter(subject=Subject.USPS, period="year").update(letters=5)

    with pytest.raises(CommandError, match="the letters of 1 sums:\nusps CA\n"):
        check_states()

    assert check_states("--repair") == "Corrected, the letters of 1 sums:\nusps CA\n"
    assert check_states() == "Kept as the rules say: 1 letters, 0 awards.\n"
    assert tallies(Subject.USPS, DAY) == {"CA": {State.OPEN: 1}}
    assert str(StateTally.objects.filter(period="day", subject=Subject.USPS).get()) == (
        f"CA, day of {letter.date}: +1 No deadline, no response on record"
    )
