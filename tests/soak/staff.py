"""Somebody at the desk of a real server, with a browser that knows no more than HTTP and forms."""

import http.client
import secrets
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode

TOKEN = "x" * 32  # of the form and of the cookie: that they are equal is what is asked for
NO_ANSWER = 0


@dataclass(frozen=True)
class Said:
    """An answer; ``status`` is NO_ANSWER where the connection broke."""

    status: int
    headers: dict
    body: bytes = b""

    @property
    def fields(self):
        """The names and values that a browser would send of the forms on the page."""
        parser = _Fields()
        parser.feed(self.body.decode())
        return parser.found


class Staff:
    def __init__(self, server, session):
        self.server, self.session = server, session

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, fields, file=None):
        """Send a form. ``file`` is (name of the field, name of the file, bytes)."""
        fields = [*fields.items(), ("csrfmiddlewaretoken", TOKEN)]
        if file is None:
            kind = "application/x-www-form-urlencoded"
            return self._ask("POST", path, urlencode(fields).encode(), kind)
        boundary = secrets.token_hex(16)
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields
        ]
        name, file_name, content = file
        parts.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}";'
            f' filename="{file_name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        )
        body = "".join(parts).encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self._ask("POST", path, body, f"multipart/form-data; boundary={boundary}")

    def save(self, path, file=None, **typed):
        """Open a form, type into it and send it; ``__`` in a name stands for ``-``."""
        opened = self.get(path)
        if opened.status != 200:
            return opened
        return self.post(
            path,
            {
                **opened.fields,
                **{name.replace("__", "-"): value for name, value in typed.items()},
            },
            file,
        )

    def _ask(self, method, path, body=None, kind=None):
        browser = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        cookies = f"sessionid={self.session}; csrftoken={TOKEN}"
        headers = {"Cookie": cookies} | ({"Content-Type": kind} if kind else {})
        try:
            browser.request(method, path, body, headers)
            answer = browser.getresponse()
            return Said(answer.status, dict(answer.headers), answer.read())
        except (OSError, http.client.HTTPException):
            return Said(NO_ANSWER, {})
        finally:
            browser.close()


class _Fields(HTMLParser):
    """Collects the fields of the forms that are posted, but for buttons and files."""

    def __init__(self):
        super().__init__()
        self.found, self.is_posted = {}, False
        self.area = self.choice = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.is_posted = given.get("method") == "post"
        elif not self.is_posted:
            return
        elif tag == "input" and given.get("name"):
            kind = given.get("type", "text")
            is_off = kind in ("checkbox", "radio") and "checked" not in given
            if kind not in ("submit", "button", "file") and not is_off:
                self.found[given["name"]] = given.get("value") or ""
        elif tag == "textarea":
            self.area = given["name"]
            self.found[self.area] = ""
        elif tag == "select":
            self.choice = given.get("name")
        elif tag == "option" and "selected" in given and self.choice:
            self.found[self.choice] = given.get("value") or ""

    def handle_data(self, data):
        if self.area:
            self.found[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser drops the line break that follows the opening tag.
            self.found[self.area] = self.found[self.area].removeprefix("\n")
            self.area = None
        elif tag == "select":
            self.choice = None
