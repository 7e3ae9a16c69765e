"""What the record's words mean, for readers."""

from django.utils.translation import gettext_lazy as _

from casefile.models import SourceKind
from letters.models.statements import Attribution

ATTRIBUTIONS = {
    Attribution.NAMED: _("the source names who said this."),
    Attribution.UNNAMED: _("the source does not name who said this."),
    Attribution.INFERRED: _(
        "the source does not say who said this; it follows from other sources."
    ),
    Attribution.DISPUTED: _("sources disagree on who said this, or whether it was said."),
}
SOURCE_KINDS = {
    SourceKind.PRIMARY_DOCUMENT: _("the document itself, or a true copy of it."),
    SourceKind.PRESS_RELEASE: _("what an office or organisation published about itself."),
    SourceKind.COURT_FILING: _("a paper filed in a court, or its decision."),
    SourceKind.NEWS_REPORT: _("an article by a news organisation."),
    SourceKind.SYNDICATED_COPY: _("an article that another publisher took over unchanged."),
    SourceKind.MACHINE_ALTERED_COPY: _(
        "an article whose words a machine changed. It never makes a quotation verified."
    ),
    SourceKind.DATASET: _("a table of figures."),
}
