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
from tests.factories import AwardFactory, LetterFactory, ResponseFactory, UserFactory
from tests.letters.report_pages import about, csv_of, keys, page_of

pytestmark = pytest.mark.django_db

PUBLIC = [report.name for report in REPORTS if not report.staff_only]
MARK = "only-staff-see-this"


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


def test_drafts_are_for_reviewers_and_administrators_alone(client, role):
    LetterFactory(key=MARK, status="draft")

    for report in REPORTS:
        name, staff_only = report.name, report.staff_only
        wanted = 200 if role in MAY else 404 if staff_only else 403
        for ask in (csv_of, about, page_of):
            response = ask(client, name, drafts="1")
            assert response.status_code == wanted, (ask, name)
            if wanted != 200:
                assert MARK.encode() not in response.content, (ask, name)
        if staff_only:
            assert csv_of(client, name).status_code == (200 if role in MAY else 404)
        else:
            assert MARK.encode() not in csv_of(client, name).getvalue(), name


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


@pytest.mark.django_db(transaction=True)
def test_choices_of_awards_of_a_past_record_are_counted_in_it(client):
    """Kept sums are those of today: the past record has its own."""
    AwardFactory(jurisdiction__state="CA")
    moment = timezone.now()
    AwardFactory(jurisdiction__state="VT")

    now = client.get("/reports/grants/").context["facets"]["usps"].choices
    known = client.get("/reports/grants/", {"known_on": moment.isoformat()})
    again = client.get("/reports/grants/").context["facets"]["usps"].choices

    assert {choice.value: choice.count for choice in now} == {"CA": 1, "VT": 1}
    choices = known.context["facets"]["usps"].choices
    assert {choice.value: choice.count for choice in choices} == {"CA": 1}
    assert again == now
