"""Reports on letters, their deadlines and what came back."""

from django.db.models import F, OuterRef, Subquery, Value
from django.utils.translation import gettext_noop as _

from casefile.reports import Column, Report
from letters.filters import LetterFilter
from letters.models import Extension, Letter, Response
from letters.reports.columns import DATE, DATE_PRECISION, STATUS, key, sources_of
from letters.states import DaysBetween

ROUND = Column("round", "text", _("Slug of the round."), "round__slug")
JURISDICTION = Column("jurisdiction", "text", _("Slug of the jurisdiction."), "jurisdiction__slug")
STATE = Column("state", "text", _("Where the letter stands as of the day, by the published rule."))
DEADLINE = Column("deadline", "date", _("The first deadline, as the letter gives it."))
EFFECTIVE = Column("effective_deadline", "date", _("The deadline in force as of the day."))
DUE_SOON = Column("due_soon", "boolean", _("Whether an answer is due within seven days."))
EXTENSIONS = Column(
    "extensions", "integer", _("How many extensions are on record."), "extension_count"
)


def letters(day, published):
    return Letter.objects.standing(day, published)


LETTERS = Report(
    "letters",
    _("Letters"),
    _("One row for each letter on record, with where it stands as of the day."),
    columns=(
        key(_("Stable key of the letter.")),
        ROUND,
        JURISDICTION,
        DATE,
        DEADLINE,
        EFFECTIVE,
        STATE,
        Column(
            "days_late", "integer", _("Days past the deadline in force, if any."), unit=_("days")
        ),
        Column(
            "exposure", "text", _("Failures that the release of 24 January 2018 names, by rule.")
        ),
        DUE_SOON,
        Column("first_complete_response", "date", _("The day of the first complete response.")),
        EXTENSIONS,
        Column("enforcement", "text", _("The enforcement step dated last.")),
        DATE_PRECISION,
        Column("sent_on", "date", _("The day it was sent.")),
        Column("received_on", "date", _("The day it was received.")),
        Column("withdrawn_on", "date", _("The day DOJ withdrew it.")),
        Column(
            "cleared_on", "date", _("The day DOJ cleared the jurisdiction or closed the matter.")
        ),
        Column(
            "verified_through", "date", _("The last day for which staff checked for an answer.")
        ),
        Column("recipient_agency", "text", _("The agency written to, where not the jurisdiction.")),
        Column("addressee", "text", _("The person written to.")),
        Column("jurisdiction_name", "text", _("Name of the jurisdiction."), "jurisdiction__name"),
        Column("jurisdiction_kind", "text", _("Kind of jurisdiction."), "jurisdiction__kind"),
        Column("usps", "text", _("USPS code of its state."), "jurisdiction__state"),
        Column("geoid", "text", _("Census GEOID."), "jurisdiction__geoid"),
        STATUS,
        sources_of(Letter),
    ),
    rows=letters,
    order=("key",),
    filterset=LetterFilter,
)


def deadlines(day, published):
    granted = (
        Extension.objects.recorded(day, published)
        .filter(letter=OuterRef("pk"))
        .order_by("-date", "-new_deadline", "-key")
    )
    return (
        letters(day, published)
        .filter(effective_deadline__isnull=False)
        .annotate(
            moved_by=Subquery(granted.values("key")[:1]),
            moved_on=Subquery(granted.values("date")[:1]),
            days_left=DaysBetween(F("effective_deadline"), Value(day)),
        )
    )


DEADLINES = Report(
    "deadlines",
    _("Deadlines"),
    _("One row for each letter with a deadline: the first date, the date in force, and why."),
    columns=(
        key(_("Stable key of the letter.")),
        ROUND,
        JURISDICTION,
        DEADLINE,
        EFFECTIVE,
        Column(
            "days_left", "integer", _("Days from the day to the deadline in force."), unit=_("days")
        ),
        DUE_SOON,
        STATE,
        Column("deadline_text", "text", _("The letter's own words for the deadline.")),
        Column(
            "deadline_days", "integer", _("The period, where the letter gives one."), unit=_("days")
        ),
        Column("deadline_unit", "text", _("calendar or business days.")),
        Column("deadline_basis", "text", _("dated or received: what the period runs from.")),
        EXTENSIONS,
        Column("moved_by", "text", _("Key of the extension that set the deadline in force.")),
        Column("moved_on", "date", _("The day that extension was granted.")),
        STATUS,
    ),
    rows=deadlines,
    order=("key",),
    filterset=LetterFilter,
)

RESPONSES = Report(
    "responses",
    _("Responses"),
    _("One row for each response on record. Completeness is a judgement with an author."),
    columns=(
        key(_("Stable key of the response.")),
        Column("letter", "text", _("Key of the letter."), "letter__key"),
        Column("round", "text", _("Slug of the round."), "letter__round__slug"),
        Column(
            "jurisdiction", "text", _("Slug of the jurisdiction."), "letter__jurisdiction__slug"
        ),
        DATE,
        DATE_PRECISION,
        Column("kind", "text", _("Kind of response.")),
        Column("signed_by", "text", _("Who signed it.")),
        Column("summary", "text", _("What it says, in short.")),
        STATUS,
        sources_of(Response),
    ),
    rows=lambda day, published: Response.objects.recorded(day, published),
    order=("key",),
)
