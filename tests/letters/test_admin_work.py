"""The work queue on the desk's first page: each count leads to a list of exactly these records."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casefile.entries import Status
from letters.admin.work import not_received
from letters.models import Letter
from tests.desk import page
from tests.factories import (
    CitationFactory,
    EventFactory,
    LetterFactory,
    ResponseFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

# A week before the deadline of the factory's letters, 23 February 2018.
TODAY = dt.date(2018, 2, 16)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2018, 2, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


def sign_in(client, group):
    user = UserFactory(group=group)
    client.force_login(user)
    return user


def queue(client):
    """Return {label: {kind of record: (count, address)}} of the first page."""
    html = client.get(reverse("admin:index")).content.decode()
    table = re.search(r'id="work-queue".*?</table>', html, re.DOTALL)[0]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL)
    link = r'<a href="(.*?)">(\d+) (.*?)</a>'
    return {
        label: {kind: (int(count), address) for address, count, kind in re.findall(link, cells)}
        for label, cells in rows
    }


def counts(client):
    return {
        label: {kind: count for kind, (count, _) in kinds.items()}
        for label, kinds in queue(client).items()
    }


def make_work():
    """Make a record with some of everything that waits, and some of what doesn't."""
    for number in range(3):
        LetterFactory(received_on="2018-01-26", cited__pin="p. 1")
        LetterFactory(deadline=dt.date(2018, 2, 1 + number))
        LetterFactory(status=Status.DRAFT, deadline=None)
        ResponseFactory(status=Status.DRAFT)
        EventFactory(status=Status.IN_REVIEW)
        SourceFactory(text="A text")
        statement = StatementFactory(status=Status.DRAFT, cited=False)
        CitationFactory(entry=statement, source=SourceFactory(text="We will not satisfy"), pin="1")
        quoted = StatementFactory(text="We will satisfy it in time.", cited=False, status="draft")
        CitationFactory(entry=quoted, source=SourceFactory(text="We will not satisfy it in time."))


def test_each_count_is_that_of_its_list(client):
    sign_in(client, "Administrators")
    make_work()

    found = queue(client)

    assert list(found) == [
        "Due within a week",
        "Overdue and not verified in 30 days",
        "In review, for you to publish",
        "Drafts waiting",
        "Altered quotations",
        "Announced, receipt not on record",
        "Entries without a pin",
        "Sources without text",
    ]
    for kinds in found.values():
        for count, address in kinds.values():
            assert client.get(address).context["cl"].result_count == count


def test_receipt_is_asked_of_no_letter_that_is_withdrawn_or_cleared(client):
    user = sign_in(client, "Editors")
    LetterFactory(withdrawn_on="2018-02-01")
    LetterFactory(cleared_on="2018-02-01")
    open_ones = [LetterFactory(), LetterFactory(withdrawn_on="2018-02-02")]

    waiting = not_received(Letter, user, dt.date(2018, 2, 1))

    assert set(waiting) == set(open_ones)


def test_queue_takes_the_same_number_of_queries_for_much_work_as_for_little(client):
    sign_in(client, "Administrators")
    make_work()
    client.get(reverse("admin:index"))
    captured = []

    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:index"))
        captured.append(len(queries))
        make_work()

    assert captured[0] == captured[1]


def test_empty_queue_says_so(client):
    sign_in(client, "Editors")

    assert "Nothing: no deadline is near" in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("verified_through", "waits"),
    [(None, True), ("2018-01-16", True), ("2018-01-17", False), ("2018-02-16", False)],
)
def test_overdue_letter_waits_if_nobody_verified_it_in_thirty_days(client, verified_through, waits):
    sign_in(client, "Editors")
    LetterFactory(
        deadline=dt.date(2018, 1, 31), date=dt.date(2018, 1, 2), verified_through=verified_through
    )

    assert ("Overdue and not verified in 30 days" in queue(client)) is waits


@pytest.mark.parametrize(
    ("deadline", "waits"),
    [
        (dt.date(2018, 2, 15), False),
        (TODAY, True),
        (dt.date(2018, 2, 23), True),
        (dt.date(2018, 2, 24), False),
        (None, False),
    ],
)
def test_letter_is_due_within_a_week(client, deadline, waits):
    sign_in(client, "Editors")
    LetterFactory(deadline=deadline)

    assert ("Due within a week" in queue(client)) is waits


def test_reviewer_is_shown_what_others_submitted(client):
    reviewer = sign_in(client, "Reviewers")
    LetterFactory(status=Status.IN_REVIEW, submitted_by=reviewer)
    LetterFactory(status=Status.IN_REVIEW, submitted_by=UserFactory())
    LetterFactory(status=Status.IN_REVIEW)

    assert counts(client)["In review, for you to publish"] == {"letters": 2}


def test_editor_is_shown_nothing_to_publish_and_the_filter_lists_nothing(client):
    sign_in(client, "Editors")
    LetterFactory(status=Status.IN_REVIEW)

    listed = client.get(page(Letter, "changelist"), {"waits_for": "publication"})

    assert "In review, for you to publish" not in queue(client)
    assert listed.context["cl"].result_count == 0


def test_retracted_letters_wait_for_nothing(client):
    sign_in(client, "Administrators")
    LetterFactory(cited__pin="p. 1", cited__source__text="A text")
    Letter.objects.update(status=Status.RETRACTED)

    assert queue(client) == {}


def test_staff_without_permissions_are_shown_nothing(client):
    make_work()
    sign_in(client, None)

    assert queue(client) == {}


def test_value_that_is_no_work_filters_nothing(client):
    sign_in(client, "Editors")
    LetterFactory()

    listed = client.get(page(Letter, "changelist"), {"waits_for": "godot"})

    assert listed.context["cl"].result_count == 1
