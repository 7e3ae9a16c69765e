"""Stored files: staff download them, nobody else, and no browser opens one as a page."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from casefile.models import Source
from casefile.room import NO_ROOM
from tests.desk import errors, page, post
from tests.factories import SourceFactory, UserFactory

pytestmark = pytest.mark.django_db

PAGE = b"<script>alert(1)</script>We will comply."


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(group="Editors"))
    return client


@pytest.fixture
def source():
    return SourceFactory(key="the-letter", file=ContentFile(PAGE, "page.html"))


def test_staff_download_a_file_that_no_browser_opens(editor, source):
    response = editor.get(source.file.url)

    assert source.file.url == f"/admin/files/{source.file.name}"
    assert b"".join(response) == PAGE
    wanted = {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": 'attachment; filename="the-letter.html"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: response[name] for name in wanted} == wanted
    assert "no-store" in response["Cache-Control"]


def test_readers_and_staff_without_the_right_get_nothing(client, source):
    asked = client.get(source.file.url)
    client.force_login(UserFactory())
    refused = client.get(source.file.url)

    assert asked.url.startswith("/admin/login/")
    assert refused.status_code == 403


@pytest.mark.parametrize(
    "name", ["sources/beside.txt", "sources/", "sources/../manage.py", "../manage.py", "%00", "x"]
)
def test_only_what_a_source_names_is_sent(editor, source, name):
    default_storage.save("sources/beside.txt", ContentFile(b"words"))

    assert editor.get(f"/admin/files/{name}").status_code in (400, 404)


def test_form_judges_a_file_by_its_content_and_names_it(editor):
    source = SourceFactory()
    address = page(Source, "change", source.pk)

    refused = post(editor, address, file=SimpleUploadedFile("a.pdf", PAGE))
    post(editor, address, file=SimpleUploadedFile("../../a.html", PAGE))

    source.refresh_from_db()
    digest = hashlib.sha256(PAGE).hexdigest()
    assert errors(refused) == ["This file is no PDF: a PDF begins with the signs %PDF-."]
    assert (source.file.name, source.file_sha256) == (f"sources/{digest}.html", digest)


NAMES = [
    "CON.html", "..\\..\\a.html", "/etc/passwd.html", "x" * 300 + ".html", "é" * 150 + ".html",
    "a\u202elmth.html", "a\0.html", "a\r\nb.html", "<script>.html", "a.HTML",
]  # fmt: skip


def test_name_of_an_upload_is_never_kept(editor):
    source = SourceFactory()
    kept = set()

    for name in NAMES:
        file = io.BytesIO(PAGE)
        file.name = name
        post(editor, page(Source, "change", source.pk), file=file)
        source.refresh_from_db()
        kept.add(source.file.name)
        source.file.delete()

    # Some are no names at all, and refused.
    assert kept - {""} == {f"sources/{hashlib.sha256(PAGE).hexdigest()}.html"}


def test_upload_that_the_disk_has_no_room_for_is_refused_with_all_that_was_typed(editor, settings):
    settings.UPLOAD_RESERVE_BYTES = 2**62
    settings.MEDIA_ROOT = settings.MEDIA_ROOT / "not" / "yet" / "made"

    refused = post(
        editor,
        page(Source, "add"),
        title="The letter",
        key="the-letter",
        kind="news_report",
        file=SimpleUploadedFile("a.html", PAGE),
    )

    assert errors(refused) == [NO_ROOM]
    assert b"The letter" in refused.content
    assert not Source.objects.exists()
    assert not settings.MEDIA_ROOT.exists()
