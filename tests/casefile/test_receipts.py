"""Receipts: what was sent, once for readers, each time for staff."""

import threading

import pytest
from django.db import connection

from casefile.receipts import Receipt
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SIDECAR = {
    "report": "letters",
    "as_of": "2018-03-01",
    "known_on": "",
    "filters": {"state": "overdue"},
    "excel": False,
    "raw": False,
    "drafts": False,
    "inclusion": "Published entries; filtered: state=overdue; 1 of 2 rows.",
    "revision": 7,
    "rows": 1,
    "bytes": 300,
    "sha256": "ab" * 32,
    "title": "Letters",
}


def test_receipt_tells_what_was_asked_and_sent():
    user = UserFactory()

    Receipt.record(SIDECAR, user)

    receipt = Receipt.objects.get()
    assert receipt.user == user
    assert (receipt.report, receipt.revision, receipt.rows, receipt.bytes) == ("letters", 7, 1, 300)
    assert receipt.question["filters"] == {"state": "overdue"}
    assert receipt.question["inclusion"] == SIDECAR["inclusion"]


def test_file_that_many_readers_get_has_one_receipt():
    Receipt.record(SIDECAR)
    Receipt.record(SIDECAR)

    assert Receipt.objects.count() == 1


def test_same_bytes_for_another_question_have_a_receipt_of_their_own():
    Receipt.record(SIDECAR)
    Receipt.record(SIDECAR | {"filters": {"usps": "IL"}})
    Receipt.record(SIDECAR | {"revision": 8})

    assert Receipt.objects.count() == 3


def test_each_export_of_a_user_has_its_receipt():
    user = UserFactory()

    Receipt.record(SIDECAR, user)
    Receipt.record(SIDECAR, user)

    assert Receipt.objects.filter(user=user).count() == 2


@pytest.mark.django_db(transaction=True)
def test_readers_who_meet_leave_one_receipt():
    barrier = threading.Barrier(4)

    def record():
        barrier.wait(20)
        Receipt.record(SIDECAR)
        connection.close()

    threads = [threading.Thread(target=record) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Receipt.objects.count() == 1
