"""Sending large files without letting slow readers hold what others need.

A file of up to 1 MB goes out in one piece. A larger one goes to the web server, where it is set up
for that (REPORT_FILES_URL); else a few threads stream it, each no longer than a bound, after which
the connection is cut: with fewer bytes than announced, so that nobody takes it for whole.
"""

import threading
import time

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.http import content_disposition_header

IN_ONE_PIECE = 1024**2
CHUNK = 64 * 1024

streams = threading.BoundedSemaphore(settings.DOWNLOAD_STREAMS)


class TooSlowError(Exception):
    """The reader took longer than the bound: the connection is cut."""


class Stream:
    """The chunks of an open file, within the bound on the time that a reader may take."""

    def __init__(self, file):
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
            streams.release()


def send_file(path, name, content_type="text/csv; charset=utf-8"):
    """Return the response that sends a public file, or 503 while too many others are sent."""
    size = path.stat().st_size
    if size > IN_ONE_PIECE and settings.REPORT_FILES_URL:
        return HttpResponseRedirect(f"{settings.REPORT_FILES_URL}{path.parent.name}/{path.name}")
    if size <= IN_ONE_PIECE:
        response = HttpResponse(path.read_bytes(), content_type=content_type)
    elif not streams.acquire(blocking=False):
        return HttpResponse(
            "Many reports are being sent at this moment. Please ask again in half a minute.\n",
            status=503,
            content_type="text/plain; charset=utf-8",
            headers={"Retry-After": "30"},
        )
    else:
        response = StreamingHttpResponse(Stream(path.open("rb")), content_type=content_type)
    response["Content-Length"] = size
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
