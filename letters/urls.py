"""The public addresses."""

from django.urls import path

from letters import views
from letters.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("jurisdictions/", views.jurisdiction_list, name="jurisdiction_list"),
    path("jurisdictions/<slug:slug>/", views.jurisdiction_detail, name="jurisdiction_detail"),
    path(
        "jurisdictions/<slug:slug>/deadlines.ics",
        views.jurisdiction_deadlines,
        name="jurisdiction_deadlines",
    ),
    path("jurisdictions/<slug:slug>/feed.atom", views.jurisdiction_feed, name="jurisdiction_feed"),
    path("rounds/", views.round_list, name="round_list"),
    path("rounds/<slug:slug>/", views.round_detail, name="round_detail"),
    path("rounds/<slug:slug>/deadlines.ics", views.round_deadlines, name="round_deadlines"),
    path("rounds/<slug:slug>/feed.atom", views.round_feed, name="round_feed"),
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
    path("corrections/feed.atom", views.correction_feed, name="correction_feed"),
    path("search/", views.search, name="search"),
    path("timeline/", views.timeline, name="timeline"),
    path("feed.atom", views.feed, name="feed"),
    path("deadlines.ics", views.deadlines, name="deadlines"),
    path("reports/", views.report_list, name="report_list"),
    path("reports/check/", views.report_check, name="report_check"),
    path("reports/record.zip", views.record_zip, name="record_zip"),
    path("reports/<slug:name>/", views.report_detail, name="report_detail"),
    path("reports/<slug:name>.csv", views.report_csv, name="report_csv"),
    path("reports/<slug:name>.csv-metadata.json", views.report_about, name="report_about"),
    path("api/", views.api_guide, name="api_guide"),
    path("api/", api.urls),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", views.sitemap, name="sitemap"),
]
