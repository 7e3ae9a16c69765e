"""Hostile input: what crawlers, attackers and slips of the keyboard put into addresses and forms.

`VALUES` are as they stand in an address, percent-encoded, so that bytes which are no text can be
among them. `FRAGMENTS` never stand in a page as they were sent: they would be markup there.
"""

import re
from contextlib import nullcontext
from dataclasses import dataclass, field
from time import thread_time
from urllib.parse import quote

from django.urls import get_resolver

TEXTS = {
    "NUL": "\x00",
    "NUL within": "a\x00b",
    "control": "a\x01\x1f",
    "DEL": "a\x7f",
    "C1": "a\x85\x9f",
    "CRLF and a header": "a\r\nSet-Cookie: hostile=1",
    "tab": "a\tb",
    "line separators": "a\u2028b\u2029c",
    "bidi override": "abc\u202efed\u202c",
    "bidi isolate": "\u2066abc\u2069",
    "zero width": "a\u200bb\u200dc\ufeff",
    "BOM": "\ufeffabc",
    "combining": "e" + "\u0301" * 300,
    "right to left": "שלום مرحبا",
    "emoji": "🏛️👩‍⚖️🇺🇸",
    "homoglyph": "Сhicago",
    "full width": "１２３",
    "Arabic digits": "٢٠١٨",
    "superscript": "²",
    "Unicode minus": "−1",
    "noncharacter": "\uffff\ufdd0",
    "private use": "\ue000\U0010fffd",
    "replacement": "\ufffd",
    "sharp s": "ẞß",
    "Turkish i": "İı",
    "blank": " ",
    "blanks": "\u3000\xa0 ",
    "long": "x" * 1_900,
    "longer than it may be": "x" * 2_500,
    "zero": "0",
    "negative": "-1",
    "negative zero": "-0",
    "beyond 32 bits": "2147483648",
    "beyond 64 bits": "9223372036854775808",
    "huge": "9" * 400,
    "exponent": "1e999999999",
    "decimal": "1.5",
    "grouped": "1_000",
    "hexadecimal": "0x10",
    "not a number": "NaN",
    "infinite": "-Infinity",
    "null": "null",
    "true": "True",
    "list": "[]",
    "object": '{"a": [1]}',
    "nested": "[" * 900,
    "SQL": "'; DROP TABLE letters_letter; --",
    "SQL or": "' OR 1=1 --",
    "SQL percent": "%s %(a)s %",
    "LIKE": "%_\\%",
    "regular expression": "(a+)+$[",
    "template": "{{31337*2}}{% debug %}${31337*2}#{31337*2}",
    "format": "{0.__class__}",
    "script": "<script>alert(1)</script>",
    "svg": '"><svg onload=alert(1)>',
    "attribute": "' onmouseover='alert(1)",
    "comment": "--><!--",
    "CDATA": "]]><a>",
    "javascript": "javascript:alert(1)",
    "traversal": "../../../etc/passwd",
    "backslashes": "..\\..\\windows\\win.ini",
    "file": "file:///etc/passwd",
    "other host": "//evil.example/",
    "user of a host": "https://usdoj.gov@evil.example/",
    "shell": "$(id)`id`;id|id&",
    "no day": "2018-02-30",
    "week": "2018-W08-5",
    "compact day": "20180223",
    "first year": "0000-00-00",
    "last year": "9999-12-31",
    "beyond years": "10000-01-01",
    "midnight": "2018-02-23T24:00:00Z",
    "far zone": "2018-02-23T00:00:00+99:99",
    "leap second": "2016-12-31T23:59:60Z",
    "comma": "a,b,,c",
    "formula": "=HYPERLINK(1)",
    "LDAP": "*)(uid=*",
    "XML entity": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
}
BYTES = {
    "Latin-1": "%E9",
    "overlong": "%C0%AE",
    "surrogate": "%ED%A0%80",
    "pair of surrogates": "%ED%A0%BD%ED%B8%80",
    "beyond Unicode": "%F4%90%80%80",
    "UTF-16": "%FF%FEa%00",
    "UTF-7": "%2BADw-script%2BAD4-",
    "cut off": "%E2%82",
    "cut escape": "%",
    "no escape": "%zz",
    "escaped twice": "%2500",
    "encoded by %u": "%u0000",
    "plus": "+",
}
VALUES = {name: quote(text, safe="") for name, text in TEXTS.items()} | BYTES
FRAGMENTS = ["<script>alert", "<svg onload", "' onmouseover='alert", "--><!--", "<!DOCTYPE a"]
EXECUTED = "62674"  # 31337 twice

# Query strings as a whole. Each stands for its parameter's name where it has a place for one.
QUERIES = [
    "{name}=a&{name}=b",
    "{name}=&{name}=",
    "&".join(["{name}=1"] * 300),
    "{name}",
    "{name}[]=1&{name}[a]=1&{name}[a][b]=1",
    "{name}__in=1,x&{name}__regex=(&{name}__year=2147483648&{name}__isnull=x",
    "_connector=OR%201%3D1&_negated=1&pk=1&id__gt=0",
    "=1",
    "&&&;;;=",
    "%00=1",
    "%FF=1",
    "k" * 1_990 + "=1",
    "k" * 20_000 + "=1",
    "{name}=" + "x" * 100_000,
    "&".join("a=" for _ in range(600)),
    "{name}=1;{name}=2",
    "{name}=1#{name}",
    "?{name}=1",
    "__proto__=1&constructor=1&__class__=1&self=1&request=1",
    "lists=1&items=ab&keys=1&values=1&get=1&copy=1",
    "utm_source=x&fbclid=y&{name}=1",
]

# Scripts in all that a browser might take for one, where a text is shown as it is.
SCRIPTS = [
    "<script>alert(1)</script>",
    "<ScRiPt>alert(1)</sCrIpT>",
    "<script src=//evil.example/x.js></script>",
    "<script/x>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script type=module>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</option></select><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "`><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    "' autofocus onfocus=alert(1) x='",
    '" style="animation-name:x" onanimationstart="alert(1)',
    '"onpointerenter=alert(1)//',
    "<img src=x onerror=alert(1)>",
    "<img src=x:x onerror=alert(1)//",
    "<img/src/onerror=alert(1)>",
    "<image src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x>",
    '<svg><a xlink:href="javascript:alert(1)"><text y=9>x</text></a></svg>',
    '<math><maction actiontype="statusline" xlink:href="javascript:alert(1)">x</maction></math>',
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>",
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="javascript:alert(1)"></object>',
    '<embed src="data:text/html,<script>alert(1)</script>">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVa\tScRiPt:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:alert(1)">x</a>',
    '<form action="javascript:alert(1)"><button>x</button></form>',
    '<button formaction="javascript:alert(1)">x</button>',
    '<base href="//evil.example/">',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    "<link rel=stylesheet href=//evil.example/x.css>",
    '<style>@import "//evil.example/x.css";</style>',
    "<template><script>alert(1)</script></template>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<x contenteditable onblur=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "{{constructor.constructor('alert(1)')()}}${alert(1)}",
    '";alert(1);//',
]
# What is left of them in an address that a link may have.
LINK = "https://evil.example/javascript:alert(1)?'onmouseover='alert(1)&a=%22%3E%3Csvg/onload=alert(1)%3E"

ALLOWED = {200, 301, 302, 304, 400, 403, 404, 405, 414}


@dataclass
class Attack:
    """Asks what is hostile, and notes what shouldn't have come back.

    ``within`` makes what each request runs in, and ``seconds`` is how much of the processor's time
    one may take: far more than any should.
    """

    client: object
    within: object = nullcontext
    seconds: float = 1
    faults: list = field(default_factory=list)
    count: int = 0

    def get(self, path, query="", value=""):
        """Ask for a path and a query string as they are; ``value`` is what is hostile in them."""
        self.note(f"{path}?{query}"[:300], lambda: self.client.get(_bare(path), QUERY_STRING=query))

    def note(self, what, ask):
        """Call for a response, and note it as a fault unless it is a harmless one."""
        self.count += 1
        before = thread_time()
        try:
            with self.within():
                response = ask()
        except Exception as error:
            self.faults.append((what, repr(error)[:300]))
            return None
        took = thread_time() - before
        self.faults += [(what, fault) for fault in faults_of(response)]
        if took > self.seconds:
            self.faults.append((what, f"{took:.1f} s"))
        return response


def _bare(path):
    # The client of the tests takes a path apart where it has a question mark.
    return path.replace("?", "%3F")


def faults_of(response):
    """Yield what is wrong with an answer to what is hostile."""
    if response.status_code not in ALLOWED:
        yield f"status {response.status_code}"
    if "hostile" in response.cookies:
        yield "a header was smuggled in"
    location = response.get("Location", "")
    if location and not re.match(r"/(?![/\\])|\?|http://testserver/", location):
        yield f"leads to {location[:100]}"
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return
    page = response.content.decode()
    if "\x00" in page:
        yield "NUL in a page"
    if EXECUTED in page:
        yield "a template was run"
    yield from (f"shown as it came: {fragment}" for fragment in FRAGMENTS if fragment in page)


@dataclass(frozen=True)
class EntryPoint:
    """One pattern of the site map, with the names of what stands in its path."""

    name: str
    route: str
    slots: tuple[str, ...]

    def path(self, **values):
        """Return an address, with values as they stand in addresses."""
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda slot: values[slot[1]], self.route)


def entry_points():
    """Return the entry points of the whole site, the desk's too, by the resolver itself."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns, prefix, namespace):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = pattern.namespace or ""
            yield from _walk(pattern.url_patterns, route, namespace or inner)
        elif route.startswith("/") and "(?P" not in route:
            name = f"{namespace}:{pattern.name}" if namespace else str(pattern.name)
            slots = tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))
            yield EntryPoint(name, route, slots)


def turn(values, number, share):
    """Return one in ``share`` of some values, others for each number: all of them by and by."""
    return values[number % share :: share]
