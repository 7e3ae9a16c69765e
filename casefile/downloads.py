"""Sending files without letting slow readers hold what others need.

Measured with granian: a body in one piece frees its thread at once, however slowly it is read, but
lies in memory until then; one in many pieces holds its thread until the last is read, for good if
the reader stops; a file that granian serves by itself holds no thread and 0.6 MB for each reader.
So a file of up to 1 MB goes out in one piece, and a larger one from REPORT_FILES_URL. Without such
an address it is streamed by one of few threads (see `casefile.slots`), and a reader who takes too
long is cut off, with fewer bytes than announced: nobody takes that for the whole.
"""

import time

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.http import content_disposition_header

from casefile.slots import slots, take

IN_ONE_PIECE = 1024**2
CHUNK = 256 * 1024


class TooSlowError(Exception):
    """The reader took longer than the bound: the connection is cut."""


class Stream:
    """The chunks of an open file, within the bound on the time that a reader may take."""

    def __init__(self, file):
        take()
        self.file = file
        self.deadline = time.monotonic() + settings.DOWNLOAD_SECONDS

    def __iter__(self):
        while chunk := self.file.read(CHUNK):
            if time.monotonic() > self.deadline:
                raise TooSlowError
            yield chunk

    def close(self):
        """End the stream: the server calls this however it ended."""
        if not self.file.closed:
            self.file.close()
            slots.release()


def send_kept_file(request, path):
    """Return the response that sends a public file from REPORT_ROOT.

    Raises:
        BusyError: too many others are sent.
    """
    if path.stat().st_size > IN_ONE_PIECE and settings.REPORT_FILES_URL:
        return HttpResponseRedirect(f"{settings.REPORT_FILES_URL}{path.parent.name}/{path.name}")
    return send_file(request, path.open("rb"), path.name)


def send_file(request, file, name):
    """Return the response that sends an open file from its start, and closes it.

    Raises:
        BusyError: too many others are sent.
    """
    size = file.seek(0, 2)
    file.seek(0)
    if request.method == "HEAD" or size <= IN_ONE_PIECE:
        with file:
            response = HttpResponse(b"" if request.method == "HEAD" else file.read())
    else:
        try:
            response = StreamingHttpResponse(Stream(file))
        except BaseException:
            file.close()
            raise
    content_type = "application/zip" if name.endswith(".zip") else "text/csv; charset=utf-8"
    response["Content-Type"] = content_type
    response["Content-Length"] = size
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
