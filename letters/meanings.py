"""What the record's words mean, for readers."""

from casefile.models import SourceKind
from letters.models.statements import Attribution

ATTRIBUTIONS = {
    Attribution.NAMED: "the source names who said this.",
    Attribution.UNNAMED: "the source does not name who said this.",
    Attribution.INFERRED: "the source does not say who said this; it follows from other sources.",
    Attribution.DISPUTED: "sources disagree on who said this, or whether it was said.",
}
SOURCE_KINDS = {
    SourceKind.PRIMARY_DOCUMENT: "the document itself, or a true copy of it.",
    SourceKind.PRESS_RELEASE: "what an office or organisation published about itself.",
    SourceKind.COURT_FILING: "a paper filed in a court, or its decision.",
    SourceKind.NEWS_REPORT: "an article by a news organisation.",
    SourceKind.SYNDICATED_COPY: "an article that another publisher took over unchanged.",
    SourceKind.MACHINE_ALTERED_COPY: "an article whose words a machine changed. It never makes a"
    " quotation verified.",
    SourceKind.DATASET: "a table of figures.",
}
