"""Ask a server for one page over and over: ``python http_load.py PORT SECONDS CONNECTIONS``.

The request's bytes come on standard input; each connection sends them again once it has the whole
answer. Prints the milliseconds that each answer took, one a line. It knows no more of HTTP than
Content-Length, so that the server is what is measured.
"""

import selectors
import socket
import sys
import time


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
            self.missing = (int(length) if status == 200 else 0) - len(body)
        else:
            self.missing -= len(received)
        return self.missing == 0


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
