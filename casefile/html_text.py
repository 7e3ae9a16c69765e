"""The text of an HTML page, as a reader sees it: no tags, no scripts, no styles."""

import re
from html.parser import HTMLParser

# What a browser doesn't show as text.
_UNSEEN = {"script", "style", "template", "noscript", "head", "svg", "object", "iframe", "select"}
# Elements that stand on lines of their own.
_BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "td",
    "th", "tr", "ul",
}  # fmt: skip
_BLOCK_BREAK = "\0"  # never in the text: it is removed from what comes in


def html_text(html):
    """Return the text of an HTML page, its blocks parted by empty lines."""
    reader = _Reader()
    reader.feed(html.replace(_BLOCK_BREAK, ""))
    reader.close()
    blocks = (_lines(block) for block in "".join(reader.parts).split(_BLOCK_BREAK))
    return "\n\n".join(block for block in blocks if block)


def _lines(block):
    """Fold white space as browsers do; the line breaks that are left were <br>."""
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in block.split("\n"))
    return "\n".join(lines).strip()


class _Reader(HTMLParser):
    """Collects what is shown. It builds nothing, so that depth costs nothing."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []
        self._unseen = []  # open elements within one that isn't shown, itself first

    def handle_starttag(self, tag, attrs):
        if tag == "body":
            self._unseen.clear()  # a head that was never closed ends here
        elif tag in _UNSEEN:
            self._unseen.append(tag)
        if tag in _BLOCKS:
            self.parts.append(_BLOCK_BREAK)
        elif tag == "br" and not self._unseen:
            self.parts.append("\n")

    def handle_startendtag(self, tag, attrs):
        if tag not in _UNSEEN:  # <svg/> opens nothing
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        if tag in _BLOCKS:
            self.parts.append(_BLOCK_BREAK)

    def handle_data(self, data):
        if not self._unseen:
            self.parts.append(re.sub(r"[\r\n]+", " ", data).replace(_BLOCK_BREAK, ""))
