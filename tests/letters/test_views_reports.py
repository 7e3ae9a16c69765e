"""The pages of the reports: who gets what, and that a file is what it says."""

import base64
import csv
import datetime as dt
import hashlib
import html
import io
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from casefile.receipts import Receipt
from letters.reports import REPORTS
from letters.states import State
from tests.addresses import make_record
from tests.factories import (
    AwardEventFactory,
    AwardFactory,
    JurisdictionFactory,
    LetterFactory,
    ProceedingFactory,
    ResponseFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PUBLIC = [report.name for report in REPORTS if not report.staff_only]
MARK = "only-staff-see-this"


def csv_of(client, name="letters", **query):
    return client.get(reverse("report_csv", args=[name]), query)


def about(client, name="letters", **query):
    return client.get(reverse("report_about", args=[name]), query)


def page_of(client, name="letters", **query):
    return client.get(reverse("report_detail", args=[name]), query)


def keys(response):
    """Return the first column of a CSV."""
    assert response.status_code == 200, response.content
    text = response.getvalue().decode("utf-8-sig")
    return [row[0] for row in csv.reader(io.StringIO(text, newline=""))][1:]


# What page and file hold


def make_varied_record():
    """Make rows of which each filter of a list keeps some."""
    letter = make_record()
    chicago = JurisdictionFactory(slug="chicago-il", name="City of Chicago", geoid="1714000")
    for number, state in enumerate(["CA", "NY"]):
        jurisdiction = JurisdictionFactory(slug=f"place-{number}", state=state, kind="state")
        LetterFactory(key=f"letter-{number}", jurisdiction=jurisdiction, deadline="2018-03-12")
        award = AwardFactory(
            key=f"won-{number}",
            jurisdiction=jurisdiction,
            fiscal_year=2016,
            amount_basis="awarded",
        )
        AwardEventFactory(award=award, axis="dispute", award_status="cleared")
    ResponseFactory(letter=LetterFactory(key="refused", jurisdiction=chicago), kind="refusal")
    StatementFactory(
        key="unnamed", speaker=None, speaker_title="A spokesman", attribution="unnamed",
        side="federal", kind="paraphrase",
    ).jurisdictions.add(chicago)  # fmt: skip
    ProceedingFactory(key="another-suit").jurisdictions.add(chicago)
    return letter


LISTS = {
    "letters": ("letter_list", "letters"),
    "jurisdictions": ("jurisdiction_list", "jurisdictions"),
    "statements": ("statement_list", "statements"),
    "proceedings": ("proceeding_list", "proceedings"),
}
FILTERS = [
    *(("letters", {"state": state}) for state in State),
    ("letters", {"exposure": "no response"}),
    ("letters", {"due_soon": "true"}),
    ("letters", {"enforcement": "subpoena_threatened"}),
    ("letters", {"round": "the-round"}),
    ("letters", {"jurisdiction": "chicago-il"}),
    ("letters", {"usps": "CA"}),
    ("letters", {"q": "Chicago"}),
    ("letters", {"usps": "NY", "state": "awaiting", "sort": "deadline"}),
    ("jurisdictions", {"kind": "state"}),
    ("jurisdictions", {"usps": "NY"}),
    ("jurisdictions", {"state": "refused"}),
    ("jurisdictions", {"exposure": "incomplete"}),
    ("jurisdictions", {"q": "Chicago"}),
    ("statements", {"side": "federal"}),
    ("statements", {"attribution": "unnamed"}),
    ("statements", {"kind": "paraphrase"}),
    ("statements", {"official": "the-official"}),
    ("statements", {"jurisdiction": "chicago-il"}),
    ("proceedings", {"jurisdiction": "chicago-il"}),
    ("proceedings", {"q": "Sessions"}),
    *((name, {}) for name in LISTS),
]


@pytest.mark.parametrize(("name", "asked"), FILTERS, ids=str)
def test_file_holds_what_the_page_lists(client, name, asked):
    make_varied_record()
    address, path = LISTS[name]
    asked = asked | {"as_of": "2018-03-10"}

    page = client.get(reverse(address), asked).content.decode()
    file = csv_of(client, name, **asked)

    table = page[page.index('class="found"') : page.index("</main>")]
    assert set(keys(file)) == set(re.findall(rf'href="/{path}/([\w-]+)/', table))
    assert len(keys(file)) == len(set(keys(file)))


@pytest.mark.parametrize(
    "asked",
    [
        {"fiscal_year": "2016"},
        {"usps": "CA"},
        {"basis": "awarded"},
        {"dispute": "cleared"},
        {"dispute": "none"},
        {"money": "on_hold"},
        {"jurisdiction": "the-jurisdiction"},
        {"q": "Springfield"},
        {},
    ],
    ids=str,
)
def test_grants_file_holds_what_the_page_counts(client, asked):
    make_varied_record()

    page = client.get(reverse("grant_list"), asked).content.decode()

    found = re.search(r'data-total="(\d+)"', page)[1]
    assert len(keys(csv_of(client, "grants", **asked))) == int(found)


@pytest.mark.parametrize(
    ("address", "name"), [*((a, n) for n, (a, _) in LISTS.items()), ("grant_list", "grants")]
)
def test_list_links_to_its_rows_as_a_file(client, address, name):
    make_varied_record()

    page = client.get(reverse(address), {"q": "Springfield", "page": "1", "as_of": "2018-03-10"})
    link = html.unescape(
        re.search(r'href="([^"]+)"[^>]*>Download these rows', page.content.decode())[1]
    )

    assert link == f"/reports/{name}.csv?as_of=2018-03-10&q=Springfield"
    assert client.get(link).status_code == 200


@pytest.mark.parametrize("name", PUBLIC)
def test_page_shows_the_first_rows_the_columns_and_the_downloads(client, name):
    make_record()
    report = next(report for report in REPORTS if report.name == name)

    content = page_of(client, name).content.decode()

    assert keys(csv_of(client, name))[0] in content
    for column in report.columns:
        assert html.escape(column.description) in content
    for link in re.findall(r'href="(/reports/[^"]+\.csv[^"]*)"', content):
        assert client.get(html.unescape(link)).status_code == 200


def test_list_of_reports_names_each_and_the_whole_record(client):
    content = client.get(reverse("report_list")).content.decode()

    assert [name for name in PUBLIC if f'href="/reports/{name}/"' not in content] == []
    assert reverse("record_zip") in content
    assert "coverage" not in content


def test_links_of_a_report_keep_what_was_asked(client):
    LetterFactory(deadline="2018-02-23")

    content = page_of(client, state="overdue", as_of="2018-03-10", excel="1").content.decode()

    links = re.findall(r'href="(/reports/letters\.csv(?:\?[^"]*)?)"', content)
    assert {html.unescape(link) for link in links} == {
        "/reports/letters.csv?as_of=2018-03-10&state=overdue",
        "/reports/letters.csv?as_of=2018-03-10&state=overdue&excel=1",
        "/reports/letters.csv?as_of=2018-03-10&state=overdue&raw=1",
    }


# What comes with the file


def test_file_is_described_by_its_headers(client):
    LetterFactory()

    response = csv_of(client, as_of="2018-03-10")

    digest = hashlib.sha256(response.content)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == (
        'attachment; filename="casefile-letters-2018-03-10.csv"'
    )
    assert response["Content-Length"] == str(len(response.content))
    assert response["ETag"] == f'"{digest.hexdigest()}"'
    sum_of_body = base64.b64encode(digest.digest()).decode()
    assert response["Repr-Digest"] == f"sha-256=:{sum_of_body}:"
    assert response["Casefile-Rows"] == "1"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert not response.cookies


def test_sidecar_tells_what_the_file_is(client):
    LetterFactory(jurisdiction__state="IL")
    LetterFactory(jurisdiction__state="CA")

    sidecar = about(client, usps="IL", as_of="2018-03-10").json()
    file = csv_of(client, usps="IL", as_of="2018-03-10")

    assert sidecar["sha256"] == hashlib.sha256(file.content).hexdigest()
    assert (sidecar["rows"], sidecar["bytes"]) == (1, len(file.content))
    assert (sidecar["as_of"], sidecar["filters"]) == ("2018-03-10", {"usps": "IL"})
    assert sidecar["inclusion"] == "Published entries; filtered: usps=IL; 1 of 2 rows."
    assert dt.datetime.fromisoformat(sidecar["written_at"]) <= timezone.now()
    assert str(sidecar["revision"]) == file["Casefile-Revision"]


def test_file_that_did_not_change_is_not_sent_again(client):
    letter = LetterFactory()
    etag = csv_of(client)["ETag"]

    same = client.get(reverse("report_csv", args=["letters"]), headers={"If-None-Match": etag})
    letter.addressee = "Somebody"
    letter.save()
    changed = client.get(reverse("report_csv", args=["letters"]), headers={"If-None-Match": etag})

    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    assert changed.status_code == 200


def test_head_tells_the_size_without_the_file(client):
    LetterFactory()

    response = client.head(reverse("report_csv", args=["letters"]))

    assert response.content == b""
    assert response["Content-Length"] == str(len(csv_of(client).content))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"stat": "overdue"}, "This report has no filter named stat. Did you mean state?"),
        ({"zzz": "1"}, "This report has no filter named zzz. Known: as_of,"),
        ({"state": "nowhere"}, "state: "),
        ({"round": "no-such-round"}, "round: This is not on the record as of the day."),
        ({"state": ["overdue", "open"]}, "state is given more than once."),
        ({"raw": "yes"}, "raw must be 1 or 0."),
        ({"known_on": "yesterday"}, "known_on is not a moment. Type a past moment with its zone,"),
        ({"known_on": "2026-01-01T00:00:00"}, "known_on is not a moment."),
        ({"known_on": "2999-01-01T00:00:00Z"}, "known_on lies in the future."),
        ({"as_of": "2018-02-30"}, "as_of is not a day."),
    ],
    ids=str,
)
def test_question_that_makes_no_sense_is_answered_with_what_would_be_right(client, query, sentence):
    LetterFactory()

    for answer in (csv_of(client, **query), about(client, **query)):
        assert answer.status_code == 400
        assert sentence in html.unescape(answer.content.decode())
    assert page_of(client, **query).status_code == 400


def test_report_of_no_rows_is_its_header(client):
    assert csv_of(client).content.startswith(b"key,round,jurisdiction,date,deadline,")
    assert "No row on record fits." in page_of(client).content.decode()


def test_unknown_report_is_not_found(client):
    assert csv_of(client, "nothing").status_code == 404
    assert page_of(client, "nothing").status_code == 404


# Drafts


ROLES = {
    "a reader": None,
    "an account without a group": "",
    "an editor": "Editors",
    "a reviewer": "Reviewers",
    "an administrator": "Administrators",
}
MAY = {"a reviewer", "an administrator"}


@pytest.fixture(params=ROLES)
def role(request, client):
    group = ROLES[request.param]
    if group is not None:
        client.force_login(UserFactory(group=group or None, is_staff=bool(group)))
    return request.param


@pytest.mark.parametrize("name", [report.name for report in REPORTS])
def test_drafts_are_for_reviewers_and_administrators_alone(client, role, name):
    LetterFactory(key=MARK, status="draft")
    staff_only = name not in PUBLIC
    wanted = 200 if role in MAY else 404 if staff_only else 403

    for ask in (csv_of, about, page_of):
        response = ask(client, name, drafts="1")
        assert response.status_code == wanted, ask
        if wanted != 200:
            assert MARK.encode() not in response.content
    if staff_only:
        assert csv_of(client, name).status_code == (200 if role in MAY else 404)
    else:
        assert MARK.encode() not in csv_of(client, name).getvalue()


def test_file_with_drafts_says_so_and_is_kept_nowhere(client, settings):
    reviewer = UserFactory(group="Reviewers")
    client.force_login(reviewer)
    LetterFactory(key="a-draft", status="draft")
    LetterFactory(key="published-one")

    response = csv_of(client, drafts="1", as_of="2018-03-10")

    rows = csv.DictReader(io.StringIO(response.getvalue().decode(), newline=""))
    assert {row["key"]: row["status"] for row in rows} == {
        "a-draft": "draft",
        "published-one": "published",
    }
    assert "with-drafts" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"
    assert not settings.REPORT_ROOT.exists()
    receipt = Receipt.objects.get()
    assert (receipt.user, receipt.question["drafts"]) == (reviewer, True)
    assert receipt.question["inclusion"].startswith("Published entries and drafts; all 2 rows")


def test_filter_of_a_report_with_drafts_counts_drafts(client):
    client.force_login(UserFactory(group="Reviewers"))
    letter = LetterFactory(jurisdiction__slug="chicago-il")
    ResponseFactory(letter=letter, kind="refusal", status="draft")
    asked = {"state": "refused", "as_of": "2018-03-10"}

    assert keys(csv_of(client, "jurisdictions", **asked)) == []
    assert keys(csv_of(client, "jurisdictions", drafts="1", **asked)) == ["chicago-il"]


def test_link_to_drafts_is_shown_to_those_who_may(client, role):
    shown = "drafts=1" in page_of(client).content.decode()

    assert shown is (role in MAY)
    assert ("coverage" in client.get(reverse("report_list")).content.decode()) is (role in MAY)


def test_permission_that_opens_drafts_is_that_to_publish():
    permission = Permission.objects.get(codename="publish_letter")

    assert set(permission.group_set.values_list("name", flat=True)) == {
        "Reviewers",
        "Administrators",
    }


# Receipts and the check


def check(client, content):
    file = SimpleUploadedFile("letters.csv", content, "text/csv")
    return client.post(reverse("report_check"), {"file": file}).content.decode()


def test_whole_file_is_known_with_what_it_shows(client):
    LetterFactory(jurisdiction__state="IL")
    LetterFactory(jurisdiction__state="CA")
    content = csv_of(client, usps="IL", as_of="2018-03-10").content

    answer = check(client, content)

    assert "Whole." in answer
    assert "filtered: usps=IL; 1 of 2 rows." in answer
    assert "2018-03-10" in answer
    assert hashlib.sha256(content).hexdigest() in answer


@pytest.mark.parametrize(
    "change",
    [lambda b: b[:-1], lambda b: b + b"\n", lambda b: b.replace(b"-", b"_", 1), lambda b: b""],
)
def test_file_that_was_cut_or_changed_is_unknown(client, change):
    LetterFactory()
    content = csv_of(client).content

    answer = check(client, change(content))

    assert "Unknown." in answer
    assert "Whole." not in answer


def test_sum_may_be_pasted_instead_of_the_file(client):
    LetterFactory()
    sha256 = csv_of(client)["ETag"].strip('"')
    address = reverse("report_check")

    assert "Whole." in client.get(address, {"sha256": f" {sha256.upper()} "}).content.decode()
    assert "Unknown." in client.get(address, {"sha256": "0" * 64}).content.decode()
    assert client.get(address, {"sha256": "no sum"}).status_code == 400
    assert client.post(address).status_code == 400
    assert client.get(address).status_code == 200


def test_large_file_is_checked_and_kept_nowhere(client, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    assert "Unknown." in check(client, b"key\n" * 2_000_000)

    assert list(tmp_path.iterdir()) == []


def test_file_with_drafts_is_unknown_to_readers(client):
    client.force_login(UserFactory(group="Reviewers"))
    LetterFactory(status="draft")
    content = csv_of(client, drafts="1").getvalue()
    client.logout()

    assert Receipt.objects.count() == 1
    assert "Unknown." in check(client, content)


def test_readers_leave_one_receipt_and_staff_one_each_time(client):
    LetterFactory()
    csv_of(client)
    csv_of(client)
    client.force_login(user := UserFactory())
    csv_of(client)
    csv_of(client)

    assert Receipt.objects.filter(user=None).count() == 1
    assert Receipt.objects.filter(user=user).count() == 2


def test_same_bytes_for_two_questions_have_both_receipts(client):
    LetterFactory(jurisdiction__state="IL", key="overdue-one")
    csv_of(client, usps="IL", as_of="2018-03-10")

    content = csv_of(client, state="overdue", as_of="2018-03-10").content
    answer = check(client, content)

    assert "usps=IL" in answer
    assert "state=overdue" in answer


@pytest.mark.parametrize("name", PUBLIC)
def test_pages_and_files_take_a_fixed_number_of_queries(
    client, name, django_assert_max_num_queries
):
    make_varied_record()
    csv_of(client, name)  # content types are looked up once per process

    with django_assert_max_num_queries(10):
        csv_of(client, name, as_of="2018-03-10")
    with django_assert_max_num_queries(4):
        csv_of(client, name, as_of="2018-03-10")
    with django_assert_max_num_queries(14):
        page_of(client, name)
