"""The page about the API, for people."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from letters.api import PUBLIC_REPORTS
from letters.api.parameters import filters
from letters.api.rows import MOST_ROWS, ROWS
from letters.license import LICENSE


@require_safe
def api_guide(request):
    reports = [(report, filters(report)) for report in PUBLIC_REPORTS]
    context = {"reports": reports, "license": LICENSE, "rows": ROWS, "most_rows": MOST_ROWS}
    return render(request, "letters/api_guide.html", context)
