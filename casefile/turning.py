"""Characters that turn the direction of writing: they make a text read as another than it is.

Lines, such as names and titles, have none: `casefile.constraints.keeps_direction`. Texts are kept
as they were found, so they may have some, and readers see them as signs.
"""

import re

# Unicode's explicit embeddings, overrides and isolates, as Python and PostgreSQL both read them:
# https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
TURNING = r"[\u202a-\u202e\u2066-\u2069]"
IN_UTF8 = re.compile(b"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


# What people read. Reports and the API are data: they have texts as they are kept.
READ = ("text/html", "application/atom+xml")


def with_signs(text):
    """Return a text with a sign for each such character, as in ``[U+202E]``."""
    return re.sub(TURNING, _sign_of, text)


class TurningMiddleware:
    """Show signs for such characters on readers' pages and in feeds; none works there.

    The desk has them in its forms, where they are what is saved.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_read = response.get("Content-Type", "").startswith(READ)
        if is_read and not response.streaming and not request.path_info.startswith("/admin/"):
            response.content = IN_UTF8.sub(
                lambda found: with_signs(found[0].decode()).encode(), response.content
            )
        return response


def _sign_of(found):
    return f"[U+{ord(found[0]):04X}]"
