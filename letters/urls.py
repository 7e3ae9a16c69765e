"""The addresses of public pages: each stands once for each language, see `casefile/urls.py`."""

from casefile.late_views import paths_of

path = paths_of("letters.views")

urlpatterns = [
    path("", "home.home", name="home"),
    path("jurisdictions/", "lists.jurisdiction_list", name="jurisdiction_list"),
    path(
        "jurisdictions/<slug:slug>/",
        "jurisdictions.jurisdiction_detail",
        name="jurisdiction_detail",
    ),
    path("rounds/", "lists.round_list", name="round_list"),
    path("rounds/<slug:slug>/", "rounds.round_detail", name="round_detail"),
    path("letters/", "lists.letter_list", name="letter_list"),
    path("letters/<slug:key>/", "details.letter_detail", name="letter_detail"),
    path("grants/", "lists.grant_list", name="grant_list"),
    path("statements/", "lists.statement_list", name="statement_list"),
    path("statements/<slug:key>/", "details.statement_detail", name="statement_detail"),
    path("officials/<slug:slug>/", "details.official_detail", name="official_detail"),
    path("proceedings/", "lists.proceeding_list", name="proceeding_list"),
    path("proceedings/<slug:key>/", "details.proceeding_detail", name="proceeding_detail"),
    path("sources/<slug:key>/", "details.source_detail", name="source_detail"),
    path("corrections/", "corrections.correction_list", name="correction_list"),
    path("search/", "search.search", name="search"),
    path("timeline/", "timeline.timeline", name="timeline"),
    path("reports/", "reports.report_list", name="report_list"),
    path("reports/check/", "reports.report_check", name="report_check"),
    path("reports/<slug:name>/", "reports.report_detail", name="report_detail"),
    path("api/", "api.api_guide", name="api_guide"),
]
