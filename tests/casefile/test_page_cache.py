"""Kept pages: each has its entity tag, an edit shows at once, nothing stale is ever served."""

import http.client
import itertools
import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.conf import settings as site
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import engines
from django.template.loaders import cached
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from casefile.as_of import AsOfMiddleware
from casefile.page_cache import PageCache, PageCacheMiddleware
from letters.models import Letter, Proceeding, Statement
from letters.views.details import letter_detail
from tests.addresses import make_record, public_addresses
from tests.factories import LetterFactory
from tests.server import running

pytestmark = pytest.mark.django_db
in_real_transactions = pytest.mark.django_db(transaction=True)

# These look after themselves: files with sums of their own, what shows receipts, the sign of
# life.
NOT_KEPT = (
    "report_csv",
    "report_about",
    "report_check",
    "record_zip",
    "healthz",
)
# One report stands for all.
ADDRESSES = {
    name: address
    for name, address in public_addresses().items()
    if " " not in name or name.endswith(" letters")
}
PAGES = {name: address for name, address in ADDRESSES.items() if not name.startswith(NOT_KEPT)}
OTHERS = {name: address for name, address in ADDRESSES.items() if name not in PAGES}
# What is public no more once letters, statements and proceedings are taken back.
TAKEN_BACK = {
    f"the-{name}" for name in ("letter", "statement", "proceeding", "official", "source", "round")
}


@pytest.fixture(autouse=True)
def pages_are_kept(settings, pages_are_made_afresh):
    settings.KEEP_PAGES = True
    caches["pages"].clear()
    caches["parts"].clear()


@pytest.fixture
def record():
    return make_record()


def test_templates_are_read_once_in_a_process():
    (loader,) = engines["django"].engine.template_loaders

    assert isinstance(loader, cached.Loader)


def again(client, response, address):
    """Ask again as a browser does that has an answer."""
    return client.get(address, headers={"If-None-Match": response["ETag"]})


def shown(response):
    """Return what a reader gets: status, headers and body, without the request's own name."""
    headers = dict(response.headers)
    del headers["X-Request-ID"]
    return response.status_code, headers, response.content


def asked(view):
    """Return the headers and content that a reader gets of a view behind the kept pages."""

    def site(environ, start_response):
        response = PageCacheMiddleware(view)(WSGIRequest(environ))
        start_response(f"{response.status_code} {response.reason_phrase}", [*response.items()])
        return response

    said = {}

    def start_response(status, headers, exc_info=None):
        said.update(headers)

    environ = RequestFactory().get("/letters/a-letter/").environ
    content = b"".join(PageCache(site)(environ, start_response))
    said.pop("X-Request-ID", None)
    return said, content


def count_of_kept():
    return len(caches["pages"]._cache)


def test_every_page_is_made_once_and_then_costs_one_query(
    client, record, django_assert_num_queries
):
    for number, address in enumerate(PAGES.values(), start=1):
        made = client.get(address)
        with django_assert_num_queries(3):
            kept, head = client.get(address), client.head(address)
            same = again(client, made, address)

        assert made.status_code == 200, address
        assert made["Cache-Control"] == "public, max-age=0, must-revalidate", address
        assert "stale-while-revalidate=30, stale-if-error=86400" in made["CDN-Cache-Control"]
        assert "Cookie" not in made.get("Vary", ""), address
        assert not made.cookies, address
        assert shown(kept) == shown(made), address
        assert shown(head)[:2] == shown(made)[:2], address
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", made["ETag"]), address
        assert same["Cache-Control"] == made["Cache-Control"], address
        assert count_of_kept() == number, address


def test_every_page_is_made_again_once_the_record_changes(client, record):
    before = {address: client.get(address) for address in PAGES.values()}

    Letter.objects.filter(pk=record.pk).update(addressee="The Honorable Alex Example")
    after = {address: again(client, old, address) for address, old in before.items()}

    for address, new in after.items():
        assert new.status_code == 200, address
        assert new["ETag"] != before[address]["ETag"], address


def test_every_page_that_is_taken_back_is_gone_for_who_has_it(client, record):
    before = {address: client.get(address)["ETag"] for address in PAGES.values()}

    for kind in (Letter, Statement, Proceeding):
        kind.objects.update(status="retracted")
    gone = set()
    for address, tag in before.items():
        later = "Fri, 01 Jan 2100 00:00:00 GMT"
        after = client.get(address, headers={"If-None-Match": tag, "If-Modified-Since": later})

        assert after.status_code in (200, 404), address
        assert after.get("ETag") != tag, address
        if after.status_code == 404:
            gone.add(address)
            assert after["Cache-Control"] == "no-store", address
            assert "CDN-Cache-Control" not in after, address

    assert gone == {address for address in before if any(key in address for key in TAKEN_BACK)}


def test_every_page_of_who_brings_a_session_is_kept_by_nobody(client, record):
    before = {address: client.get(address) for address in PAGES.values()}
    client.cookies[site.SESSION_COOKIE_NAME] = "whatever"

    for address, old in before.items():
        caches["pages"].set(old["ETag"].strip('"'), ([], b"Kept"))
        private = again(client, old, address)

        assert (private.status_code, private.content) == (200, old.content), address
        assert private["Cache-Control"] == "private, no-store", address
        assert "ETag" not in private, address
        assert "CDN-Cache-Control" not in private, address
    assert count_of_kept() == len(PAGES)


def test_what_looks_after_itself_is_left_alone(client, record):
    for address in OTHERS.values():
        response = client.get(address)

        assert response.status_code == 200, address
        assert "CDN-Cache-Control" not in response, address
    assert count_of_kept() == 0


def test_every_page_of_the_site_is_here():
    assert len(PAGES) >= 20


def test_same_question_in_any_order_makes_one_page(client, record, django_assert_num_queries):
    asked = [
        "state=overdue",
        "usps=IL",
        "q=",
        "as_of=2018-03-01",
        "round=the-round",
        "exposure=",
        "page=1",
    ]
    orders = list(itertools.permutations(asked))
    orders = random.Random(7).sample(orders, 1000)
    first = client.get(f"/letters/?{'&'.join(orders[0])}")

    with django_assert_num_queries(2 * 999):  # one for who is led to the page, and one for it
        answers = {client.get(f"/letters/?{'&'.join(order)}").content for order in orders[1:]}

    assert answers == {first.content}
    assert count_of_kept() == 1


def test_page_follows_from_its_question_and_not_from_how_its_first_reader_put_it(client, record):
    with_blank = client.get("/letters/?usps=IL&state=&page=")
    plain = client.get("/letters/?usps=IL")
    caches["pages"].clear()
    caches["parts"].clear()
    plain_first = client.get("/letters/?usps=IL")

    assert with_blank.content == plain.content == plain_first.content


@pytest.mark.parametrize(
    "other",
    [
        "/letters/?usps=IL",
        "/letters/?as_of=2018-03-01",
        "/letters/?page=2",
        "/rounds/",
    ],
)
def test_another_question_is_another_page(client, record, other):
    tags = {client.get(address)["ETag"] for address in ("/letters/", other)}

    assert len(tags) == 2


def test_another_host_release_or_day_is_another_page(client, record, settings, time_machine):
    tags = [client.get("/letters/")["ETag"]]
    tags.append(client.get("/letters/", headers={"Host": "localhost"})["ETag"])
    tags.append(client.get("/letters/", secure=True)["ETag"])
    settings.RELEASE = "next"
    tags.append(client.get("/letters/")["ETag"])
    time_machine.move_to("2030-01-01T04:59:00Z", tick=False)  # 31 December in New York
    tags.append(client.get("/letters/")["ETag"])
    time_machine.move_to("2030-01-01T05:01:00Z", tick=False)
    tags.append(client.get("/letters/")["ETag"])
    # A page of a past day offers days up to today, so it changes at midnight as well.
    tags.append(client.get("/letters/?as_of=2018-03-01")["ETag"])
    time_machine.move_to("2030-01-02T05:01:00Z", tick=False)
    tags.append(client.get("/letters/?as_of=2018-03-01")["ETag"])

    assert len(set(tags)) == len(tags)


def test_page_of_each_language_is_kept_by_itself(client, record):
    english, spanish = client.get("/letters/"), client.get("/es/letters/")

    assert spanish["ETag"] != english["ETag"]
    assert shown(client.get("/letters/")) == shown(english)
    assert shown(client.get("/es/letters/")) == shown(spanish)
    assert count_of_kept() == 2


def test_what_sets_headers_stands_before_the_entity_tags():
    order = [name.rpartition(".")[2] for name in site.MIDDLEWARE]
    tags = order.index("PageCacheMiddleware")

    assert order.index("StaticFilesMiddleware") < tags < order.index("SessionMiddleware")
    assert order.index("LanguageMiddleware") < tags


@in_real_transactions
def test_every_kept_page_is_sent_as_its_first_reader_got_it():
    def sent(address, method="GET", **headers):
        browser = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        with closing(browser):
            browser.request(method, address, headers=headers)
            answer = browser.getresponse()
            said = {name.lower(): text for name, text in answer.getheaders()}
            del said["date"], said["x-request-id"]
            return answer.status, said, answer.read()

    with transaction.atomic():
        make_record()
    with running() as server:
        for address in PAGES.values():
            made = sent(address)
            status, headers, _content = made
            tag = headers["etag"]
            of_content = {"content-type", "content-length"}
            others = {name: text for name, text in headers.items() if name not in of_content}

            assert status == 200, address
            assert sent(address) == made, address
            assert sent(address, "HEAD") == (200, headers, b""), address
            assert sent(address, **{"If-None-Match": tag}) == (304, others, b""), address


@in_real_transactions
def test_who_has_a_page_is_told_so_by_a_server_that_has_not_made_it(client):
    with transaction.atomic():
        make_record()
    tag = client.get("/letters/")["ETag"]
    caches["pages"].clear()

    with CaptureQueriesContext(connection) as queries:
        unchanged = client.get("/letters/", headers={"If-None-Match": tag})

    assert (unchanged.status_code, len(queries), count_of_kept()) == (304, 1, 0)
    assert unchanged["Content-Security-Policy"]


def test_page_whose_first_reader_asked_for_its_head_is_whole(client, record):
    head = client.head("/letters/")
    page = client.get("/letters/")

    assert head.content == b""
    assert len(page.content) == int(page["Content-Length"])


@pytest.mark.parametrize(
    "header", ['W/"{tag}"', '"another", "{tag}"', '"another",W/"{tag}" ', '"{tag}"']
)
def test_entity_tags_are_compared_weakly_and_in_any_list(client, record, header):
    tag = client.get("/letters/")["ETag"].strip('"')

    response = client.get("/letters/", headers={"If-None-Match": header.format(tag=tag)})

    assert response.status_code == 304


@pytest.mark.parametrize("address", ["/letters/none-such/", "/none-such/", "/letters/?state=none"])
@pytest.mark.parametrize("tag", ["*", '"*"', '"00"', "", ",,"])
def test_error_is_no_page(client, record, address, tag):
    response = client.get(address, headers={"If-None-Match": tag})

    assert response.status_code in (400, 404)
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert count_of_kept() == 0


def with_cookie(request):
    response = HttpResponse("page")
    response.set_cookie("a", "b")
    return response


@pytest.mark.parametrize(
    "answer",
    [
        with_cookie,
        lambda request: HttpResponse("page", headers={"Vary": "Accept-Language"}),
        lambda request: HttpResponse("page", headers={"Vary": "*"}),
        lambda request: HttpResponse("page", headers={"Cache-Control": "private"}),
        lambda request: HttpResponse("page", headers={"ETag": '"own"'}),
        lambda request: HttpResponse(status=302, headers={"Location": "/"}),
        lambda request: HttpResponse(status=503),
    ],
)
def test_answer_that_is_not_for_every_reader_is_not_kept(answer):
    headers, _content = asked(answer)

    assert headers.get("ETag") in (None, '"own"')
    assert "CDN-Cache-Control" not in headers
    assert count_of_kept() == 0


def test_answer_for_every_reader_is_kept():
    first = asked(lambda request: HttpResponse("page"))

    assert "CDN-Cache-Control" in first[0]
    assert asked(lambda request: HttpResponse("another")) == first


def test_form_with_a_token_against_forgery_is_not_kept(client):
    response = client.get("/admin/login/")

    assert response.cookies
    assert "ETag" not in response
    assert count_of_kept() == 0


def test_readers_get_pages_while_the_place_that_keeps_them_is_away(
    client, record, settings, tmp_path, caplog
):
    before = client.get("/letters/")
    (tmp_path / "pages").write_text("a file where a folder was")
    away = {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": tmp_path / "pages",
    }
    settings.CACHES = settings.CACHES | {"pages": away}

    after = client.get("/letters/")

    assert shown(after) == shown(before)
    assert "Pages can't be kept now" in caplog.text


def test_sign_of_life_still_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/healthz")


def test_draft_leaves_every_page_and_its_tag(client, record):
    addresses = list(PAGES.values())
    before = [shown(client.get(address)) for address in addresses]

    LetterFactory(status="draft", round=record.round)

    assert [shown(client.get(address)) for address in addresses] == before


# Two transactions at once, each on a connection of its own.


@pytest.fixture
def letter(transactional_db):
    with transaction.atomic():
        return LetterFactory(key="the-letter", addressee="The Honorable Example 0")


def edit(letter, number):
    Letter.objects.filter(pk=letter.pk).update(addressee=f"The Honorable Example {number}")


def page(before=lambda: None, after=lambda: None):
    """Return the letter's page as a reader gets it: its entity tag, and the number of its edit.

    ``before`` and ``after`` are what happens between the look at the revision and the making of
    the page, and between its making and its keeping.
    """

    def make(request):
        before()
        response = letter_detail(request, "the-letter")
        after()
        return response

    headers, content = asked(AsOfMiddleware(make))
    return headers["ETag"], int(re.search(rb"Honorable Example (\d+)", content)[1])


def elsewhere(work, *args, **kwargs):
    """Do some work on another connection, and return what it returns."""

    def run():
        try:
            return work(*args, **kwargs)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(run).result(30)


@in_real_transactions
def test_page_that_was_made_before_a_commit_is_not_shown_after_it(letter):
    with transaction.atomic():
        edit(letter, 1)
        during = [elsewhere(page), elsewhere(page)]
    after = [elsewhere(page), elsewhere(page)]

    assert [number for _, number in (*during, *after)] == [0, 0, 1, 1]
    assert during[0] == during[1] != after[0] == after[1]


@in_real_transactions
@pytest.mark.parametrize("moment", ["before", "after"])
def test_edit_that_commits_while_a_page_is_made_shows_at_once(letter, moment):
    def commit():
        elsewhere(edit, letter, 1)

    tag, number = page(**{moment: commit})
    after = [page(), elsewhere(page)]

    # Newer than the revision that was looked at, or made of it: never older.
    assert number == (1 if moment == "before" else 0)
    assert after[0] == after[1]
    assert after[0][0] != tag
    assert after[0][1] == 1


@in_real_transactions
def test_each_of_two_edits_at_once_shows_as_it_commits(letter):
    with transaction.atomic():
        another = LetterFactory(key="another-letter", addressee="The Honorable Example 0")
    began, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            edit(letter, 1)
            began.set()
            assert may_commit.wait(30)

    seen = [page()]
    thread = threading.Thread(target=elsewhere, args=(slow,))
    thread.start()
    assert began.wait(30)
    edit(another, 1)
    seen.append(page())
    may_commit.set()
    thread.join(30)
    seen.append(page())

    assert [number for _, number in seen] == [0, 0, 1]
    assert len({tag for tag, _ in seen}) == 3


@in_real_transactions
def test_who_asks_after_a_commit_never_gets_what_was_before_it(letter):
    committed = [0]
    has_ended = threading.Event()

    def read():
        while not has_ended.is_set():
            known = committed[0]
            number = page()[1]
            stale.extend([(known, number)] if number < known else [])
            read_pages.append(number)

    stale, read_pages = [], []
    readers = [threading.Thread(target=elsewhere, args=(read,)) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(1, 60):
        edit(letter, number)
        committed[0] = number
    has_ended.set()
    for reader in readers:
        reader.join(30)

    assert stale == []
    assert len(set(read_pages)) > 1


@in_real_transactions
def test_reader_does_not_notice_that_the_database_was_away(letter):
    tag, _ = page()

    elsewhere(end_connection, connection.connection.info.backend_pid)

    assert page() == (tag, 0)


def end_connection(backend):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


@in_real_transactions
def test_edit_that_is_rolled_back_leaves_the_page_and_its_tag(letter):
    before = page()

    with transaction.atomic():
        edit(letter, 1)
        transaction.set_rollback(True)

    assert page() == before
