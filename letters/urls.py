"""The addresses of public pages: each stands once for each language, see `casefile/urls.py`."""

from django.urls import path

from letters import views

urlpatterns = [
    path("", views.home, name="home"),
    path("jurisdictions/", views.jurisdiction_list, name="jurisdiction_list"),
    path("jurisdictions/<slug:slug>/", views.jurisdiction_detail, name="jurisdiction_detail"),
    path("rounds/", views.round_list, name="round_list"),
    path("rounds/<slug:slug>/", views.round_detail, name="round_detail"),
    path("letters/", views.letter_list, name="letter_list"),
    path("letters/<slug:key>/", views.letter_detail, name="letter_detail"),
    path("grants/", views.grant_list, name="grant_list"),
    path("statements/", views.statement_list, name="statement_list"),
    path("statements/<slug:key>/", views.statement_detail, name="statement_detail"),
    path("officials/<slug:slug>/", views.official_detail, name="official_detail"),
    path("proceedings/", views.proceeding_list, name="proceeding_list"),
    path("proceedings/<slug:key>/", views.proceeding_detail, name="proceeding_detail"),
    path("sources/<slug:key>/", views.source_detail, name="source_detail"),
    path("corrections/", views.correction_list, name="correction_list"),
    path("search/", views.search, name="search"),
    path("timeline/", views.timeline, name="timeline"),
    path("reports/", views.report_list, name="report_list"),
    path("reports/check/", views.report_check, name="report_check"),
    path("reports/<slug:name>/", views.report_detail, name="report_detail"),
    path("api/", views.api_guide, name="api_guide"),
]
