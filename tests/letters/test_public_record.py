"""record.zip: what readers may see, described so that machines can check it, and loadable."""

import csv
import hashlib
import io
import json
import re
import zipfile

import frictionless
import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from casefile.bundle.archive import LONG_AGO
from casefile.models import Source
from letters.record import RECORD
from tests.addresses import make_record
from tests.factories import (
    AwardFactory,
    CitationFactory,
    EventFactory,
    JurisdictionFactory,
    LetterFactory,
    OfficialFactory,
    ResponseFactory,
    SourceFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ADDRESS = reverse("record_zip")


def download(client, **query):
    response = client.get(ADDRESS, query)
    assert response.status_code == 200
    return response.getvalue()


def members(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def tables(data):
    """Return the record's files; their description names a revision."""
    return {name: text for name, text in members(data).items() if name != "datapackage.json"}


def rows(data, file):
    return list(csv.DictReader(io.StringIO(members(data)[file].decode())))


@pytest.fixture
def letter():
    return make_record()


def test_record_is_a_valid_data_package(client, letter, tmp_path):
    (tmp_path / "record.zip").write_bytes(download(client))

    report = frictionless.validate(str(tmp_path / "record.zip"), type="package")

    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])
    assert len(report.tasks) == len(RECORD)


def test_changed_file_is_no_valid_data_package_any_more(client, letter, tmp_path):
    files = members(download(client))
    with zipfile.ZipFile(tmp_path / "record.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content.replace(b"Springfield", b"Shelbyville"))

    assert not frictionless.validate(str(tmp_path / "record.zip"), type="package").valid


def test_package_tells_sums_licence_day_and_revision(client, letter):
    files = members(download(client, as_of="2018-06-30"))
    package = json.loads(files["datapackage.json"])

    assert package["as_of"] == "2018-06-30"
    assert package["revision"] > 0
    assert package["licenses"][0]["name"] == "CC0-1.0"
    assert {resource["path"] for resource in package["resources"]} == {t.file for t in RECORD}
    for resource in package["resources"]:
        content = files[resource["path"]]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert all(field["name"] for field in resource["schema"]["fields"])


def test_same_record_and_day_give_the_same_bytes(client, letter, settings, tmp_path):
    first = download(client)

    settings.REPORT_ROOT = tmp_path / "elsewhere"

    assert download(client) == first
    archive = zipfile.ZipFile(io.BytesIO(first))
    assert {member.date_time for member in archive.infolist()} == {LONG_AGO}


def test_nothing_of_drafts_and_private_texts_is_in_it(client, letter):
    mark = "only-staff-see-this"
    before = download(client)
    LetterFactory(key=f"letter-{mark}", status="draft", addressee=mark)
    ResponseFactory(letter=letter, status="in_review", summary=mark, key=mark)
    ResponseFactory(letter=LetterFactory(status="retracted"), summary=mark)
    StatementFactory(status="draft", speaker__name=mark, text=mark)
    EventFactory(status="draft", title=mark)
    AwardFactory(cited=False, note=mark)
    JurisdictionFactory(slug=mark, name=mark)
    OfficialFactory(name=mark)
    SourceFactory(title=mark)
    CitationFactory(entry=LetterFactory(status="draft"), passage=mark, source__title=mark)
    letter.jurisdiction.parent = JurisdictionFactory(kind="state", slug="illinois", name=mark)
    letter.jurisdiction.save()
    source = Source.objects.get(key="the-source")
    source.text = f"We will satisfy the request. {mark}"
    source.save()

    again = download(client)

    assert tables(again) == tables(before)
    after = members(again)
    assert not [name for name, content in after.items() if mark.encode() in content]
    assert after.keys() == {*tables(before), "datapackage.json"}


def test_passage_that_a_public_entry_cites_is_in_it(client, letter):
    passages = [row["passage"] for row in rows(download(client), "citations.csv")]

    assert "We will satisfy the request." in passages


def test_cells_are_never_neutralised(client):
    LetterFactory(addressee="=1+1")

    assert [row["addressee"] for row in rows(download(client), "letters.csv")] == ["=1+1"]


def test_record_as_of_a_day_holds_what_was_on_the_record(client, letter):
    letter.withdrawn_on = "2018-05-01"
    letter.save()

    early = download(client, as_of="2018-01-31")

    assert [row["withdrawn_on"] for row in rows(early, "letters.csv")] == [""]
    assert rows(early, "responses.csv") == []
    assert rows(download(client), "letters.csv")[0]["withdrawn_on"] == "2018-05-01"


def test_record_has_a_receipt_and_is_not_sent_twice(client, letter):
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    sha256 = hashlib.sha256(first.getvalue()).hexdigest()
    check = client.get(reverse("report_check"), {"sha256": sha256})

    assert first["Content-Type"] == "application/zip"
    assert first["ETag"] == f'"{sha256}"'
    assert again.status_code == 304
    assert "Whole." in check.content.decode()


@pytest.mark.django_db(transaction=True)
@time_machine.travel("2026-11-24T17:00:00Z")  # no page changes its day between the two loads
def test_record_loads_into_an_empty_database_and_shows_the_same_pages(client, tmp_path):
    call_command("flush", interactive=False, verbosity=0)
    publisher = UserFactory(username="publisher", is_superuser=True)
    call_command("load_record", "letters/founding_record", publish_as=publisher.username)
    data = download(client, as_of="2019-01-01")
    (tmp_path / "record.zip").write_bytes(data)
    addresses = [f"/letters/{row['key']}/" for row in rows(data, "letters.csv")[:10]]
    pages = [page(client, address) for address in addresses]

    call_command("flush", interactive=False, verbosity=0)
    assert client.get(addresses[0]).status_code == 404
    publisher = UserFactory(username="publisher", is_superuser=True)
    call_command("load_record", str(tmp_path / "record.zip"), publish_as=publisher.username)

    assert [page(client, address) for address in addresses] == pages
    assert tables(download(client, as_of="2019-01-01")) == tables(data)


def page(client, address):
    """Return a page without what it names its revision by: another record has its own."""
    response = client.get(address, {"as_of": "2019-01-01"})
    assert response.status_code == 200
    [token] = set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", response.text))
    return re.sub(r"revision \d+", "revision", response.text.replace(token, ""))
