"""Parts of lists are made once for all pages that have them, and show what a fresh page shows."""

import random

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casefile.entries import Status
from letters.models import Letter
from tests.desk import DeskClient
from tests.factories import ExtensionFactory, LetterFactory, ResponseFactory, UserFactory

pytestmark = pytest.mark.django_db

ASKED = [
    f"{prefix}/letters/{query}"
    for prefix in ("", "/es")
    for query in (
        "",
        "?page=2",
        "?sort=oldest",
        "?state=overdue",
        "?sort=deadline&state=overdue",
        "?as_of=2018-02-24",
        "?as_of=2018-02-24&state=overdue",
        "?exposure=nonsense",
    )
] + ["/jurisdictions/", "/timeline/", "/timeline/?kind=letters"]


@pytest.fixture
def asks(settings):
    """Return a function that asks for a page whose parts are kept, or for one made afresh."""

    def client(is_kept):
        settings.KEEP_PAGES = is_kept
        client = DeskClient()
        client.handler.load_middleware()
        return client

    clients = {is_kept: client(is_kept) for is_kept in (True, False)}

    def ask(address, is_kept=True):
        caches["pages"].clear()  # a whole page would hide its parts
        settings.KEEP_PAGES = is_kept
        return clients[is_kept].get(address).content

    caches["parts"].clear()
    return ask


@pytest.fixture
def letters():
    return LetterFactory.create_batch(60)


def test_lists_of_kept_parts_are_those_made_afresh_after_any_edit(asks, letters):
    chance = random.Random(20180124)
    edits = [
        lambda letter: ResponseFactory(letter=letter, date="2018-02-20", kind="partial"),
        lambda letter: ExtensionFactory(letter=letter, date="2018-02-01"),
        lambda letter: Letter.objects.filter(pk=letter.pk).update(verified_through="2018-03-01"),
        lambda letter: (
            type(letter.jurisdiction)
            .objects.filter(pk=letter.jurisdiction_id)
            .update(name="Village of Elsewhere")
        ),
        lambda letter: Letter.objects.filter(pk=letter.pk).update(status=Status.RETRACTED),
        lambda letter: LetterFactory(round=letter.round),
    ]

    for edit in edits:
        edit(chance.choice(letters))
        for address in ASKED:
            assert asks(address) == asks(address, is_kept=False), address
            assert asks(address) == asks(address, is_kept=False), address


def test_pages_and_orders_of_a_list_count_its_rows_and_choices_once(asks, letters):
    asks("/letters/")

    with CaptureQueriesContext(connection) as queries:
        asks("/letters/?page=2")
        asks("/letters/?sort=oldest")

    assert len(queries) == 4  # the revision, and the rows


def test_staff_leave_no_part_to_readers(asks, letters):
    caches["parts"].clear()
    staff = DeskClient()
    staff.force_login(UserFactory(group="Editors"))

    assert staff.get("/letters/").status_code == 200

    assert not caches["parts"]._cache
