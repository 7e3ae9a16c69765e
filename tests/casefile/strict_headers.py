"""What every answer of the site says in its headers."""

from casefile.headers import PERMISSIONS

STRICT = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
}
POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "object-src": ["'none'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}


def policy_of(response):
    directives = response["Content-Security-Policy"].split(";")
    return {name: values for name, *values in (one.split() for one in directives)}


def assert_strict(response, *, is_secure=True):
    expected = dict(STRICT)
    if not is_secure:
        del expected["Strict-Transport-Security"]
    assert {name: response.get(name) for name in expected} == expected
    assert policy_of(response) == POLICY
