"""The public pages, one file for each part of the site."""

from letters.views.api import api_guide
from letters.views.calendars import deadlines, jurisdiction_deadlines, round_deadlines
from letters.views.corrections import correction_list
from letters.views.details import (
    letter_detail,
    official_detail,
    proceeding_detail,
    source_detail,
    statement_detail,
)
from letters.views.feeds import correction_feed, feed, jurisdiction_feed, round_feed
from letters.views.home import healthz, home
from letters.views.jurisdictions import jurisdiction_detail
from letters.views.lists import (
    grant_list,
    jurisdiction_list,
    letter_list,
    proceeding_list,
    round_list,
    statement_list,
)
from letters.views.reports import (
    record_zip,
    report_about,
    report_check,
    report_csv,
    report_detail,
    report_list,
)
from letters.views.robots import robots, sitemap, sitemap_index
from letters.views.rounds import round_detail
from letters.views.search import search
from letters.views.timeline import timeline

__all__ = [
    "api_guide",
    "correction_feed",
    "correction_list",
    "deadlines",
    "feed",
    "grant_list",
    "healthz",
    "home",
    "jurisdiction_deadlines",
    "jurisdiction_detail",
    "jurisdiction_feed",
    "jurisdiction_list",
    "letter_detail",
    "letter_list",
    "official_detail",
    "proceeding_detail",
    "proceeding_list",
    "record_zip",
    "report_about",
    "report_check",
    "report_csv",
    "report_detail",
    "report_list",
    "robots",
    "round_deadlines",
    "round_detail",
    "round_feed",
    "round_list",
    "search",
    "sitemap",
    "sitemap_index",
    "source_detail",
    "statement_detail",
    "statement_list",
    "timeline",
]
