"""Pages of the desk that belong to no single kind of record."""

from casefile.late_views import path

urlpatterns = [
    path("files/<path:name>", "casefile.admin.stored_files.stored_file", name="stored_file"),
    path("import/", "letters.admin.importing.upload_view", name="import_upload"),
    path("import/preview/", "letters.admin.importing.preview_view", name="import_preview"),
    path("import/apply/", "letters.admin.importing.apply_view", name="import_apply"),
]
