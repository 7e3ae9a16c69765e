"""The kinds of docket rows, and how an entry of each kind becomes a row."""

from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    DateField,
    Expression,
    F,
    Func,
    OuterRef,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat, NullIf
from django.utils.functional import keep_lazy_text
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casefile.dates import DatePrecision
from casefile.entries import Entry
from jurisdictions.models import (
    AWARD_STATUSES,
    Award,
    AwardEvent,
    AwardStatus,
    Axis,
    Designation,
    Policy,
    PolicyKind,
)
from letters.models import (
    EnforcementStep,
    Event,
    Extension,
    Hold,
    Letter,
    Proceeding,
    Response,
    Ruling,
    Statement,
)
from letters.models.enforcement import EnforcementKind
from letters.models.responses import ResponseKind
from letters.models.statements import Attribution, StatementKind
from letters.visibility import is_one_of

EMPTY = Value("", output_field=TextField())
NO_DATE = Cast(Value(None), DateField())
OVERDUE_ON = "overdue_on"  # a date of letters that nobody entered: it follows from the state rule


@dataclass(frozen=True)
class Branch:
    """How entries of one kind become rows. The texts are lookups or expressions of the model.

    ``heading`` is a template for ``str.format`` that gets the ``row``.
    """

    model: type[Entry]
    label: str
    heading: str
    page: str  # the name of the address of the page where the entry stands
    page_key: str  # the lookup of that page's key
    about: Expression  # the ids of the jurisdictions that it is about
    title: str | Expression = EMPTY
    context: str | Expression = EMPTY
    code: str | Expression = EMPTY
    codes: dict = field(default_factory=dict)  # what each code means, for readers
    who: str | Expression = EMPTY
    detail: str | Expression = EMPTY
    until: str | Expression = NO_DATE
    endless_heading: str = ""  # of a row that has no ``until``, where the heading names it
    date: str = "date"  # another date of the entry makes a row of its own

    @property
    def kind(self):
        """Return the entry kind: the name of its file in the record bundle."""
        return self.model.entry_kind

    @property
    def name(self):
        """Return what stands for this branch in addresses and anchors."""
        return self.kind if self.date == "date" else f"{self.kind}-{self.date}"

    def heading_of(self, row):
        """Return the template of a row's heading."""
        return self.heading if row.until or not self.endless_heading else self.endless_heading

    @property
    def has_own_page(self):
        """Return whether the page shows this entry alone, and not its letter or proceeding."""
        return self.page_key == "key"

    def rows(self, day, published=True):
        """Return the entries that have this date by a day, for readers or staff, as rows.

        Adds ``row_kind``, ``row_date`` and ``row_precision``. What happened to an award is public
        where the award is.
        """
        if self.date == OVERDUE_ON:
            # What came to be overdue by a day was on the record by then. Said again of the letters,
            # it would hide from the planner that an index has many of them, newest first.
            entries = self.model.objects.with_overdue_on(published)
        else:
            entries = self.model.objects.recorded(day, published)
        if published and self.model is AwardEvent:
            entries = entries.filter(is_one_of(Award.objects.public(day), "award"))
        precision = F("date_precision") if self.date == "date" else Value(DatePrecision.DAY)
        return entries.filter(**{f"{self.date}__lte": day}).annotate(
            row_kind=Value(self.kind), row_date=F(self.date), row_precision=precision
        )


@keep_lazy_text
def _lower(text):
    return str(text).lower()


def joined(separator, *lookups):
    """Return an expression that joins those texts that are not empty."""
    texts = (NullIf(Cast(lookup, TextField()), Value("")) for lookup in lookups)
    return Func(Value(separator), *texts, function="CONCAT_WS", output_field=TextField())


def only(lookup):
    """Return an expression: the list of the one jurisdiction that an entry is about."""
    return Func(F(lookup), template="ARRAY[%(expressions)s]", output_field=_ids())


def all_of(model):
    """Return an expression: the list of the jurisdictions that an entry is about."""
    links = model.jurisdictions.through.objects.filter(
        **{model._meta.model_name: OuterRef("pk")}
    ).order_by("jurisdiction")
    return ArraySubquery(links.values("jurisdiction"), output_field=_ids())


def _ids():
    return ArrayField(BigIntegerField())


def _of_letter(model, **texts):
    """Return the branch of a kind of entry that belongs to a letter."""
    return Branch(
        model,
        page="letter_detail",
        page_key="letter__key",
        about=only("letter__jurisdiction"),
        context="letter__round__title",
        **texts,
    )


def _of_jurisdiction(model, **texts):
    """Return the branch of a kind of entry that stands on the page of its jurisdiction."""
    return Branch(
        model,
        page="jurisdiction_detail",
        page_key="jurisdiction__slug",
        about=only("jurisdiction"),
        **texts,
    )


def _letter(heading, date="date", label=None, **texts):
    return Branch(
        Letter,
        label or _("Letter"),
        heading,
        page="letter_detail",
        page_key="key",
        about=only("jurisdiction"),
        title="jurisdiction__name",
        context="round__title",
        date=date,
        **texts,
    )


_AWARD = joined(" ", "award__program", Concat(Value("FY"), Cast("award__fiscal_year", TextField())))

LETTER = _letter(_("Letter to {row.title}"), who="signed_by")
OVERDUE = _letter(
    _("Deadline passed, no response on record: {row.title}"), date=OVERDUE_ON, label=_("Deadline")
)

# From what comes first on a day to what comes last.
BRANCHES = [
    _of_jurisdiction(
        Policy,
        label=_("Policy"),
        heading="{row.title}",
        title="title",
        context="legal_citation",
        code="kind",
        codes=dict(PolicyKind.choices),
        detail="summary",
        until="repealed_on",
    ),
    _of_jurisdiction(
        Policy,
        label=_("Policy"),
        heading=_("Repealed: {row.title}"),
        date="repealed_on",
        title="title",
        context="legal_citation",
        code="kind",
        codes=dict(PolicyKind.choices),
    ),
    _of_jurisdiction(
        Designation,
        label=_("Designation"),
        heading=_("Put on the list “{row.title}”"),
        title="list_name",
        detail="summary",
        until="removed_on",
    ),
    _of_jurisdiction(
        Designation,
        label=_("Designation"),
        heading=_("Taken off the list “{row.title}”"),
        date="removed_on",
        title="list_name",
    ),
    LETTER,
    Branch(
        Proceeding,
        _("Proceeding"),
        "{row.title}",
        page="proceeding_detail",
        page_key="key",
        about=all_of(Proceeding),
        title="caption",
        context=joined(", ", "court", "docket_number"),
        detail="summary",
    ),
    Branch(
        Event,
        _("Event"),
        "{row.title}",
        page="timeline",
        page_key="key",
        about=all_of(Event),
        title="title",
        detail="summary",
    ),
    Branch(
        Statement,
        _("Statement"),
        "{row.speaker}",
        page="statement_detail",
        page_key="key",
        about=all_of(Statement),
        code=Concat("kind", Value(":"), "attribution", output_field=TextField()),
        codes={
            f"{kind}:{attribution}": kind.label
            if attribution == Attribution.NAMED
            else format_lazy("{}, {}", kind.label, _lower(attribution.label))
            for kind in StatementKind
            for attribution in Attribution
        },
        who=joined(", ", "speaker__name", "speaker_title", "organisation"),
        detail="text",
    ),
    _of_letter(
        Extension,
        label=_("Extension"),
        heading=_("Deadline moved to {row.until_text}"),
        until="new_deadline",
        detail="note",
    ),
    _of_letter(
        Hold,
        label=_("Hold"),
        heading=_("Clock on hold until {row.until_text}"),
        endless_heading=_("Clock on hold"),
        until="until",
        detail="summary",
    ),
    _of_letter(
        Response,
        label=_("Response"),
        heading="{row.meaning}",
        code="kind",
        codes=dict(ResponseKind.choices),
        who="signed_by",
        detail="summary",
    ),
    Branch(
        Ruling,
        _("Ruling"),
        "{row.title}",
        page="proceeding_detail",
        page_key="proceeding__key",
        about=ArraySubquery(
            Proceeding.jurisdictions.through.objects.filter(proceeding=OuterRef("proceeding"))
            .order_by("jurisdiction")
            .values("jurisdiction"),
            output_field=_ids(),
        ),
        title="title",
        context=joined(", ", "proceeding__caption", "reporter_citation"),
        detail="outcome",
    ),
    _of_letter(
        EnforcementStep,
        label=_("Enforcement"),
        heading="{row.meaning}",
        code="kind",
        codes=dict(EnforcementKind.choices),
        detail="summary",
    ),
    Branch(
        AwardEvent,
        _("Award"),
        "{row.title}: {row.meaning}",
        page="jurisdiction_detail",
        page_key="award__jurisdiction__slug",
        about=only("award__jurisdiction"),
        title=_AWARD,
        code=Concat("axis", Value(":"), "award_status", output_field=TextField()),
        codes={
            f"{axis}:{status}": format_lazy(
                "{}, {}", _lower(axis.label), _lower(AwardStatus(status).label)
            )
            for axis in Axis
            for status in AWARD_STATUSES[axis]
        },
        detail="note",
    ),
    OVERDUE,
    _letter(_("DOJ withdrew its letter to {row.title}"), date="withdrawn_on"),
    _letter(_("DOJ said that {row.title} complies, or closed the matter"), date="cleared_on"),
]

# The entry kinds, in the order of the branches.
KINDS = {
    "policies": _("Policies"),
    "designations": _("Designations"),
    "letters": _("Letters"),
    "proceedings": _("Proceedings"),
    "events": _("Events"),
    "statements": _("Statements"),
    "extensions": _("Extensions"),
    "holds": _("Holds"),
    "responses": _("Responses"),
    "rulings": _("Rulings"),
    "enforcement": _("Enforcement steps"),
    "award_events": _("Award events"),
}

# The dates of each kind of entry that may be later than the entry's own.
LATER_DATES = {
    model: {branch.date for branch in BRANCHES if branch.model is model} - {"date", OVERDUE_ON}
    for model in {branch.model for branch in BRANCHES}
}
LATER_DATES[Letter] |= {"sent_on", "received_on"}
