"""Ask a server for one page over and over, from a process of its own: ``load``.

Run as a program (``python http_load.py PORT SECONDS CONNECTIONS``), it takes the request's bytes on
standard input; each connection sends them again once it has the whole answer. Prints the
milliseconds that each answer took, one a line. It knows no more of HTTP than Content-Length and
chunks, so that the server is what is measured.
"""

import selectors
import socket
import subprocess
import sys
import time

SECONDS = 3
CONNECTIONS = 4


def load(port, path, headers):
    """Ask for one page all the time; return requests per second, p50 and p99 in milliseconds."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    done = subprocess.run(
        [sys.executable, __file__, str(port), str(SECONDS), str(CONNECTIONS)],
        input="".join(f"{line}\r\n" for line in [*lines, ""]).encode(),
        capture_output=True,
        check=True,
    )
    took = sorted(map(float, done.stdout.split()))
    return len(took) / SECONDS, took[len(took) // 2], took[len(took) * 99 // 100]


def main(port, seconds, connections):
    request = sys.stdin.buffer.read()
    took = []
    waiting = selectors.DefaultSelector()
    for _ in range(connections):
        client = socket.create_connection(("127.0.0.1", port))
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.sendall(request)
        waiting.register(client, selectors.EVENT_READ, Answer())
    ends = time.perf_counter() + seconds
    while time.perf_counter() < ends:
        for key, _ in waiting.select():
            answer = key.data
            if answer.is_whole_with(key.fileobj.recv(1 << 20)):
                took.append(time.perf_counter() - answer.began)
                answer.begin()
                key.fileobj.sendall(request)
    for milliseconds in took:
        print(f"{milliseconds * 1000:.3f}")


class Answer:
    """What has arrived of an answer since ``began``."""

    def __init__(self):
        self.begin()

    def begin(self):
        self.began = time.perf_counter()
        self.head, self.missing = b"", None
        self.is_chunked, self.tail = False, b""

    def is_whole_with(self, received):
        """Take what was received; return whether the answer is whole."""
        if not received:
            raise ConnectionError("The server closed the connection.")
        if self.missing is None:
            self.head += received
            head, end, body = self.head.partition(b"\r\n\r\n")
            if not end:
                return False
            status = int(head.split(None, 2)[1])
            if status not in (200, 304):
                raise ConnectionError(head.decode())
            length = head.lower().partition(b"\r\ncontent-length:")[2].split(b"\r\n")[0]
            self.is_chunked = status == 200 and not length
            self.missing = int(length or 0) - len(body) if status == 200 else 0
            received = body
        else:
            self.missing -= len(received)
        if self.is_chunked:
            self.tail = (self.tail + received)[-5:]
            return self.tail == b"0\r\n\r\n"
        return self.missing == 0


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
