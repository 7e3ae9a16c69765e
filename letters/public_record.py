"""The whole public record in one file: a bundle of what readers may see, and nothing else.

It holds published entries, what they rest on, and the cited passages of sources, never their
texts; what stands in its columns also stands on public pages.
"""

import hashlib

from django.utils import timezone

from casefile.bundle.archive import new_zip
from casefile.bundle.exporting import write_rows
from casefile.bundle.package import package_of
from casefile.bundle.selection import Selection
from casefile.report_files import kept_file
from casefile.report_writing import moment_of, snapshot
from casefile.revision import current_revision
from jurisdictions.models import Jurisdiction
from letters.license import LICENSE
from letters.models import Official, Round
from letters.record import RECORD
from letters.visibility import public_jurisdictions, public_officials, public_rounds

WITHOUT_REVIEW = {
    Jurisdiction: public_jurisdictions,
    Official: public_officials,
    Round: public_rounds,
}


class PublicSelection(Selection):
    """What readers may see as of a day."""

    with_texts = False

    def candidates(self, model):
        if model in WITHOUT_REVIEW:
            return WITHOUT_REVIEW[model](self.day)
        rows = model._default_manager.all()
        return rows.public(self.day) if hasattr(rows, "public") else rows


class Summed:
    """A binary stream that counts and sums what is written to it."""

    def __init__(self, stream):
        self.stream = stream
        self.digest = hashlib.sha256()
        self.bytes = 0

    def write(self, chunk):
        self.digest.update(chunk)
        self.bytes += len(chunk)
        self.stream.write(chunk)


def record_file(day):
    """Return the kept file of the public record as of a day."""
    question = {"report": "record", "as_of": str(day)}
    name = f"casefile-record-{day}.zip"
    return kept_file(name, question, current_revision(), lambda out: write_record(out, day))


def write_record(out, day):
    """Write the public record as of a day as a zip; return its sidecar and revision."""
    with snapshot() as revision:
        selection = PublicSelection(RECORD, day)
        files, rows = {}, 0
        with new_zip(out) as archive:
            for table in RECORD:
                with archive.new_file(table.file) as stream:
                    summed = Summed(stream)
                    rows += write_rows(summed, table, selection)
                sha256 = f"sha256:{summed.digest.hexdigest()}"
                files[table.file] = {"bytes": summed.bytes, "hash": sha256}
            of_the_record = {
                "licenses": [LICENSE],
                "as_of": str(day),
                "revision": revision.number,
                "known_on": moment_of(revision),
            }
            with archive.new_file("datapackage.json") as stream:
                stream.write(package_of(RECORD, day, files=files, **of_the_record))
    sidecar = {
        "report": "record",
        "title": "The whole record",
        "as_of": str(day),
        "filters": {},
        "drafts": False,
        "revision": revision.number,
        "known_on": moment_of(revision),
        "written_at": timezone.now().isoformat(),
        "inclusion": f"Published entries and what they rest on; all {rows} rows.",
        "rows": rows,
        "bytes": out.tell(),
        "sha256": sha256_of(out),
    }
    return sidecar, revision


def sha256_of(out):
    """Return the SHA-256 of a file that was just written; it stays open at its end."""
    out.flush()
    with open(out.name, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
