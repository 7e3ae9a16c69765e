"""Import: a record bundle, or one of its files, is uploaded, previewed and loaded.

It is what ``manage.py load_record`` does, by the same code: all or nothing, with the same problems
row by row, and the preview is its ``--dry-run``. But it publishes nothing: what comes in waits in
review, submitted by who imports it, for somebody else to publish.
"""

from dataclasses import dataclass, field
from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from casefile import review, versions
from casefile.admin.reasons import LONGEST
from casefile.admin.steps import SHOWN_ERRORS
from casefile.bundle import uploads
from casefile.bundle.loading import load, reason_of
from casefile.bundle.problems import BundleError
from casefile.bundle.staging import nearest
from casefile.room import NO_ROOM, has_room_for
from letters.record import RECORD

SHOWN_DIFFERENCES = 500
SESSION_KEY = "import"
SEEN = "_seen"  # what the preview was made of: casefile.bundle.stale
FILES = {table.file: table for table in RECORD}


def may_import(user):
    """Return whether a user may add, change and publish every kind of record: so may a bundle."""
    return all(
        review.may(user, action, table.model)
        for table in RECORD
        for action in (["add", "change", "publish"] if table.is_entry else ["add", "change"])
        if action in table.model._meta.default_permissions
    )


def importers_only(view):
    """Turn away staff who may not import."""

    @wraps(view)
    def checked(request):
        if not may_import(request.user):
            raise PermissionDenied
        return view(request)

    return admin.site.admin_view(checked)


class UploadForm(forms.Form):
    """A zip, or the CSV of one table, which then is the form's ``table``."""

    file = forms.FileField(
        label="Bundle",
        help_text="A record bundle as a zip, or one of its files, such as letters.csv: at most"
        f" {uploads.SIZE_LIMIT // 1024**2} MB.",
    )
    reason = forms.CharField(
        max_length=LONGEST,
        required=False,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy(
            "Where it changes what is published, readers see this beside the change. Left empty, it"
            " names the file."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    table = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > uploads.SIZE_LIMIT:
            raise ValidationError(
                f"The file has {file.size:,} bytes; at most {uploads.SIZE_LIMIT:,} are read here."
                " Larger bundles are loaded with manage.py load_record."
            )
        if not has_room_for(file):
            raise ValidationError(NO_ROOM)
        if not file.name.lower().endswith(".zip"):
            self.table = FILES.get(file.name)
            if self.table is None:
                raise ValidationError(
                    f"There is no file {file.name} in a record bundle. {nearest(file.name, FILES)}"
                )
        return file


@dataclass
class Preview:
    """What a dry run says, line by line up to a bound."""

    lines: list = field(default_factory=list)
    count: int = 0

    def tell(self, line):
        self.count += 1
        if self.count <= SHOWN_DIFFERENCES:
            self.lines.append(line)

    @property
    def more(self):
        return self.count - len(self.lines)


@importers_only
def upload_view(request):
    """Take a file, keep it, and lead to its preview."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        _forget(request)
        file = form.cleaned_data["file"]
        request.session[SESSION_KEY] = {
            "token": uploads.keep(file, form.table),
            "name": file.name,
            "reason": form.cleaned_data["reason"] or reason_of(file.name),
        }
        return redirect("import_preview")
    return _page(request, "upload", "Import", form=form)


@importers_only
@require_safe
def preview_view(request):
    """Show what loading the upload would change, and what is wrong with it."""
    upload = request.session.get(SESSION_KEY)
    path = upload and uploads.path_of(upload["token"])
    if path is None:
        return _gone(request)
    preview = Preview()
    outcome, error = _load(request, upload, path, dry_run=True, tell=preview.tell)
    return _page(
        request,
        "preview",
        f"Import {upload['name']}",
        upload=upload,
        preview=preview,
        outcome=outcome,
        error=error,
        files=_counts(outcome),
        seen_field=SEEN,
        seen=versions.sign(outcome.versions) if outcome else "",
    )


@importers_only
@require_POST
def apply_view(request):
    """Load the upload, or drop it."""
    upload = request.session.get(SESSION_KEY)
    if upload is None or uploads.path_of(upload["token"]) is None:
        return _gone(request)
    if "_drop" in request.POST:
        _forget(request)
        messages.info(request, f"{upload['name']} was dropped. Nothing was loaded.")
        return redirect("import_upload")
    seen = versions.unsign(request.POST.get(SEEN))
    if seen is None:
        messages.error(request, _("Nothing was loaded: look first at what would change."))
        return redirect("import_preview")
    path = uploads.claim(upload["token"])
    if path is None:
        return _gone(request)
    try:
        outcome, error = _load(request, upload, path, dry_run=False, seen=seen)
    except Exception:
        uploads.give_back(upload["token"])
        raise
    if error or outcome.problems:
        uploads.give_back(upload["token"])
        # The record has changed since the preview; a new one says how.
        messages.error(request, "Nothing was loaded: see below what stands against it.")
        for problem in outcome.problems[:SHOWN_ERRORS] if outcome else []:
            messages.error(request, problem)
        return redirect("import_preview")
    _forget(request)
    for file in _counts(outcome):
        messages.success(request, "{file}: {added:,} added, {changed:,} changed.".format(**file))
    if not any(file["added"] or file["changed"] for file in _counts(outcome)):
        messages.info(request, "The record is as it was: the bundle has nothing new.")
    return redirect("admin:index")


def _load(request, upload, path, **options):
    """Return the outcome of a load and "", or None and why the file can't be read as a bundle."""
    ignore = lambda *progress: None  # noqa: E731
    try:
        with review.because(upload["reason"]):
            outcome = load(
                RECORD,
                path,
                submitter=request.user,
                corrector=request.user,
                start=ignore,
                advance=ignore,
                **options,
            )
    except BundleError as error:
        return None, str(error).replace(str(path), upload["name"])
    return outcome, ""


def _counts(outcome):
    names = ("added", "changed", "left")
    counts = outcome.counts.items() if outcome else []
    return [{"file": file} | dict(zip(names, numbers, strict=True)) for file, numbers in counts]


def _forget(request):
    """Remove the user's upload, if there is one."""
    if upload := request.session.pop(SESSION_KEY, None):
        uploads.drop(upload["token"])


def _gone(request):
    messages.warning(request, "There is no upload of yours any more: choose the file again.")
    return redirect("import_upload")


def _page(request, name, title, **context):
    context = {**admin.site.each_context(request), "title": title, **context}
    request.current_app = admin.site.name
    return TemplateResponse(request, f"admin/import_{name}.html", context)
