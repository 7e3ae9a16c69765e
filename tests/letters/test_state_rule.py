"""What is kept of the states equals what the rule says, however the record was changed."""

import datetime as dt
import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from casefile.entries import Status
from casefile.revision import current_token
from letters.jurisdiction_rule import jurisdictions_kept_wrongly
from letters.models import Extension, Hold, Letter, Response, StateInterval
from letters.state_rule import SQL, keep_states, letters_kept_wrongly
from letters.state_tallies import tallied_wrongly
from letters.states import State
from tests.factories import JurisdictionFactory, LetterFactory, ResponseFactory, UserFactory
from tests.letters.editing import Desk
from tests.letters.records import Chance, store, uncited

DAY = dt.date(2018, 6, 30)


@pytest.fixture
def letter(db):
    return LetterFactory(deadline=dt.date(2018, 2, 23))


def state_of(letter, **kwargs):
    return Letter.objects.standing(DAY, **kwargs).get(pk=letter.pk).state


def run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_life_of_a_letter_has_no_gap_and_no_end(db):
    chance = Chance(1)
    store([chance.letter() for _ in range(200)])

    for scope in ("published", "entered"):
        for letter in Letter.objects.exclude(status="retracted"):
            lives = letter.state_intervals.filter(**{scope: True}).order_by("during")
            days = [(interval.during.lower, interval.during.upper) for interval in lives]
            if scope == "published" and letter.status != "published":
                assert days == []
            else:
                assert [start for start, _ in days] == [letter.date, *(end for _, end in days[:-1])]
                assert days[-1][1] is None


def test_letter_without_drafts_has_one_life_for_readers_and_staff(letter):
    ResponseFactory(letter=letter, date=DAY)
    alike = set(letter.state_intervals.values_list("published", "entered"))
    ResponseFactory(letter=letter, date=DAY, status="draft")
    apart = set(letter.state_intervals.values_list("published", "entered"))

    assert alike == {(True, True)}
    assert apart == {(True, False), (False, True)}


def test_saving_and_deleting_changes_the_state(letter):
    draft = ResponseFactory(letter=letter, kind="refusal", status="draft", cited=False)
    saved = state_of(letter, published=False)
    draft.delete()

    assert saved is State.REFUSED
    assert state_of(letter, published=False) is State.OVERDUE
    assert letters_kept_wrongly() == []


def test_update_of_a_queryset_changes_the_states(letter):
    Letter.objects.update(cleared_on=DAY)

    assert state_of(letter) is State.CLEARED
    assert letters_kept_wrongly() == []


def test_update_that_moves_a_response_changes_both_letters(letter):
    other = LetterFactory(deadline=letter.deadline)
    ResponseFactory(letter=letter, kind="refusal")
    Response.objects.update(letter=other)

    assert (state_of(letter), state_of(other)) == (State.OVERDUE, State.REFUSED)
    assert letters_kept_wrongly() == []


def test_bulk_create_changes_the_states(letter):
    Hold.objects.bulk_create([Hold(key="a-hold", letter=letter, date=letter.date)])

    assert state_of(letter, published=False) is State.ON_HOLD
    assert letters_kept_wrongly() == []


def test_copy_changes_the_states(letter):
    columns = "key, date, date_precision, status, kind, signed_by, summary, letter_id"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY letters_response ({columns}) FROM STDIN") as copy,
    ):
        copy.write_row(("a", letter.date, "day", "draft", "partial", "", "", letter.pk))
        copy.write_row(("b", letter.date, "day", "draft", "refusal", "", "", letter.pk))

    assert state_of(letter, published=False) is State.REFUSED
    assert letters_kept_wrongly() == []


def test_publishing_and_retracting_an_answer_changes_the_public_state(letter):
    answer = ResponseFactory(letter=letter, kind="complete", date=letter.date, status="in_review")
    in_review = state_of(letter)
    answer.status, answer.published_by, answer.published_at = (
        Status.PUBLISHED,
        UserFactory(),
        dt.datetime(2018, 7, 1, tzinfo=dt.UTC),
    )
    answer.save()
    published = state_of(letter)
    answer.status = Status.RETRACTED
    answer.save()

    assert (in_review, published, state_of(letter)) == (
        State.OVERDUE,
        State.ANSWERED,
        State.OVERDUE,
    )
    assert letters_kept_wrongly() == []


def test_draft_letter_goes_with_its_states(db):
    letter = LetterFactory(status="draft", cited=False)
    kept = StateInterval.objects.count()
    letter.delete()

    assert kept == 2
    assert not StateInterval.objects.exists()
    run("SET CONSTRAINTS ALL IMMEDIATE")


def test_letter_that_goes_to_another_jurisdiction_takes_its_states_along(letter):
    other = JurisdictionFactory()
    Letter.objects.update(jurisdiction=other)

    assert set(StateInterval.objects.values_list("jurisdiction", flat=True)) == {other.pk}
    assert letters_kept_wrongly() == tallied_wrongly() == []


def test_change_that_decides_nothing_rewrites_nothing(letter):
    before = set(StateInterval.objects.values_list("pk", flat=True))
    Letter.objects.update(note="Scanned twice.")

    assert set(StateInterval.objects.values_list("pk", flat=True)) == before


def test_installing_the_rule_again_changes_nothing(letter):
    run(SQL)
    ResponseFactory(letter=letter, kind="refusal")

    assert state_of(letter) is State.REFUSED
    assert letters_kept_wrongly() == []


@pytest.mark.django_db(transaction=True)
def test_two_who_change_one_letter_at_once_are_both_heard():
    letter = LetterFactory(status="draft", cited=False, deadline=dt.date(2018, 2, 23))
    has_begun = threading.Event()

    def extend():
        has_begun.set()
        Extension.objects.create(key="e", letter=letter, date=DAY, new_deadline=DAY)
        connection.close()

    with transaction.atomic():
        Response.objects.create(key="r", letter=letter, date=letter.date, kind="partial")
        other = threading.Thread(target=extend)
        other.start()
        assert has_begun.wait(20)
        other.join(0.5)  # long enough to have ended, if it didn't wait for this to commit
        was_waiting = other.is_alive()
    other.join(20)

    assert was_waiting
    assert state_of(letter, published=False) is State.PARTLY_ANSWERED
    assert letters_kept_wrongly() == []


def test_kept_states_equal_the_rule_after_any_series_of_changes(db):
    chance = Chance(2)
    store([chance.letter() for _ in range(60)])
    desk = Desk(chance)

    wrong = set()
    with uncited():
        for _ in range(150):
            desk.act()
            wrong.update(letters_kept_wrongly(), jurisdictions_kept_wrongly(), tallied_wrongly())

    assert wrong == set()


def seconds_to_keep(letters):
    started = time.perf_counter()
    keep_states(letters)
    return time.perf_counter() - started


def test_rule_costs_much_the_same_whatever_the_planner_expects(db):
    """A table that was emptied is taken for empty: a plan for one letter would meet thousands."""
    chance = Chance(3)
    letters = store([chance.letter() for _ in range(3_000)])
    run("ANALYZE")
    informed = seconds_to_keep(letters)
    run(
        "UPDATE pg_class SET relpages = 1, reltuples = 0"
        " WHERE relname LIKE 'letters\\_%' AND relkind = 'r'"
    )

    assert seconds_to_keep(letters) < 4 * informed


def spoil(letter):
    StateInterval.objects.filter(letter=letter).update(state=State.REFUSED)


def check_states(*args):
    out = StringIO()
    call_command("check_states", *args, stdout=out)
    return out.getvalue()


def test_check_states_finds_nothing_in_a_sound_record(letter):
    assert check_states() == "Kept as the rules say: 1 letters, 0 awards.\n"


def test_check_states_names_the_letters_that_differ(letter):
    LetterFactory()
    spoil(letter)

    with pytest.raises(CommandError, match=rf"1 letters:\n{letter.key}\n") as refusal:
        check_states()

    assert refusal.value.returncode == 1
    assert state_of(letter) is State.REFUSED


def test_check_states_corrects_what_differs_when_asked(letter):
    spoil(letter)
    before = current_token()

    assert check_states("--repair") == f"Corrected, 1 letters:\n{letter.key}\n"
    assert state_of(letter) is State.OVERDUE
    assert current_token() != before  # pages that show the wrong state are kept no longer
    assert letters_kept_wrongly() == []


def test_states_are_kept_anew_after_rows_were_lost(letter):
    StateInterval.objects.all().delete()
    lost = letters_kept_wrongly()
    keep_states(lost)

    assert lost == [letter.pk]
    assert letters_kept_wrongly() == []
