"""What Django's system check says of how people sign in."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, register


@register(Tags.security)
def passkeys_can_be_made(app_configs, **options):
    """Browsers make passkeys for https alone, and for localhost."""
    site = urlsplit(settings.SITE_URL)
    if site.scheme == "https" or site.hostname == "localhost":
        return []
    return [
        Error(
            "No browser makes a passkey for the address in SITE_URL.",
            hint="Set it to one that begins with https://.",
            id="casefile.E001",
        )
    ]
