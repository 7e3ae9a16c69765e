"""The admin pages of sources."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from casefile.admin.merging import MergesRecords
from casefile.admin.records import RecordAdmin, RecordForm
from casefile.admin.work import Work, WorkFilter
from casefile.uploaded_texts import UnreadableUpload, uploaded_text


def without_text(model, user, day):
    """Return the sources against which no quotation can be checked."""
    return model.objects.filter(text="")


class SourceForm(RecordForm):
    """A file is judged by its content as it is when a source is taken in, and named by us."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            try:
                _text, file.name = uploaded_text(file)
            except UnreadableUpload as refusal:
                raise ValidationError(str(refusal)) from refusal
        return file


class SourceAdmin(MergesRecords, RecordAdmin):
    """A source may serve many entries; its text is private.

    The app that knows what is drafted from a source's text registers it, with pages for that.
    """

    form = SourceForm
    date_hierarchy = "published_on"
    fieldsets = [
        (None, {"fields": ["title", "kind", ("publisher", "author"), "published_on", "key"]}),
        ("Where it is", {"fields": ["url", "archive_url", "retrieved_on"]}),
        ("What it says", {"fields": ["text", "text_sha256", "file", "file_sha256", "note"]}),
    ]
    list_display = ["title", "kind", "publisher", "published_on", "has_text", "key"]
    list_filter = ["kind", ("text", admin.EmptyFieldListFilter), WorkFilter, "publisher"]
    work = [Work("text", "Sources without text", 90, without_text)]
    prepopulated_fields = {"key": ["publisher", "title"]}
    readonly_fields = ["text_sha256", "file_sha256"]
    search_fields = ["key", "title__unaccent", "publisher__unaccent", "author__unaccent", "url"]

    def get_queryset(self, request):
        """Leave the long texts in the database until one is asked for."""
        sources = super().get_queryset(request)
        return sources.defer("text").annotate(is_with_text=~Q(text=""))

    @admin.display(boolean=True, description="text")
    def has_text(self, source):
        return source.is_with_text
