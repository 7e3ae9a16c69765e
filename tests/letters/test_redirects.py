"""redirects.csv: addresses of merged records travel with the record, and stay taken."""

import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casefile import merging
from casefile.dates import today
from casefile.merges import Merge
from jurisdictions.models import Jurisdiction
from letters.models import Official
from letters.public_record import record_file
from tests.bundles import RECORD, read_directory, tables, write_directory
from tests.factories import (
    CitationFactory,
    JurisdictionFactory,
    LetterFactory,
    MergeFactory,
    OfficialFactory,
    SourceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def load(path):
    """Load a bundle; return what was printed, errors included."""
    out = StringIO()
    try:
        call_command("load_record", str(path), stdout=out, stderr=out)
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


def bundle(path, redirects):
    path.mkdir()
    return write_directory(path, RECORD | {"redirects.csv": redirects})


def test_exported_loaded_and_exported_again_gives_the_same_bytes_and_keeps_addresses(tmp_path):
    ada = UserFactory(group="Administrators")
    load(bundle(tmp_path / "in", "kind,old,new\nofficials,j-official,jordan-official\n"))
    chicago = Jurisdiction.objects.get(slug="chicago-il")
    merging.merge(chicago, JurisdictionFactory(slug="old-chicago"), ada, "Entered twice")
    merging.merge(*(SourceFactory(key=key) for key in ("kept", "old-source")), ada, "Twice")
    call_command("export_record", str(tmp_path / "first"), stdout=StringIO())
    with connection.cursor() as cursor:
        roots = "jurisdictions_jurisdiction, letters_round, letters_official, casefile_source"
        cursor.execute(f"TRUNCATE {roots}, casefile_merge CASCADE")

    load(tmp_path / "first")
    call_command("export_record", str(tmp_path / "second"), stdout=StringIO())

    first = read_directory(tmp_path / "first")
    assert first["redirects.csv"].decode() == (
        "kind,old,new\n"
        "jurisdictions,old-chicago,chicago-il\n"
        "officials,j-official,jordan-official\n"
        "sources,old-source,kept\n"
    )
    assert read_directory(tmp_path / "second") == first
    assert Merge.objects.get(old_key="old-chicago").survivor.slug == "chicago-il"
    kept = tables()
    load(tmp_path / "second")
    assert tables() == kept


def test_faults_are_told_row_by_row(tmp_path):
    told = load(
        bundle(
            tmp_path / "in",
            "kind,old,new\n"
            "jurisdictions,chicago-il,illinois\n"
            "letters,a,chicago\n"
            "officials,a,nobody\n"
            "officials,b,chicago-il\n",
        )
    )

    assert "A record has that key: leave out one of the two." in told
    assert "There is no such row in that file or in the database." in told
    assert told.count("redirects.csv, row ") == 4
    assert not Merge.objects.exists()


def test_merged_record_does_not_come_back_with_a_bundle(tmp_path):
    official = OfficialFactory(slug="kept")
    MergeFactory(survivor=official, old_key="jordan-official")

    told = load(bundle(tmp_path / "in", "kind,old,new\n"))

    assert "It was merged into kept here: write that instead" in told
    assert Official.objects.get() == official


def test_export_as_of_a_day_has_the_addresses_of_what_it_holds(tmp_path):
    ada = UserFactory(group="Administrators")
    early, late = LetterFactory(), LetterFactory(date="2018-03-01", deadline=None)
    for number, letter in enumerate([early, late]):
        source = letter.citations.get().source
        merging.merge(source, SourceFactory(key=f"old-{number}"), ada, "Entered twice")

    day = {"as_of": "2018-02-01"}
    call_command("export_record", str(tmp_path / "out"), stdout=StringIO(), **day)

    rows = (tmp_path / "out" / "redirects.csv").read_text().splitlines()
    assert rows[1:] == [f"sources,old-0,{early.citations.get().source.key}"]


def test_public_record_has_the_addresses_that_lead_to_what_is_public(tmp_path):
    ada = UserFactory(group="Administrators")
    public, unseen = OfficialFactory(), [SourceFactory(), JurisdictionFactory()]
    CitationFactory(entry=LetterFactory(status="draft", cited=False), source=unseen[0])
    shown = LetterFactory().jurisdiction
    merging.merge(shown, JurisdictionFactory(slug="old"), ada, "Entered twice")
    merging.merge(public, OfficialFactory(slug="of-a-draft"), ada, "Entered twice")
    merging.merge(unseen[0], SourceFactory(key="of-a-draft-too"), ada, "Entered twice")

    kept = record_file(today())
    with zipfile.ZipFile(kept.path) as archive:
        rows = archive.read("redirects.csv").decode().splitlines()

    assert rows[1:] == [f"jurisdictions,old,{shown.slug}"]
