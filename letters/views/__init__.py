"""The public pages, one file for each part of the site."""

from letters.views.calendars import deadlines, jurisdiction_deadlines, round_deadlines
from letters.views.corrections import CorrectionFeed, correction_list
from letters.views.details import (
    letter_detail,
    official_detail,
    proceeding_detail,
    source_detail,
    statement_detail,
    timeline,
)
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
from letters.views.rounds import round_detail

__all__ = [
    "CorrectionFeed",
    "correction_list",
    "deadlines",
    "grant_list",
    "healthz",
    "home",
    "jurisdiction_deadlines",
    "jurisdiction_detail",
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
    "round_deadlines",
    "round_detail",
    "round_list",
    "source_detail",
    "statement_detail",
    "statement_list",
    "timeline",
]
