"""The child process that reads a PDF: ``python pdf_reading.py MOST_PAGES < in.pdf > out.txt``.

It stands alone and binds itself before it reads a byte: a hostile file costs this process its life
and nothing else. It ends with 0 and the text in UTF-8, pages parted by form feeds, or with 1 and a
sentence for the person who uploaded the file.
"""

import resource
import sys

MEMORY = 512 * 1024**2  # bytes of address space
SECONDS = 20  # of processor time
MOST_OUTPUT = 16 * 1024**2  # bytes of text: a thousand pages of print have about three million


def bind():
    """Give up, for good, what a reader of a PDF never needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(file, most_pages):
    """Return the text of a PDF's pages. Raises SystemExit with a sentence."""
    from pypdf import PdfReader  # after `bind`: loading it counts as well

    reader = PdfReader(file)
    if reader.is_encrypted:
        raise SystemExit("This PDF is encrypted. Save it without a password, then upload that.")
    if len(reader.pages) > most_pages:
        raise SystemExit(f"This PDF has more than {most_pages} pages. Upload the part that counts.")
    return "\f".join(page.extract_text() for page in reader.pages)


def main():
    bind()
    try:
        text = read(sys.stdin.buffer, int(sys.argv[1]))
        # A font may map its letters to what is no character.
        sys.stdout.buffer.write(text.encode("utf-8", "replace"))
        sys.stdout.buffer.flush()
    except MemoryError:
        raise SystemExit("This PDF takes too much memory to read.") from None
    except Exception:  # any failure of the reader is the file's, and said as such
        raise SystemExit("This PDF can't be read: it is damaged, or not really a PDF.") from None


if __name__ == "__main__":
    main()
