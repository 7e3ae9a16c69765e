"""Files of every kind: what isn't a PDF, a page or a text is refused, whatever it is called."""

import hashlib
import io
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from casefile.uploaded_texts import UnreadableUpload, uploaded_text
from tests.casefile.test_pdf_text import line, pdf

PAGE = b"<!DOCTYPE html><script>alert(1)</script><p>We will comply.</p>"
PDF = pdf(line("We will comply."))


def archive(name="a.txt", content=b"words"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as opened:
        opened.writestr(name, content)
    return out.getvalue()


def acting(act):
    """Return a PDF that does something when it is opened, as far as its reader lets it."""
    writer, out = PdfWriter(clone_from=io.BytesIO(PDF)), io.BytesIO()
    act(writer)
    writer.write(out)
    return out.getvalue()


def on_opening(kind, key):
    """Return an act: what a PDF asks for when it is opened."""
    action = {NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject("calc()")}

    def act(writer):
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(action)

    return act


def outline(writer):
    parent = None
    for number in range(300):
        parent = writer.add_outline_item(title=str(number), page_number=0, parent=parent)


def crowded(count):
    """Return a PDF with objects that nothing needs, in a stream of a few megabytes."""
    out = io.BytesIO()
    first = b" ".join(b"%d %d" % (9 + n, 2 * n) for n in range(1, count + 1)) + b"\n"
    packed = zlib.compress(first + b"0 " * count)
    stream = b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
    out.write(PDF[: PDF.index(b"xref")])
    out.write(b"9 0 obj\n<< /Type /ObjStm /N %d /First %d " % (count, len(first)))
    out.write(stream % (len(packed), packed))
    start = out.tell()
    packed = zlib.compress(b"".join(struct.pack(">BII", 2, 9, n) for n in range(count)))
    out.write(b"8 0 obj\n<< /Type /XRef /W [1 4 4] /Root 1 0 R ")
    out.write(b"/Size %d /Index [10 %d] " % (count + 10, count) + stream % (len(packed), packed))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + bytes(100)
ELF = b"\x7fELF\x02\x01\x01" + bytes(100)
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(100)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)

REFUSED = {
    "page called PDF": ("a.pdf", PAGE),
    "picture that acts, called PDF": ("a.pdf", SVG),
    "program called PDF": ("a.pdf", PROGRAM),
    "archive called PDF": ("a.pdf", archive()),
    "archive with a PDF behind it": ("a.pdf", archive() + PDF),
    "page with a PDF behind it": ("a.pdf", PAGE + PDF),
    "nothing called PDF": ("a.pdf", b""),
    "first kilobyte of a PDF": ("a.pdf", PDF[:200]),
    "PDF called page": ("a.html", b"%PDF-1.7\x00\x01\x02"),
    "program called page": ("a.html", PROGRAM),
    "program called text": ("a.txt", ELF),
    "archive called text": ("a.txt", archive()),
    "document of Word called text": ("a.txt", archive("word/document.xml")),
    "document of old Word called text": ("a.txt", OLD_WORD),
    "picture called text": ("a.txt", PICTURE),
    "UTF-16": ("a.txt", "words".encode("utf-16")),
    "picture that acts": ("a.svg", SVG),
    "picture": ("a.png", PICTURE),
    "program": ("a.exe", PROGRAM),
    "archive": ("a.zip", archive()),
    "document of Word": ("a.docx", archive("word/document.xml")),
    "two endings": ("a.pdf.exe", PDF),
    "ending turned around": ("a\u202efdp.exe", PDF),
    "no ending": ("pdf", PDF),
    "only an ending": (".pdf", PDF),
}


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_file_of_another_kind_is_refused_with_a_sentence(name, content):
    with pytest.raises(UnreadableUpload, match=r"\.$"):
        uploaded_text(SimpleUploadedFile(name, content))


# Kept as they are, under a name of ours, and sent to staff as downloads alone: what they might do
# in another program, they don't do here.
INERT = {
    "PDF with a page behind it": ("a.pdf", PDF + PAGE),
    "PDF with an archive behind it": ("a.pdf", PDF + archive()),
    "PDF with a script": ("a.pdf", acting(on_opening("/JavaScript", "/JS"))),
    "PDF that launches": ("a.pdf", acting(on_opening("/Launch", "/F"))),
    "PDF with a file in it": ("a.pdf", acting(lambda writer: writer.add_attachment("a", b"MZ"))),
    "PDF with a deep outline": ("a.pdf", acting(outline)),
    "PDF with a million objects": ("a.pdf", crowded(10**6)),
    "page with a script": ("a.html", PAGE),
    "PDF called in capitals": ("A.PDF", PDF),
}


@pytest.mark.parametrize(("name", "content"), INERT.values(), ids=INERT)
def test_file_with_more_in_it_gives_its_text_and_a_name_of_ours(name, content):
    text, stored_as = uploaded_text(SimpleUploadedFile(name, content))

    assert text == "We will comply."
    assert stored_as == f"{hashlib.sha256(content).hexdigest()}.{name[2:].lower()}"
