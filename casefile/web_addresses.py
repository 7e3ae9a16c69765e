"""Links to elsewhere: http and https alone, to a host that reads as what it is.

``https://justice.gov@evil.example/`` and hosts with letters of other alphabets, written so or as
punycode, look like a host that they aren't. None is stored: forms, imports and the database refuse.
"""

from urllib.parse import urlsplit

from django.core.validators import RegexValidator, URLValidator
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

# As Python and PostgreSQL both read it. Django's own rule for the rest, in `validators`, is for
# people: this one holds for every row.
PATTERN = (
    r"^https?://(?!([^/?#]*\.)?[xX][nN]--)[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][^\s<>\"\\\u202a-\u202e"
    r"\u2066-\u2069]*)?$"
)

validators = [
    URLValidator(schemes=["http", "https"]),
    RegexValidator(
        PATTERN,
        _(
            "Enter a link that begins with http:// or https:// and a host in plain letters, without"
            " a user name."
        ),
    ),
]


def is_web_address(*fields, name, words):
    """Return a constraint: each of the fields is empty or a link. ``words`` name them."""
    condition = Q()
    for field in fields:
        condition &= Q(**{field: ""}) | Q(**{f"{field}__regex": PATTERN})
    return CheckConstraint(
        name=name,
        condition=condition,
        violation_error_message=f"{words} must begin with http:// or https:// and a host in plain"
        " letters, without a user name.",
    )


def host(address):
    """Return the host of a link; nothing for what is no link."""
    parts = urlsplit(address)
    return parts.hostname or "" if parts.scheme in ("http", "https") else ""
