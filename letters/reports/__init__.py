"""The reports, a plain list: to add one, add its declaration, and page, CSV and JSON follow."""

from letters.reports.awards import AWARD_EVENTS, GRANTS
from letters.reports.coverage import COVERAGE
from letters.reports.docket import DOCKET
from letters.reports.jurisdictions import JURISDICTIONS
from letters.reports.letters import DEADLINES, LETTERS, RESPONSES
from letters.reports.proceedings import PROCEEDINGS
from letters.reports.rounds import ROUNDS
from letters.reports.sources import SOURCES
from letters.reports.statements import QUOTATIONS, STATEMENTS

REPORTS = [
    LETTERS,
    DEADLINES,
    RESPONSES,
    ROUNDS,
    JURISDICTIONS,
    GRANTS,
    AWARD_EVENTS,
    STATEMENTS,
    QUOTATIONS,
    PROCEEDINGS,
    SOURCES,
    DOCKET,
    COVERAGE,
]
