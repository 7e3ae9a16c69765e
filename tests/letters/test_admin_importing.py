"""Import at the desk: the preview is the dry run of load_record, and so are the problems."""

import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from casefile.bundle import uploads
from casefile.corrections import Correction
from casefile.entries import Status
from casefile.review import ReviewError, publish
from casefile.room import NO_ROOM
from letters.admin.importing import SHOWN_DIFFERENCES
from letters.models import Event, Letter
from tests.bundles import RECORD, changed, tables, write_zip
from tests.desk import messages
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

UPLOAD, PREVIEW, APPLY = map(reverse, ["import_upload", "import_preview", "import_apply"])


@pytest.fixture
def administrator(client):
    user = UserFactory(group="Administrators")
    client.force_login(user)
    return user


@pytest.fixture
def bundle(tmp_path):
    """Return a zip of files as an upload."""

    def pack(files=RECORD, name="bundle.zip"):
        path = write_zip(tmp_path / "a.zip", files)
        return SimpleUploadedFile(name, path.read_bytes())

    return pack


def upload(client, file, **typed):
    return client.post(UPLOAD, {"file": file, **typed}, follow=True)


def apply(client, **options):
    """Open the preview and agree to it."""
    seen = client.get(PREVIEW).context["seen"]
    return client.post(APPLY, {"_seen": seen}, **options)


def listed(response, name):
    """Return the items of a list on a page."""
    html = response.content.decode()
    found = re.search(rf'<ul id="{name}">(.*?)</ul>', html, re.DOTALL)
    return [unescape(item) for item in re.findall("<li>(.*?)</li>", found[1], re.DOTALL)]


def kept(settings):
    return list((settings.MEDIA_ROOT / "imports").glob("*"))


def record():
    """Return the digests of the record's tables; signing in and uploading write to others."""
    kit = ("django_", "auth_", "casefile_session")
    return {name: digest for name, digest in tables().items() if not name.startswith(kit)}


def test_preview_is_what_a_dry_run_says_and_writes_nothing(client, administrator, bundle, tmp_path):
    before = record()

    response = upload(client, bundle())

    out = io.StringIO()
    call_command("load_record", str(tmp_path / "a.zip"), dry_run=True, stdout=out)
    said = [
        line for line in out.getvalue().splitlines() if re.match(r"\w+\.csv: (add|change) ", line)
    ]
    assert listed(response, "differences") == said
    assert len(said) > 20
    assert record() == before


def test_loaded_bundle_is_the_record_and_the_upload_is_gone(
    client, administrator, bundle, settings
):
    upload(client, bundle())
    assert len(kept(settings)) == 1

    response = apply(client, follow=True)

    assert "letters.csv: 2 added, 0 changed." in messages(response)
    assert Letter.objects.get(key="chicago").status == Status.IN_REVIEW
    assert kept(settings) == []


def test_nothing_is_published_by_an_import_whatever_is_posted(client, administrator, bundle):
    upload(client, bundle(), publish="on")

    apply(client)

    assert set(Letter.objects.values_list("status", flat=True)) == {Status.DRAFT, Status.IN_REVIEW}
    assert not Letter.objects.exclude(published_by=None)


def test_what_waits_in_review_is_submitted_by_the_importer_who_cannot_publish_it(
    client, administrator, bundle
):
    upload(client, bundle())
    apply(client)

    letter = Letter.objects.get(key="chicago")
    assert letter.submitted_by == administrator
    assert letter.submitted_at is not None
    assert Letter.objects.get(key="cook").submitted_by is None
    with pytest.raises(ReviewError, match="a second person has to"):
        publish(letter, administrator, seen=True)


def test_import_keeps_who_submitted_what_was_in_review_before(client, administrator, bundle):
    upload(client, bundle())
    apply(client)
    client.force_login(UserFactory(group="Administrators"))

    upload(
        client, bundle(changed("letters.csv", "2018-02-23,,published", "2018-02-23,New,published"))
    )
    apply(client)

    letter = Letter.objects.get(key="chicago")
    assert (letter.note, letter.submitted_by) == ("New", administrator)


@pytest.fixture
def published(client, administrator, bundle, tmp_path):
    """The record as the command line publishes it; the administrator changes it then."""
    path = write_zip(tmp_path / "published.zip", RECORD)
    call_command("load_record", str(path), publish_as=administrator.username, stdout=io.StringIO())
    return changed("letters.csv", "2018-02-23,,published", "2018-02-23,New,published")


def test_publication_from_the_command_line_is_no_correction(published):
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("The letter has a note", "The letter has a note"), ("", "Loaded from bundle.zip")],
)
def test_import_that_changes_what_is_published_carries_a_reason(
    client, administrator, bundle, published, typed, reason
):
    shown = upload(client, bundle(published), reason=typed)
    apply(client)

    [correction] = Correction.objects.all()
    assert f"“{reason}”" in shown.content.decode()
    assert correction.changes == {"note": ["", "New"]}
    assert (correction.reason, correction.changed_by) == (reason, administrator)
    assert Letter.objects.get(key="chicago").status == Status.PUBLISHED


def test_import_retracts_nothing_that_was_never_published(client, administrator, bundle):
    upload(client, bundle())
    apply(client)

    shown = upload(
        client, bundle(changed("letters.csv", "2018-02-23,,published", "2018-02-23,,retracted"))
    )

    [problem] = listed(shown, "problems")
    assert "This changes the public record: give --publish-as" in problem


def test_row_that_was_edited_since_the_preview_is_refused(client, administrator, bundle, published):
    shown = upload(client, bundle(published))
    Letter.objects.filter(key="chicago").update(addressee="The mayor")
    Letter.objects.filter(key="cook").update(addressee="The board")
    before = record()

    refused = client.post(APPLY, {"_seen": shown.context["seen"]}, follow=True)
    after = record()
    apply(client)

    assert messages(refused) == [
        "Nothing was loaded: see below what stands against it.",
        "letters.csv, row 2: This was changed since the preview: look at it again, and load it"
        " then.",
    ]
    assert after == before
    assert Letter.objects.get(key="chicago").note == "New"


def test_row_whose_links_were_edited_since_the_preview_is_refused(
    client, administrator, bundle, published
):
    files = changed("events.csv", "A meeting is called off", "A meeting is put off")
    shown = upload(client, bundle(files))
    Event.objects.first().jurisdictions.clear()

    refused = client.post(APPLY, {"_seen": shown.context["seen"]}, follow=True)

    assert any("events.csv, row 2: This was changed" in said for said in messages(refused))


@pytest.mark.parametrize("seen", ["", "forged"])
def test_upload_is_loaded_only_onto_a_preview(client, administrator, bundle, seen):
    upload(client, bundle())

    refused = client.post(APPLY, {"_seen": seen}, follow=True)

    assert messages(refused) == ["Nothing was loaded: look first at what would change."]
    assert not Letter.objects.exists()


def test_upload_that_is_being_loaded_is_loaded_by_nobody_else(client, administrator, bundle):
    shown = upload(client, bundle())
    token = client.session["import"]["token"]

    first, second = uploads.claim(token), uploads.claim(token)
    refused = client.post(APPLY, {"_seen": shown.context["seen"]}, follow=True)

    assert first.exists()
    assert second is None
    assert messages(refused) == ["There is no upload of yours any more: choose the file again."]
    assert not Letter.objects.exists()


def test_second_load_of_the_same_bundle_changes_nothing(client, administrator, bundle):
    upload(client, bundle())
    apply(client)
    before = record()

    response = upload(client, bundle())
    applied = apply(client, follow=True)

    assert 'id="differences"' not in response.content.decode()
    assert "The record is as it was: the bundle has nothing new." in messages(applied)
    assert record() == before


def test_one_file_of_a_bundle_is_loaded_alone(client, administrator):
    def file():
        return SimpleUploadedFile("jurisdictions.csv", RECORD["jurisdictions.csv"].encode())

    response = upload(client, file())
    apply(client)

    assert listed(response, "differences")[0].startswith("jurisdictions.csv: add ")
    assert upload(client, file()).context["files"] == [
        {"file": "jurisdictions.csv", "added": 0, "changed": 0, "left": 4}
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("letters.csv", "2018-01-24,2018-02-23,,published", "2018-01-24,2018-02-30,,published"),
        ("letters.csv", "cook,january", "cook,february"),
        ("jurisdictions.csv", "city,IL,1714000", "city,XX,1714000"),
    ],
)
def test_wrong_bundle_gives_the_problems_of_the_command_row_by_row(
    client, administrator, bundle, tmp_path, file, old, new
):
    before = record()

    response = upload(client, bundle(changed(file, old, new)))
    applied = apply(client, follow=True)

    with pytest.raises(CommandError) as refused:
        call_command("load_record", str(tmp_path / "a.zip"), dry_run=True, stdout=io.StringIO())
    assert listed(response, "problems") == str(refused.value).splitlines()[:-1]
    assert "Load it" not in response.content.decode()
    assert "Nothing was loaded: see below what stands against it." in messages(applied)
    assert record() == before


def test_file_that_is_no_zip_is_told_by_its_own_name(client, administrator, settings):
    response = upload(client, SimpleUploadedFile("mine.zip", b"not a zip"))

    html = unescape(response.content.decode())
    assert "mine.zip is neither a directory nor a zip that can be read" in html
    assert str(settings.MEDIA_ROOT) not in html


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        (
            "letter.csv",
            "There is no file letter.csv in a record bundle. The nearest is letters.csv.",
        ),
        ("../../letters.csv", None),
        ("notes.txt", "There is no file notes.txt in a record bundle."),
    ],
)
def test_name_of_a_file_says_what_it_is_and_is_never_a_path(
    client, administrator, settings, name, advice
):
    response = upload(client, SimpleUploadedFile(name, RECORD["letters.csv"].encode()))

    if advice:
        assert advice in unescape(response.content.decode())
        assert kept(settings) == []
    else:
        [path] = kept(settings)
        assert re.fullmatch(r"[0-9a-f]{32}\.zip", path.name)


def test_upload_is_bounded(client, administrator, settings, monkeypatch):
    monkeypatch.setattr(uploads, "SIZE_LIMIT", 10)

    response = upload(client, SimpleUploadedFile("letters.csv", b"12345678901"))

    assert "The file has 11 bytes; at most 10 are read here." in response.content.decode()
    assert kept(settings) == []


def test_long_preview_is_cut_with_a_sentence(client, administrator):
    rows = [f"place-{number},Place {number},city,IL" for number in range(SHOWN_DIFFERENCES + 1)]
    file = SimpleUploadedFile(
        "jurisdictions.csv", "\n".join(["slug,name,kind,state", *rows, ""]).encode()
    )

    response = upload(client, file)

    assert len(listed(response, "differences")) == SHOWN_DIFFERENCES
    assert "the first 500 of 501 differences; the other 1 are" in response.content.decode()


def test_dropped_upload_is_removed(client, administrator, bundle, settings):
    upload(client, bundle())

    client.post(APPLY, {"_drop": "on"})

    assert kept(settings) == []
    assert not Letter.objects.exists()


def test_new_upload_takes_the_place_of_the_one_before(client, administrator, bundle, settings):
    upload(client, bundle())
    upload(client, bundle())

    assert len(kept(settings)) == 1


def test_forgotten_upload_is_removed_with_the_next_one(
    client, administrator, bundle, settings, monkeypatch
):
    upload(client, bundle())
    client.force_login(UserFactory(group="Administrators"))
    monkeypatch.setattr(uploads, "KEPT_SECONDS", -1)

    upload(client, bundle())

    assert len(kept(settings)) == 1


@pytest.mark.parametrize("address", [PREVIEW, APPLY])
def test_without_an_upload_the_file_is_asked_for_again(client, administrator, address):
    ask = client.get if address == PREVIEW else client.post

    response = ask(address, follow=True)

    assert response.redirect_chain[0][0] == UPLOAD
    assert messages(response) == ["There is no upload of yours any more: choose the file again."]


def test_upload_is_seen_by_nobody_else(client, administrator, bundle):
    upload(client, bundle())
    client.force_login(UserFactory(group="Administrators"))

    assert client.get(PREVIEW).url == UPLOAD


@pytest.mark.parametrize("group", ["Editors", "Reviewers", None])
def test_only_who_may_add_and_publish_everything_imports(client, group):
    client.force_login(UserFactory(group=group))

    answers = [client.get(UPLOAD), client.get(PREVIEW), client.post(APPLY)]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert UPLOAD not in client.get(reverse("admin:index")).content.decode()


def test_administrator_is_led_to_the_import(client, administrator):
    assert f'href="{UPLOAD}"' in client.get(reverse("admin:index")).content.decode()


def test_bundle_that_the_disk_has_no_room_for_is_refused(administrator, bundle, client, settings):
    settings.UPLOAD_RESERVE_BYTES = 2**62

    refused = upload(client, bundle())

    assert refused.context["form"].errors == {"file": [NO_ROOM]}
