"""Readers, each with a connection for each page, who ask until they are called off."""

import http.client
import random
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Asked:
    kind: str
    path: str
    status: int
    seconds: float


class Crowd:
    """So many readers of a server. ``choose`` returns the next (kind, path); they rest in between.

    Within the block they read; ``asked`` is what came of it.
    """

    def __init__(self, server, readers, choose, rest=0.0):
        self.server, self.choose, self.rest = server, choose, rest
        self.asked = []
        self.has_ended = threading.Event()
        self.threads = [threading.Thread(target=self._read) for _ in range(readers)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exception):
        self.has_ended.set()
        for thread in self.threads:
            thread.join()

    def _read(self):
        while not self.has_ended.wait(self.rest * random.uniform(0.5, 1.5)):
            kind, path = self.choose()
            began = time.monotonic()
            status = self._get(path)
            self.asked.append(Asked(kind, path, status, time.monotonic() - began))

    def _get(self, path):
        """Read an answer to its end, with what it leads to; return its status."""
        browser = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        try:
            browser.request("GET", path)
            answer = browser.getresponse()
            while answer.read(1024**2):
                pass
        finally:
            browser.close()
        if answer.status in (301, 302):  # one way to write it, or a large report
            return self._get(answer.getheader("Location"))
        return answer.status


@dataclass(frozen=True)
class Times:
    """Of one kind of page: how many answers, and the milliseconds that they took."""

    count: int
    p50: float
    p95: float
    p99: float


def times_of(asked):
    """Return {kind: Times}."""
    of_kind = defaultdict(list)
    for one in asked:
        of_kind[one.kind].append(one.seconds * 1000)
    found = {}
    for kind, took in sorted(of_kind.items()):
        cuts = quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
        found[kind] = Times(len(took), cuts[49], cuts[94], cuts[98])
    return found


def told(title, times):
    """Return the table of times as text."""
    lines = [f"{title:32} {'answers':>8} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'p99/p50':>8}"]
    lines += [
        f"{kind:32} {of.count:8} {of.p50:8.0f} {of.p95:8.0f} {of.p99:8.0f} {of.p99 / of.p50:8.1f}"
        for kind, of in times.items()
    ]
    return "\n".join(lines)
