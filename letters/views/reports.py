"""The reports: what each holds, a preview, the download, and the check of a file."""

import base64
import hashlib
import re
import tempfile

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from casefile.downloads import send_file
from casefile.receipts import Receipt
from casefile.revision import current_revision
from letters.reports import REPORTS
from letters.reports.asking import ask

PREVIEW_ROWS = 10
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
EXPORT_DRAFTS = "letters.publish_letter"


@require_safe
def report_list(request):
    reports = [report for report in REPORTS if not report.staff_only or may_export_drafts(request)]
    context = {"reports": reports, "revision": current_revision()}
    return render(request, "letters/report_list.html", context)


@require_safe
def report_detail(request, name):
    report = find_report(request, name)
    try:
        asked = ask(report, request.GET, request.day)
    except ValueError as error:
        return render(request, "400.html", {"problem": str(error)}, status=400)
    require_permission(request, asked.question)
    with asked.record():
        cells = report.cells(asked.rows(), raw=asked.question.raw)
        context = {
            "report": report,
            "filter": asked.filters,
            "question": asked.question,
            "preview": list(cells[:PREVIEW_ROWS]),
            "revision": current_revision(),
            "query": request.GET.urlencode(),
            "may_export_drafts": may_export_drafts(request),
        }
    return render(request, "letters/report_detail.html", context)


@require_safe
def report_csv(request, name):
    return _answer(request, name, _send_report)


@require_safe
def report_about(request, name):
    """Send the sidecar: rows, bytes, SHA-256, revision, filters and columns of the same report."""
    return _answer(request, name, lambda file: JsonResponse(file.sidecar))


def _answer(request, name, send):
    report = find_report(request, name)
    try:
        asked = ask(report, request.GET, request.day)
    except ValueError as error:
        return render(request, "400.html", {"problem": str(error)}, status=400)
    require_permission(request, asked.question)
    if asked.question.drafts:
        return _send_draft_report(request, asked)
    file = asked.file()
    Receipt.record(file.sidecar, signed_in(request))
    response = send(file)
    response["ETag"] = f'"{file.sidecar["sha256"]}"'
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def _send_report(file):
    sidecar = file.sidecar
    response = send_file(file.path, f"casefile-{sidecar['report']}-{sidecar['as_of']}.csv")
    response["Repr-Digest"] = f"sha-256=:{_base64(sidecar['sha256'])}:"
    response["Casefile-Rows"] = sidecar["rows"]
    response["Casefile-Revision"] = sidecar["revision"]
    return response


def _send_draft_report(request, asked):
    """Send a report with drafts: made for one person, and kept nowhere."""
    out = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    sidecar = asked.write(out)
    Receipt.record(sidecar, request.user)
    out.seek(0)
    name = f"casefile-{sidecar['report']}-{sidecar['as_of']}-with-drafts.csv"
    return FileResponse(out, as_attachment=True, filename=name, content_type="text/csv")


def _base64(hexadecimal):
    return base64.b64encode(bytes.fromhex(hexadecimal)).decode()


@csrf_exempt  # it changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def report_check(request):
    """Tell whether a file is a whole report of this site, and which."""
    context, status = {}, 200
    if request.method == "POST":
        uploaded = request.FILES.get("file")
        if uploaded is None:
            context, status = {"problem": "Choose the file to check."}, 400
        else:
            digest = hashlib.sha256()
            for chunk in uploaded.chunks():
                digest.update(chunk)
            context = _receipts_of(digest.hexdigest())
    elif asked := request.GET.get("sha256", "").strip().lower():
        if SHA256.fullmatch(asked):
            context = _receipts_of(asked)
        else:
            context, status = {"problem": "A SHA-256 has 64 hexadecimal digits."}, 400
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
    """Return the user, or None for a reader, whose session nobody looks for."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if request.user.is_authenticated else None


def may_export_drafts(request):
    user = signed_in(request)
    return user is not None and user.has_perm(EXPORT_DRAFTS)


def require_permission(request, question):
    if question.drafts and not may_export_drafts(request):
        raise PermissionDenied
