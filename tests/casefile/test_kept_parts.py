"""Parts of lists are made once for all pages that have them, and show what a fresh page shows."""

import random
from dataclasses import dataclass

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casefile.entries import Status
from casefile.kept_parts import keep_parts, kept_rows
from casefile.pagination import BoundedPaginator
from jurisdictions.models import Award
from letters.models import Letter, Round, Ruling, Statement
from tests.addresses import PAGES, make_record
from tests.desk import DeskClient
from tests.factories import (
    AwardEventFactory,
    ExtensionFactory,
    LetterFactory,
    ResponseFactory,
    RulingFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

LISTS = ["/jurisdictions/", "/rounds/", "/grants/", "/statements/", "/proceedings/"]
ASKED = [
    f"{prefix}/letters/{query}"
    for prefix in ("", "/es")
    for query in (
        "",
        "?page=2",
        "?page=2&sort=oldest",
        "?page=9",
        "?sort=oldest",
        "?state=overdue",
        "?sort=deadline&state=overdue",
        "?as_of=2018-02-24",
        "?as_of=2018-02-24&state=overdue",
        "?exposure=nonsense",
    )
] + [
    "/timeline/",
    "/timeline/?kind=letters",
    *LISTS,
    *(f"/es{address}" for address in LISTS),
    *(f"{address}?as_of=2018-02-24" for address in LISTS),
]


@dataclass(frozen=True)
class Row:
    pk: int


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
        lambda letter: Round.objects.filter(pk=letter.round_id).update(title="Second demand"),
        lambda letter: AwardEventFactory(award__jurisdiction=letter.jurisdiction),
        lambda letter: Award.objects.update(note="As reported"),
        lambda letter: StatementFactory(),
        lambda letter: Statement.objects.update(venue="", speaker_title="Mayor"),
        lambda letter: RulingFactory(),
        lambda letter: Ruling.objects.update(title="Order"),
    ]

    for edit in edits:
        edit(chance.choice(letters))
        for address in ASKED:
            afresh = asks(address, is_kept=False)
            assert asks(address) == afresh, address
            assert asks(address) == afresh, address


def test_pages_and_orders_of_a_list_count_its_rows_and_choices_once(asks, letters):
    asks("/letters/")

    with CaptureQueriesContext(connection) as queries:
        asks("/letters/?page=2")
        asks("/letters/?sort=oldest")

    assert len(queries) == 4  # the revision, and the rows


@pytest.mark.parametrize("address", ["/letters/?page=2", *LISTS])
def test_page_of_which_all_parts_are_kept_asks_for_the_revision_alone(asks, letters, address):
    RulingFactory()
    AwardEventFactory()
    StatementFactory()
    made = asks(address)

    with CaptureQueriesContext(connection) as queries:
        assert asks(address) == made

    assert len(queries) == 1


def test_row_that_is_kept_no_more_is_made_again(asks, letters):
    parts = caches["parts"]
    made = asks("/letters/")
    for key in random.Random(20180124).sample(list(parts._cache), 40):
        parts._delete(key)

    assert asks("/letters/") == made


def test_rows_that_are_newer_than_their_keys_are_shown_as_they_are(rf):
    """Between the look for the keys and the look for the rows, an edit may be published."""
    request = rf.get("/")
    keep_parts(request, "a revision")
    page = BoundedPaginator(3, 3).get_page(1)
    page.keys, page.object_list = [1, 2], [Row(1), Row(2)]
    kept_rows(request, "a row", page, lambda row: f"<old {row.pk}>")
    page.keys, page.object_list = [1, 2, 3], [Row(2), Row(4)]

    shown = kept_rows(request, "a row", page, lambda row: f"<new {row.pk}>")

    assert shown == "<old 2><new 4>"


def test_every_page_has_the_frame_of_its_own_address_and_day(asks, db):
    make_record()
    addresses = [
        f"{prefix}{address}{query}"
        for query in ("", "?as_of=2019-01-01", "?as_of=2018-03-01&as_of=2019-01-01", "?as_of=x")
        for prefix in ("", "/es")
        for address in [*PAGES.values(), "/nothing/"]
    ]

    for address in random.Random(20180124).sample(addresses, len(addresses)):
        assert asks(address) == asks(address, is_kept=False), address


def test_staff_leave_no_part_to_readers(asks, letters):
    caches["parts"].clear()
    staff = DeskClient()
    staff.force_login(UserFactory(group="Editors"))

    assert staff.get("/letters/").status_code == 200

    assert not caches["parts"]._cache
