"""Whatever clocks do, a day is Washington's, and no deadline or state moves."""

import datetime as dt
import os
import subprocess
import sys

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from casefile.dates import today
from casefile.entries import Status
from letters.models import Letter
from letters.states import State
from tests.desk import DeskClient, form_data, page
from tests.factories import LetterFactory, UserFactory
from tests.once import once_in_a_module
from tests.production import ROOT

pytestmark = pytest.mark.django_db

DATED = dt.date(2018, 1, 24)
# A letter for each of these days, on which its answer is due.
DUE = {
    "before summer time": dt.date(2018, 3, 10),
    "first of summer time": dt.date(2018, 3, 11),
    "before winter time": dt.date(2018, 11, 3),
    "first of winter time": dt.date(2018, 11, 4),
    "last of the year": dt.date(2018, 12, 31),
    "leap day": dt.date(2020, 2, 29),
}
# A moment; the day in Washington; the letters whose deadline is over.
CASES = {
    "last minute before the day of summer time": ("2018-03-11T04:59Z", dt.date(2018, 3, 10), 0),
    "first of the day of summer time": ("2018-03-11T05:00Z", dt.date(2018, 3, 11), 1),
    "the hour that is left out": ("2018-03-11T07:00Z", dt.date(2018, 3, 11), 1),
    "last minute of the short day": ("2018-03-12T03:59Z", dt.date(2018, 3, 11), 1),
    "first after the short day": ("2018-03-12T04:00Z", dt.date(2018, 3, 12), 2),
    "last before the day of winter time": ("2018-11-04T03:59Z", dt.date(2018, 11, 3), 2),
    "the hour that comes twice, first": ("2018-11-04T05:30Z", dt.date(2018, 11, 4), 3),
    "the hour that comes twice, then": ("2018-11-04T06:30Z", dt.date(2018, 11, 4), 3),
    "last minute of the long day": ("2018-11-05T04:59Z", dt.date(2018, 11, 4), 3),
    "first after the long day": ("2018-11-05T05:00Z", dt.date(2018, 11, 5), 4),
    "last minute of the year": ("2019-01-01T04:59Z", dt.date(2018, 12, 31), 4),
    "first of the new year": ("2019-01-01T05:00Z", dt.date(2019, 1, 1), 5),
    "last minute of the leap day": ("2020-03-01T04:59Z", dt.date(2020, 2, 29), 5),
    "first after the leap day": ("2020-03-01T05:00Z", dt.date(2020, 3, 1), 6),
}

letters = once_in_a_module(
    lambda: [LetterFactory(key=f"due-{day}", date=DATED, deadline=day) for day in DUE.values()]
)


def overdue(on):
    found = Letter.objects.public(on).standing(on).filter(state=State.OVERDUE)
    return set(found.values_list("deadline", flat=True))


@pytest.mark.parametrize(("moment", "day", "over"), CASES.values(), ids=CASES)
def test_deadline_ends_with_its_day_in_washington(client, letters, moment, day, over):
    with time_machine.travel(moment, tick=False):
        shown = client.get("/letters/?state=overdue")

        assert shown.context["day"] == today() == day
        found = {letter.deadline for letter in shown.context["page"]}
        assert found == set(list(DUE.values())[:over])


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
def test_zone_of_the_servers_changes_nothing(letters, zone):
    code = "import django; django.setup(); from casefile.dates import today; print(today())"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('timezone', %s, true)", [zone])

    said = subprocess.run(
        [sys.executable, "-c", f"import time_machine\nwith time_machine.travel(0): {code}"],
        env={**os.environ, "TZ": zone, "DJANGO_SETTINGS_MODULE": "casefile.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert said.stdout == "1969-12-31\n", said.stderr
    for over, day in enumerate(DUE.values()):
        assert overdue(day) == set(list(DUE.values())[:over])


@pytest.mark.parametrize("hours", [-24, -1, 1])
def test_clock_that_jumps_while_a_form_is_open_loses_nothing_of_it(hours):
    ada = DeskClient()
    letter = LetterFactory(status=Status.DRAFT, date=DATED, deadline=DUE["leap day"])
    address = page(Letter, "change", letter.pk)
    with time_machine.travel("2026-03-02T12:00:00Z", tick=False) as clock:
        ada.force_login(UserFactory(username="ada", group="Editors"))
        typed = form_data(ada.get(address)) | {"note": "Typed"}
        clock.shift(dt.timedelta(hours=hours))

        answer = ada.post(address, typed)

    letter.refresh_from_db()
    events = letter.history.order_by("pgh_id").values_list("note", "pgh_created_at")
    notes, times = zip(*events, strict=True)
    if hours > 0:  # the session is over, and what was typed goes through signing in
        assert b"note=Typed" in answer.content
        assert notes == ("",)
    else:
        assert (answer.status_code, letter.note) == (302, "Typed")
        assert notes == ("", "Typed")
    # The database says when it was, whatever the clock of the site.
    assert list(times) == sorted(times)
    assert timezone.now() - times[0] < dt.timedelta(hours=1)
