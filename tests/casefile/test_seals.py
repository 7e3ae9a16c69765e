"""The history of sealed days can't be changed unnoticed, by the database's owner neither."""

import datetime as dt
from io import StringIO

import pghistory
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from casefile.history import tracked_models
from casefile.revision import current_revision
from casefile.seals import Seal, SealedEvent, find_unsealed, seal_history, verify_seal
from jurisdictions.models import JurisdictionHistory
from letters.models import LetterHistory
from tests.factories import JurisdictionFactory, LetterFactory

pytestmark = pytest.mark.django_db

TABLE = JurisdictionHistory._meta.db_table


@pytest.fixture
def sealed():
    """Return the seal of today: of a dozen jurisdictions and a letter."""
    JurisdictionFactory.create_batch(12)
    LetterFactory()
    return seal_history(timezone.localdate())


@pytest.fixture
def as_owner():
    """Return a function that runs SQL as the owner does who has switched the triggers off."""

    def execute(sql, *values):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql, values)
            cursor.execute("SET LOCAL session_replication_role = origin")

    return execute


def events():
    return list(JurisdictionHistory.objects.order_by("pgh_id").values_list("pgh_id", flat=True))


def findings():
    """Return what there is to find, as pairs of an event and what happened to it."""
    found = verify_seal(Seal.objects.get()) + find_unsealed()
    return [(finding.event, finding.what) for finding in found]


def test_untouched_history_is_as_sealed(sealed):
    assert findings() == []


def test_every_event_of_every_history_is_sealed(sealed):
    kept = sum(history.objects.count() for _, history in tracked_models())

    assert SealedEvent.objects.filter(seal=sealed).count() == kept > 13


@pytest.mark.parametrize("column", ["name", "pgh_created_at", "pgh_label", "note"])
def test_changed_event_is_named(sealed, as_owner, column):
    event = events()[5]
    value = {"pgh_created_at": "2001-01-01T00:00Z"}.get(column, "x")

    as_owner(f"UPDATE {TABLE} SET {column} = %s WHERE pgh_id = %s", value, event)

    assert (event, "changed since it was sealed") in findings()


def test_each_of_ten_changed_events_is_named(sealed, as_owner):
    changed = events()[:10]

    for event in changed:
        as_owner(
            f"UPDATE {TABLE} SET name = overlay(name placing '~' from 1) WHERE pgh_id = %s", event
        )

    assert findings() == [(event, "changed since it was sealed") for event in changed]


def test_deleted_event_is_named(sealed, as_owner):
    event = events()[3]

    as_owner(f"DELETE FROM {TABLE} WHERE pgh_id = %s", event)

    assert findings() == [(event, "deleted since it was sealed")]


def test_two_swapped_events_are_named(sealed, as_owner):
    first, second = events()[2:4]

    as_owner(
        f"UPDATE {TABLE} h SET name = o.name FROM {TABLE} o"
        " WHERE (h.pgh_id, o.pgh_id) IN ((%s, %s), (%s, %s))",
        first,
        second,
        second,
        first,
    )

    assert [event for event, _ in findings()] == [first, second]


def test_event_added_to_a_sealed_day_is_named(sealed, as_owner):
    columns = [field.column for field in JurisdictionHistory._meta.concrete_fields][1:]
    named = ", ".join(f'"{column}"' for column in columns)

    as_owner(
        f"INSERT INTO {TABLE} ({named}) SELECT {named} FROM {TABLE} WHERE pgh_id = %s", events()[0]
    )

    assert findings() == [(events()[-1], "not there when its day was sealed")]


def test_event_is_sealed_with_who_made_it_and_why(as_owner):
    with pghistory.context(reason="As the letter says"):
        jurisdiction = JurisdictionFactory()
    seal_history(timezone.localdate())

    as_owner("""UPDATE pghistory_context SET metadata = '{"reason": "Another"}'""")

    assert findings() == [(jurisdiction.history.get().pgh_id, "changed since it was sealed")]


def test_link_taken_out_of_the_chain_is_missed(sealed, as_owner):
    gone = SealedEvent.objects.get(history=TABLE, event=events()[4])

    as_owner("DELETE FROM casefile_sealedevent WHERE position = %s", gone.position)

    assert "a link of the chain before it is gone" in dict(findings()).values()
    assert (gone.event, "not there when its day was sealed") in findings()


def test_last_links_and_head_made_again_are_seen_by_a_head_kept_elsewhere(sealed, as_owner):
    as_owner("DELETE FROM casefile_sealedevent")
    as_owner("DELETE FROM casefile_seal")
    as_owner(f"UPDATE {TABLE} SET name = 'Elsewhere' WHERE pgh_id = %s", events()[0])
    seal_history(timezone.localdate())

    assert findings() == []
    with pytest.raises(CommandError, match="no day's seal"):
        call_command("verify_history", head=sealed.head)


def test_forged_head_is_not_the_chains(sealed, as_owner):
    as_owner("UPDATE casefile_seal SET head = %s", "0" * 64)

    assert findings() == [(None, "the head is not the chain's")]


def test_dropped_column_is_named(sealed):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DROP COLUMN website")

    assert verify_seal(sealed)[0].what == "the sealed column website is gone"


def test_added_column_changes_no_sealed_event(sealed):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ADD COLUMN population integer")

    assert findings() == []


def test_sealed_day_takes_no_further_event(sealed):
    with pytest.raises(DatabaseError, match="history of this day is sealed"), transaction.atomic():
        JurisdictionFactory()


def test_event_for_another_time_is_refused():
    jurisdiction = JurisdictionFactory()

    with pytest.raises(DatabaseError, match="when it happens"), transaction.atomic():
        JurisdictionHistory.objects.create(
            pgh_obj=jurisdiction,
            pgh_created_at=timezone.now() - dt.timedelta(days=400),
            **jurisdiction.history.values("id", "slug", "name", "kind", "state", "aliases").get(),
        )


def test_events_of_later_days_follow_in_the_chain():
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    first = seal_history(yesterday)
    JurisdictionFactory.create_batch(2)

    second = seal_history(timezone.localdate())

    assert list(second.events.values_list("position", flat=True)) == [1, 2]
    assert (verify_seal(first), verify_seal(second, first), find_unsealed()) == ([], [], [])
    assert first.head != second.head


def test_day_without_events_has_a_head_of_its_own():
    yesterday = timezone.localdate() - dt.timedelta(days=1)

    heads = {seal_history(day).head for day in (yesterday, timezone.localdate())}

    assert len(heads) == 2


def test_day_is_sealed_once(sealed):
    assert seal_history(sealed.day) == sealed


def test_day_before_a_sealed_one_is_refused(sealed):
    with pytest.raises(ValueError, match=f"sealed through {sealed.day}"):
        seal_history(sealed.day - dt.timedelta(days=1))


def test_head_stands_on_the_reports_page_and_in_each_sidecar(client, sealed):
    page = client.get("/reports/").text
    sidecar = client.get("/reports/letters.csv-metadata.json").json()

    assert sealed.head in page
    assert sidecar["history_head"] == sealed.head
    assert sidecar["history_sealed_through"] == str(sealed.day)


def test_sealing_makes_what_was_kept_of_pages_anew(client):
    LetterFactory()
    before = current_revision()

    seal_history(timezone.localdate())

    assert current_revision().number == before.number
    assert current_revision().token != before.token


def test_command_seals_through_yesterday():
    out = StringIO()

    call_command("seal_history", stdout=out)

    seal = Seal.objects.get()
    assert seal.day == timezone.localdate() - dt.timedelta(days=1)
    assert seal.head in out.getvalue()


def test_command_verifies_and_names_the_first_change_first(sealed, as_owner):
    call_command("verify_history", stdout=StringIO(), stderr=StringIO())
    as_owner(f"DELETE FROM {TABLE} WHERE pgh_id IN (%s, %s)", *events()[1:3])
    first, second = SealedEvent.objects.filter(history=TABLE).exclude(event__in=events())

    with pytest.raises(CommandError) as found:
        call_command("verify_history", stderr=StringIO())

    assert str(found.value).splitlines() == [
        f"{sealed.day} {TABLE} event {first.event}: deleted since it was sealed",
        f"{sealed.day} {TABLE} event {second.event}: deleted since it was sealed",
        "2 findings.",
    ]


def test_command_finds_the_day_of_a_kept_head(sealed):
    out = StringIO()

    call_command("verify_history", head=sealed.head, stdout=out, stderr=StringIO())

    assert f"This is the head of {sealed.day}." in out.getvalue()


def test_command_refuses_what_is_no_head():
    with pytest.raises(CommandError, match="64 of the signs"):
        call_command("verify_history", head="abc")


def test_every_history_is_written_in_its_time():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
            " WHERE tgname LIKE 'pgtrigger_in_its_time%%'"
        )
        guarded = {table for (table,) in cursor.fetchall()}

    assert guarded == {history._meta.db_table for _, history in tracked_models()}
    assert LetterHistory._meta.db_table in guarded
