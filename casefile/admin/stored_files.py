"""The stored files of sources, for staff alone, as downloads that no browser opens by itself."""

from pathlib import PurePath

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from casefile.models import Source

# Should one be opened as a page all the same: it runs nothing, asks for nothing, and belongs to
# no site.
POLICY = "sandbox; default-src 'none'"


@admin.site.admin_view
@require_safe
def stored_file(request, name):
    """Send a file by the name that a source has for it: what is in the folder beside isn't sent."""
    if not request.user.has_perm("casefile.view_source"):
        raise PermissionDenied
    source = get_object_or_404(Source.objects.defer("text"), file=name)
    return FileResponse(
        source.file.open(),
        as_attachment=True,
        filename=f"{source.key}{PurePath(name).suffix}",
        content_type="application/octet-stream",
        headers={"Content-Security-Policy": POLICY},
    )
