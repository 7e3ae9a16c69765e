"""What every answer of the API says of itself."""

from django.conf import settings

from letters.license import LICENSE


def about(report, request, revision):
    """Return the fields of an `Answer`."""
    return {
        "report": report.name,
        "as_of": request.day,
        "revision": revision.number,
        "license": LICENSE["path"],
        "attribution": f"Casefile, {settings.SITE_URL}",
    }
