"""A reader who never stops asking: what was answered, and how long there was no page."""

import http.client
import threading
import time
from dataclasses import dataclass
from itertools import count

from tests.soak.site import SECONDS, until

PAUSE = 0.02  # seconds between two requests
NO_ANSWER = 0


@dataclass(frozen=True)
class Seen:
    began: float
    ended: float
    status: int
    retry_after: str | None


class Watch:
    """Asks a server for pages, each of them made anew, until the block ends."""

    def __init__(self, server):
        self.server = server
        self.seen = []
        self.has_ended = threading.Event()
        self.thread = threading.Thread(target=self._ask)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exception):
        self.has_ended.set()
        self.thread.join()

    def seconds_without_page(self, began):
        """Wait until a page comes that is asked for from now on; return the seconds since a moment.

        What was asked for while a fault was still on its way may have come in spite of it.
        """
        now = time.monotonic()
        until(lambda: self._first_page(now), SECONDS)
        return self._first_page(now).ended - began

    def assert_orderly(self):
        """Every answer was a page, or a 503 that says when to ask again and came soon."""
        strange = {seen for seen in self.seen if seen.status not in (200, 503, NO_ANSWER)}
        assert strange == set()
        refused = [seen for seen in self.seen if seen.status == 503]
        assert {seen.retry_after for seen in refused} <= {"10"}
        # It takes much less; this is for a machine that does other things as well.
        assert all(seen.ended - seen.began < 10 for seen in refused)

    def _first_page(self, since):
        later = (seen for seen in list(self.seen) if seen.began >= since and seen.status == 200)
        return next(later, None)

    def _ask(self):
        for number in count():
            if self.has_ended.wait(PAUSE):
                return
            began = time.monotonic()
            status, retry_after = self._get(f"/letters/?q=nobody+{number}")
            self.seen.append(Seen(began, time.monotonic(), status, retry_after))

    def _get(self, path):
        browser = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            browser.request("GET", path)
            answer = browser.getresponse()
            answer.read()
            return answer.status, answer.getheader("Retry-After")
        except (OSError, http.client.HTTPException):
            return NO_ANSWER, None
        finally:
            browser.close()
