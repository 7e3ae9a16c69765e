"""Restoring a version: the form opens filled with what the record was, and is saved like any other.

So a restored version is a new change: by the one who saves it, with a reason where one is asked
for, and only where every rule still holds. Links and rows of the page stay as they are.
"""

from django.contrib import messages
from django.db.models import FileField
from django.utils.timezone import localtime

from casefile.versions import as_it_was

RESTORE = "restore"
LARGEST = 2**63 - 1
STAYING = {"key", "slug"}  # they stand in addresses


class RestoresVersions:
    """What an admin page does with ``?restore=`` and a version from the record's history."""

    def get_object(self, request, object_id, from_field=None):
        record = super().get_object(request, object_id, from_field)
        version = request.GET.get(RESTORE, "")
        is_asked = request.method == "GET" and version.isascii() and version.isdecimal()
        if record is None or not is_asked or int(version) > LARGEST:
            return record
        if not self.has_change_permission(request, record):
            return record
        if then := as_it_was(record, version):
            for field in self.opts.concrete_fields:
                if _is_restored(field):
                    setattr(record, field.attname, getattr(then, field.attname))
            request.restored = then
        return record

    def render_change_form(self, request, context, **kwargs):
        if restored := getattr(request, "restored", None):
            moment = f"{localtime(restored.pgh_created_at):%-d %B %Y, %H:%M:%S}"
            said = f"Filled in as it was on {moment}. Nothing is saved yet: save it to restore it."
            messages.info(request, said)
        return super().render_change_form(request, context, **kwargs)


def _is_restored(field):
    is_content = field.editable and not field.primary_key and field.name not in STAYING
    return is_content and not isinstance(field, FileField)
