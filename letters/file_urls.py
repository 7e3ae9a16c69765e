"""The public addresses of files, feeds and the API, which have one language."""

from casefile.late_views import include, paths_of

path = paths_of("letters.views")

urlpatterns = [
    path(
        "jurisdictions/<slug:slug>/deadlines.ics",
        "calendars.jurisdiction_deadlines",
        name="jurisdiction_deadlines",
    ),
    path(
        "jurisdictions/<slug:slug>/feed.atom", "feeds.jurisdiction_feed", name="jurisdiction_feed"
    ),
    path("rounds/<slug:slug>/deadlines.ics", "calendars.round_deadlines", name="round_deadlines"),
    path("rounds/<slug:slug>/feed.atom", "feeds.round_feed", name="round_feed"),
    path("corrections/feed.atom", "feeds.correction_feed", name="correction_feed"),
    path("feed.atom", "feeds.feed", name="feed"),
    path("deadlines.ics", "calendars.deadlines", name="deadlines"),
    path("reports/record.zip", "reports.record_zip", name="record_zip"),
    path("reports/<slug:name>.csv", "reports.report_csv", name="report_csv"),
    path("reports/<slug:name>.csv-metadata.json", "reports.report_about", name="report_about"),
    include("api/", "letters.api.urls", namespace="api"),
    path("healthz", "health.healthz", name="healthz"),
    path("robots.txt", "robots.robots", name="robots"),
    path("sitemap.xml", "robots.sitemap_index", name="sitemap_index"),
    path("sitemap-<slug:section>.xml", "robots.sitemap", name="sitemap"),
]
