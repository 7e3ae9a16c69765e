"""Pages of the desk that belong to no single kind of record."""

from django.contrib import admin
from django.urls import path

from casefile.admin.stored_files import stored_file
from letters.admin import importing

urlpatterns = [
    path("files/<path:name>", admin.site.admin_view(stored_file), name="stored_file"),
    path("import/", importing.upload_view, name="import_upload"),
    path("import/preview/", importing.preview_view, name="import_preview"),
    path("import/apply/", importing.apply_view, name="import_apply"),
]
