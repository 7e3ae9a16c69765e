"""The public addresses of files, feeds and the API, which have one language."""

from django.urls import path

from letters import views
from letters.api import api

urlpatterns = [
    path(
        "jurisdictions/<slug:slug>/deadlines.ics",
        views.jurisdiction_deadlines,
        name="jurisdiction_deadlines",
    ),
    path("jurisdictions/<slug:slug>/feed.atom", views.jurisdiction_feed, name="jurisdiction_feed"),
    path("rounds/<slug:slug>/deadlines.ics", views.round_deadlines, name="round_deadlines"),
    path("rounds/<slug:slug>/feed.atom", views.round_feed, name="round_feed"),
    path("corrections/feed.atom", views.correction_feed, name="correction_feed"),
    path("feed.atom", views.feed, name="feed"),
    path("deadlines.ics", views.deadlines, name="deadlines"),
    path("reports/record.zip", views.record_zip, name="record_zip"),
    path("reports/<slug:name>.csv", views.report_csv, name="report_csv"),
    path("reports/<slug:name>.csv-metadata.json", views.report_about, name="report_about"),
    path("api/", api.urls),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", views.sitemap, name="sitemap"),
]
