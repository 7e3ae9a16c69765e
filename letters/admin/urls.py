"""Pages of the desk that belong to no single kind of record."""

from django.urls import path

from letters.admin import importing

urlpatterns = [
    path("import/", importing.upload_view, name="import_upload"),
    path("import/preview/", importing.preview_view, name="import_preview"),
    path("import/apply/", importing.apply_view, name="import_apply"),
]
