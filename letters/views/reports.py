"""The reports: what each holds, a preview, the download, and the check of a file."""

import base64
import re
import tempfile
from contextlib import nullcontext
from functools import wraps

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from casefile.downloads import send_file, send_kept_file
from casefile.receipts import Receipt
from casefile.replica import noting_on_primary
from casefile.revision import current_revision
from casefile.seals import Seal
from casefile.slots import BusyError, busy_response, slot
from casefile.uploaded_sums import SumUploadHandler
from letters.facets import facets_of
from letters.linked_data import of_report
from letters.public_record import record_file
from letters.reports import REPORTS
from letters.reports.asking import NotUnderstoodError, ask

PREVIEW_ROWS = 10
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
EXPORT_DRAFTS = "letters.publish_letter"


def answers_problems(view):
    """Make a view answer what it can't understand with 400, and what must wait with 503."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except NotUnderstoodError as error:
            return render(request, "400.html", {"problem": str(error)}, status=400)
        except BusyError:
            return busy_response()

    return answer


@require_safe
def report_list(request):
    reports = [report for report in REPORTS if not report.staff_only or may_export_drafts(request)]
    context = {
        "reports": reports,
        "revision": current_revision(),
        "seal": Seal.objects.first(),
    }
    return render(request, "letters/report_list.html", context)


@require_safe
@answers_problems
def report_detail(request, name):
    report = find_report(request, name)
    asked = ask(report, request.GET, request.day)
    require_permission(request, asked.question)
    # Today's first rows are found at once; a past record is rebuilt for them.
    with slot() if asked.known_on else nullcontext(), asked.record() as revision:
        filters = asked.filters()
        found = not filters or filters.is_valid()
        rows = asked.rows() if found else []
        context = {
            "linked_data": None if report.staff_only else of_report(report),
            "report": report,
            "filter": filters,
            "facets": facets_of(filters) if filters else {},
            "found": found,
            "question": asked.question,
            "known_on": asked.known_on,
            "preview": report.page(rows, PREVIEW_ROWS, raw=asked.question.raw) if found else [],
            "revision": revision,
            "query": without_flavour(request.GET),
            "json_query": without_flavour(request.GET, "sort", "known_on"),
            "may_export_drafts": may_export_drafts(request),
        }
        status = 200 if found else 400
        return render(request, "letters/report_detail.html", context, status=status)


def without_flavour(asked, *others):
    """Return what was asked as a query string, to which a link adds its own flavour."""
    kept = asked.copy()
    for flavour in ("excel", "raw", "drafts", "page", *others):
        kept.pop(flavour, None)
    return kept.urlencode()


@require_safe
@answers_problems
def report_csv(request, name):
    return _answer(request, name, _send_report)


@require_safe
@answers_problems
def report_about(request, name):
    """Send the sidecar: rows, bytes, SHA-256, revision, filters and columns of the same report."""
    return _answer(request, name, lambda request, file: JsonResponse(file.sidecar))


def _answer(request, name, send):
    report = find_report(request, name)
    asked = ask(report, request.GET, request.day)
    require_permission(request, asked.question)
    if asked.question.drafts:
        return _send_draft_report(request, asked)
    return answer_with(request, asked.file(), send)


def answer_with(request, file, send):
    """Answer with a kept file, or that it hasn't changed, and keep the receipt."""
    etag = f'"{file.sidecar["sha256"]}"'
    response = get_conditional_response(request, etag=etag, response=HttpResponse())
    if response.status_code == 200:
        with noting_on_primary():
            Receipt.record(file.sidecar, signed_in(request))
        response = send(request, file)
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


@require_safe
@answers_problems
def record_zip(request):
    """Send the whole public record as of the day."""
    return answer_with(request, record_file(request.day), _send_report)


def _send_report(request, file):
    response = send_kept_file(request, file.path)
    response["Repr-Digest"] = f"sha-256=:{_base64(file.sidecar['sha256'])}:"
    response["Casefile-Rows"] = file.sidecar["rows"]
    response["Casefile-Revision"] = file.sidecar["revision"]
    return response


def _send_draft_report(request, asked):
    """Send a report with drafts: made for one person, and kept nowhere."""
    out = tempfile.TemporaryFile()  # noqa: SIM115  sending it closes it
    try:
        with slot():
            sidecar, _revision = asked.write(out)
        Receipt.record(sidecar, request.user)
        response = send_file(request, out, asked.question.file_name)
    except BaseException:
        out.close()
        raise
    response["Cache-Control"] = "private, no-store"
    return response


def _base64(hexadecimal):
    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()


@csrf_exempt  # it changes nothing, and must be told of its upload handler before a form is read
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache  # a receipt is written without a change of the record
@answers_problems
def report_check(request):
    """Tell whether a file is a whole report of this site, and which."""
    context, status = {}, 200
    if request.method == "POST":
        request.upload_handlers = [SumUploadHandler(request)]
        with slot():
            uploaded = request.FILES.get("file")
        if uploaded is None:
            context, status = {"problem": _("Choose the file to check.")}, 400
        else:
            context = _receipts_of(uploaded.sha256)
    elif asked := request.GET.get("sha256", "").strip().lower():
        if SHA256.fullmatch(asked):
            context = _receipts_of(asked)
        else:
            context, status = {"problem": _("A SHA-256 has 64 hexadecimal digits.")}, 400
    return render(request, "letters/report_check.html", context, status=status)


def _receipts_of(sha256):
    # The same bytes may answer several questions: any receipt of them says what they are.
    receipts = Receipt.objects.filter(sha256=sha256).exclude(question__drafts=True)
    return {"sha256": sha256, "receipts": list(receipts[:5]), "checked": True}


def find_report(request, name):
    """Return a report by name; to who may not see it, it does not exist."""
    for report in REPORTS:
        if report.name == name and (not report.staff_only or may_export_drafts(request)):
            return report
    raise Http404


def signed_in(request):
    """Return the user, who may be at the desk too, or None for a reader.

    Nobody looks for the session of a reader.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if admin.site.has_permission(request) else None


def may_export_drafts(request):
    user = signed_in(request)
    return user is not None and user.has_perm(EXPORT_DRAFTS)


def require_permission(request, question):
    if question.drafts and not may_export_drafts(request):
        raise PermissionDenied
