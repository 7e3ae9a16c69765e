"""What is no proper HTTP, sent to the real server: it says no or hangs up, and goes on serving."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from tests.server import running

pytestmark = pytest.mark.django_db(transaction=True)

HOST = b"Host: 127.0.0.1\r\n"
END = b"\r\n\r\n"
CHUNKED = b"POST /admin/login/ HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n"
POST = b"POST /admin/login/ HTTP/1.1\r\n" + HOST
GET = b"GET /healthz HTTP/1.1\r\n"

MALFORMED = {
    "no host": GET + b"\r\n",
    "two hosts": GET + HOST + b"Host: evil.example" + END,
    "another host": GET + b"Host: evil.example" + END,
    "host with a path": GET + b"Host: 127.0.0.1/evil" + END,
    "host with a user": GET + b"Host: user@127.0.0.1" + END,
    "empty host": GET + b"Host:" + END,
    "no version": b"GET /healthz\r\n\r\n",
    "HTTP/0.9": b"GET /healthz HTTP/0.9\r\n" + HOST + b"\r\n",
    "HTTP/3.0": b"GET /healthz HTTP/3.0\r\n" + HOST + b"\r\n",
    "HTTP/1.10": b"GET /healthz HTTP/1.10\r\n" + HOST + b"\r\n",
    "lower-case method": b"get /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "method with signs": b"G(E)T /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "TRACE": b"TRACE /healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "CONNECT": b"CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + HOST + b"\r\n",
    "PRI": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "asterisk": b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
    "absolute address": b"GET http://evil.example/healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "no slash": b"GET healthz HTTP/1.1\r\n" + HOST + b"\r\n",
    "two slashes": b"GET //evil.example/ HTTP/1.1\r\n" + HOST + b"\r\n",
    "long address": b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "long query": b"GET /healthz?" + b"x" * 20_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "blank in an address": b"GET /heal thz HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in an address": b"GET /heal\x00thz HTTP/1.1\r\n" + HOST + b"\r\n",
    "bytes in an address": b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    "bytes in a query": b"GET /healthz?\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    "fragment": b"GET /healthz#a HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in a header": GET + HOST + b"X-A: a\x00b" + END,
    "folded header": GET + HOST + b"X-A: a\r\n b" + END,
    "blank before a colon": GET + HOST + b"X-A : a" + END,
    "no colon": GET + HOST + b"X-A" + END,
    "empty name": GET + HOST + b": a" + END,
    "header of 64 kB": GET + HOST + b"X-A: " + b"a" * 65_536 + END,
    "2,000 headers": GET + HOST + b"".join(b"X-%d: a\r\n" % n for n in range(2_000)) + b"\r\n",
    "cookie of no text": GET + HOST + b"Cookie: sessionid=\xff\x01; =; ;;" + END,
    "CR alone": b"GET /healthz HTTP/1.1\rHost: 127.0.0.1\r\r",
    "LF alone": b"GET /healthz HTTP/1.1\nHost: 127.0.0.1\n\n",
    "no chunk": CHUNKED + b"\r\nzz\r\nabc\r\n0\r\n\r\n",
    "huge chunk": CHUNKED + b"\r\nffffffffffffffffff\r\nabc\r\n0\r\n\r\n",
    "negative chunk": CHUNKED + b"\r\n-1\r\nabc\r\n0\r\n\r\n",
    "negative length": POST + b"Content-Length: -1" + END,
    "length of no number": POST + b"Content-Length: abc" + END,
    "two lengths": POST + b"Content-Length: 3\r\nContent-Length: 5" + END + b"abcde",
    "length and chunks": CHUNKED + b"Content-Length: 3" + END + b"0\r\n\r\n",
    "unknown coding": POST + b"Transfer-Encoding: gzip, identity" + END + b"abc",
    "charset that is none": GET + HOST + b"Content-Type: a/b; charset=hex" + END,
    "form in another charset": POST
    + b"Content-Type: a/b; charset=utf-16\r\nContent-Length: 0"
    + END,
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100,
    "nonsense": bytes(range(256)) * 4,
}


# Odd, but not wrong: these may be answered as if they were put well.
HARMLESS = {
    "lower-case method", "absolute address", "no slash", "fragment", "header of 64 kB", "LF alone",
}  # fmt: skip
SECONDS = 10  # until it has answered, and hung up


def test_malformed_requests_get_no_more_than_a_refusal():
    with running(header_seconds=1) as server, ThreadPoolExecutor(len(MALFORMED)) as clients:
        answers = clients.map(partial(statuses, server.port), MALFORMED.values())
        found = dict(zip(MALFORMED, answers, strict=True))
        after = server.get("/healthz").status

    assert {name: got for name, got in found.items() if any(status >= 500 for status in got)} == {}
    smuggled = {name: got for name, got in found.items() if len(got) > 1}
    assert smuggled == {}
    assert {name for name, got in found.items() if any(status < 400 for status in got)} == HARMLESS
    assert after == 200


def statuses(port, sent):
    """Return the statuses of all responses to some bytes, until the server hangs up.

    The client doesn't hang up first: the server would leave out what it has to say then.
    """
    received, until = b"", time.monotonic() + SECONDS
    with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as client:
        try:
            client.sendall(sent)
            while part := client.recv(65_536):
                received += part
        except ConnectionError:  # it hung up before all was sent
            pass
    assert time.monotonic() < until
    heads = [line for line in received.split(b"\r\n") if line.startswith(b"HTTP/")]
    return [int(line.split()[1]) for line in heads]
