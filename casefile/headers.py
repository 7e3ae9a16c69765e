"""The headers of every answer: of pages and files, of redirects, refusals and errors alike.

The Content-Security-Policy is in the settings; an answer may bring a stricter one of its own. What
is public data may be read by any site, all else by this one alone.
"""

import re

from csp.utils import build_policy
from django.middleware.security import SecurityMiddleware

# Features that no page uses. Chromium knows each of these names, and complains of others.
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "usb",
        "xr-spatial-tracking",
    )
)
# By address, not by type: an answer 304 has no type, and must say what the first one said.
PUBLIC_DATA = re.compile(r"/api/.|.*\.(csv|zip|atom|ics|json)$")


class HeadersMiddleware:
    """Stands first, outside of all that may refuse a request."""

    def __init__(self, get_response):
        self.get_response = get_response
        # Django's own, for what is answered before a request comes to it.
        self.security = SecurityMiddleware(get_response)
        self.policy = build_policy()

    def __call__(self, request):
        response = self.security.process_response(request, self.get_response(request))
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response["Permissions-Policy"] = PERMISSIONS
        if _is_public_data(request, response):
            response["Cross-Origin-Resource-Policy"] = "cross-origin"
            response["Access-Control-Allow-Origin"] = "*"
        else:
            response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


def _is_public_data(request, response):
    is_data = PUBLIC_DATA.match(request.path_info) and not request.path_info.startswith("/admin/")
    return is_data and "private" not in response.get("Cache-Control", "")
