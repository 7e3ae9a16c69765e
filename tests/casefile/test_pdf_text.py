"""PDFs, honest and hostile. Each gives its text or one sentence, and costs the site nothing."""

import io
import subprocess
import sys
import zlib

import pytest
from django.conf import settings
from pypdf import PdfWriter

from casefile import pdf_text as module
from casefile.pdf_text import MOST_PAGES, UnreadablePdf, pdf_text


def pdf(*pages, compress=False):
    """Return the bytes of a PDF: each page is a content stream of its own."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, content in enumerate(pages):
        data = zlib.compress(content) if compress else content
        how = b"/Filter /FlateDecode " if compress else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * i)
        )
        objects.append(b"<< %s/Length %d >>\nstream\n%s\nendstream" % (how, len(data), data))
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    )
    return out.getvalue()


def line(words):
    return f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET".encode()


def encrypted():
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def flate_bomb():
    """Return a PDF of a megabyte with a page that unpacks to a gigabyte."""
    packer = zlib.compressobj(9)
    spaces = b" " * 1024**2
    packed = b"".join(packer.compress(spaces) for _ in range(1024)) + packer.flush()
    plain = pdf(packed)
    return plain.replace(b"<< /Length", b"<< /Filter /FlateDecode /Length")


def endless_pages():
    """Return a PDF whose tree of pages is its own child."""
    return pdf(line("One")).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")


def test_text_of_each_page_stands_between_form_feeds():
    file = io.BytesIO(pdf(line("We will comply."), line("So will we."), compress=True))

    assert pdf_text(file) == "We will comply.\fSo will we."


def test_scan_has_no_text():
    assert pdf_text(io.BytesIO(pdf(b"0 0 612 792 re f"))) == ""


REFUSED = {
    "empty": (b"", "no PDF"),
    "renamed page": (b"<html>%PDF-1.7", "no PDF"),
    "PDF after other bytes": (b"PK\x03\x04" + pdf(line("Hello")), "no PDF"),
    "only a signature": (b"%PDF-1.7", "can't be read"),
    "too large": (b"%PDF-1.7" + bytes(module.MOST_BYTES), "larger than 25 MB"),
    "encrypted": (encrypted(), "encrypted"),
    "too many pages": (pdf(*[b""] * (MOST_PAGES + 1)), f"more than {MOST_PAGES} pages"),
    "flate bomb": (flate_bomb(), "memory|can't be read"),
    "pages that contain themselves": (endless_pages(), "can't be read|too much|more than"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused_pdf_is_refused_with_a_sentence(content, reason):
    with pytest.raises(UnreadablePdf, match=reason) as refused:
        pdf_text(io.BytesIO(content))

    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


# Read in a process of its own, whose only child is the reader: a test's own process has others.
READ_A_BOMB = """
import io, resource, sys
from casefile.pdf_text import UnreadablePdf, pdf_text

bomb = io.BytesIO(sys.stdin.buffer.read())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    pdf_text(bomb)
except UnreadablePdf:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def test_bomb_costs_neither_this_process_nor_the_machine_its_memory():
    read = subprocess.run(
        [sys.executable, "-c", READ_A_BOMB],
        input=REFUSED["flate bomb"][0],
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        check=True,
    )

    grown, reader = map(int, read.stdout.split())  # KB
    assert grown < 50 * 1024
    assert reader < 600 * 1024


def test_reader_that_takes_too_long_is_stopped():
    with pytest.raises(UnreadablePdf, match=r"longer than 0\.01 s"):
        pdf_text(io.BytesIO(pdf(line("Hello"))), wall_seconds=0.01)


def test_most_pages_are_still_read():
    text = pdf_text(io.BytesIO(pdf(*[line("x")] * MOST_PAGES)))

    assert text.count("\f") == MOST_PAGES - 1
