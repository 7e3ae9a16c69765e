"""Deadline calendars (RFC 5545): one event for each letter with a deadline, as of a day.

An event keeps its UID for good. Its SEQUENCE is the number of changes that readers could see of the
letter and its extensions, from the append-only history: it rises when a deadline moves, and never
falls. The event of a withdrawn letter is cancelled.
"""

import datetime as dt

from django.db import connection
from icalendar import Calendar, Event

from casefile.entries import Status
from letters.models import Extension, Letter
from letters.states import State

UID_DOMAIN = "deadlines.casefile"
# Whoever follows the calendar of everything needs what is coming, not what is long past.
KEPT = dt.timedelta(days=366)


def deadline_calendar(letters, absolute, name):
    """Return the bytes of a calendar of letters' deadlines.

    ``letters`` is a queryset of letters with their standing as of the day; ``absolute`` makes an
    absolute address of a path; ``name`` is what calendar programs show.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Casefile//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", dt.timedelta(hours=12), parameters={"VALUE": "DURATION"})
    letters = list(
        letters.filter(effective_deadline__isnull=False)
        .select_related("jurisdiction", "round")
        .by_deadline()
    )
    changes = visible_changes(letters)
    for letter in letters:
        calendar.add_component(_event(letter, *changes[letter.pk], absolute))
    return calendar.to_ical()


def _event(letter, sequence, changed_at, absolute):
    withdrawn = letter.state == State.WITHDRAWN
    event = Event()
    event.add("uid", f"{letter.key}@{UID_DOMAIN}")
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", sequence)
    event.add("dtstart", letter.effective_deadline)
    event.add("dtend", letter.effective_deadline + dt.timedelta(days=1))
    event.add("summary", f"Deadline for {letter.jurisdiction.name}: {letter.round.title}")
    event.add("description", _description(letter))
    event.add("url", absolute(letter.get_absolute_url()))
    event.add("status", "CANCELLED" if withdrawn else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _description(letter):
    sentences = [f"{letter.state.label}."]
    if letter.effective_deadline != letter.deadline and letter.deadline:
        sentences.append(f"The first deadline was {letter.deadline}; it was extended.")
    return " ".join(sentences)


def visible_changes(letters):
    """Return {letter id: (how many changes readers could see, when the last one was made)}.

    Counted are the rows of the history in which the letter, or an extension of it, was published or
    retracted; a draft leaves no trace.
    """
    visible = (Status.PUBLISHED, Status.RETRACTED)
    letter_history = Letter.history.rel.related_model._meta.db_table
    extension_history = Extension.history.rel.related_model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT letter, count(*) - 1, max(pgh_created_at)
            FROM (
                SELECT pgh_obj_id AS letter, pgh_created_at FROM {letter_history}
                WHERE pgh_obj_id = ANY(%(letters)s) AND status = ANY(%(visible)s)
                UNION ALL
                SELECT letter_id, pgh_created_at FROM {extension_history}
                WHERE letter_id = ANY(%(letters)s) AND status = ANY(%(visible)s)
            ) change
            GROUP BY letter
            """,
            {"letters": [letter.pk for letter in letters], "visible": list(visible)},
        )
        return {letter: (sequence, at) for letter, sequence, at in cursor.fetchall()}
