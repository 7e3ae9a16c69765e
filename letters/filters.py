"""What a reader may ask of each list. Pages and reports take the same filter sets.

A filter set gets the query string, the rows as of a day, and that day. Every choice is
allow-listed: another value is an error of the form, which says nothing of what is unpublished.
"""

from django.db.models import F, Q
from django.forms import SearchInput
from django_filters import CharFilter, ChoiceFilter, FilterSet

from jurisdictions.award_status import AWARD_STATUSES, AwardStatus
from jurisdictions.models import AmountBasis, Award, Jurisdiction, JurisdictionKind
from letters.models import Letter, Proceeding, Statement
from letters.models.enforcement import EnforcementKind
from letters.models.statements import Attribution, Side, StatementKind
from letters.states import Exposure, State
from letters.visibility import public_officials, public_rounds

USPS = Jurisdiction._meta.get_field("state").choices


class SearchFilter(CharFilter):
    """Keep rows that contain the text in any of some fields, whatever its case."""

    def __init__(self, *lookups):
        # Fewer than three letters find no trigram, and would read every row.
        super().__init__(
            label="Text",
            min_length=3,
            max_length=200,
            error_messages={"min_length": "Type at least three letters."},
            widget=SearchInput,
        )
        self.lookups = lookups

    def filter(self, rows, text):
        condition = Q()
        if text:
            for lookup in self.lookups:
                condition |= Q(**{f"{lookup}__icontains": text})
        return rows.filter(condition)


class PublicChoiceFilter(ChoiceFilter):
    """A choice of what is public on the day; ``choices_on`` returns pairs of value and name."""

    def __init__(self, field_name, label, choices_on):
        super().__init__(
            field_name,
            label=label,
            error_messages={"invalid_choice": "This is not on the record as of the day."},
        )
        self.choices_on = choices_on

    @property
    def field(self):
        if "choices" not in self.extra:
            self.extra["choices"] = list(self.choices_on(self.parent.day))
        return super().field


class SortFilter(ChoiceFilter):
    """One of several orders, the first by default."""

    def __init__(self, **orders):
        """Take each order as a name, with its label and the function that sorts rows."""
        super().__init__(
            label="Sort by",
            empty_label=None,
            choices=[(name, label) for name, (label, _) in orders.items()],
        )
        self.orders = {name: sort for name, (_, sort) in orders.items()}

    def filter(self, rows, name):
        return self.orders[name or next(iter(self.orders))](rows)


def by(*columns):
    """Return the function that sorts rows by columns, of which the last is unique."""
    return lambda rows: rows.order_by(*columns)


class ListFilter(FilterSet):
    """A filter set for rows as of a day: what is published, or all for staff."""

    def __init__(self, data, queryset, day, published=True):
        super().__init__(data, queryset)
        self.day = day
        self.published = published


def rounds_on(day):
    return public_rounds(day).values_list("slug", "title")


def jurisdictions_of(model, relation="jurisdiction"):
    """Return the choices of the jurisdictions that public entries of a kind are about."""

    def choices_on(day):
        about = model.objects.public(day).values(relation)
        return Jurisdiction.objects.filter(pk__in=about).values_list("slug", "name")

    return choices_on


def speakers_on(day):
    speakers = Statement.objects.public(day).values("speaker")
    return public_officials(day).filter(pk__in=speakers).values_list("slug", "name")


def fiscal_years_on(day):
    years = Award.objects.public(day).order_by("-fiscal_year").values_list("fiscal_year", flat=True)
    return [(str(year), f"FY{year}") for year in years.distinct()]


def axis_filter(axis):
    """Return the filter for an award's status on one axis."""
    return ChoiceFilter(
        f"{axis}_status",
        label=f"{axis.capitalize()} status",
        choices=[(status, AwardStatus(status).label) for status in AWARD_STATUSES[axis]],
        null_label="None on record",
        null_value="none",
    )


class LetterFilter(ListFilter):
    """For letters that have their standing."""

    q = SearchFilter(
        "jurisdiction__name",
        "jurisdiction__aliases",
        "recipient_agency",
        "addressee",
        "reference",
    )
    state = ChoiceFilter("state", label="Where it stands", choices=State.choices)
    exposure = ChoiceFilter("exposure", "contains", label="Exposure", choices=Exposure.choices)
    due_soon = ChoiceFilter(
        label="Response due", choices=[("true", "Within seven days")], method="only_due_soon"
    )
    enforcement = ChoiceFilter(
        "enforcement", label="Latest enforcement step", choices=EnforcementKind.choices
    )
    round = PublicChoiceFilter("round__slug", "Round", rounds_on)
    jurisdiction = PublicChoiceFilter(
        "jurisdiction__slug", "Jurisdiction", jurisdictions_of(Letter)
    )
    usps = ChoiceFilter("jurisdiction__state", label="State", choices=USPS)
    sort = SortFilter(
        newest=("Newest letter first", lambda rows: rows.newest_first()),
        oldest=("Oldest letter first", lambda rows: rows.oldest_first()),
        deadline=("Earliest deadline first", lambda rows: rows.by_deadline()),
        last_deadline=("Latest deadline first", lambda rows: rows.by_deadline(latest_first=True)),
        days_late=("Most days late first", by(F("days_late").desc(nulls_last=True), "key")),
        jurisdiction=("Jurisdiction", by("jurisdiction__name", "key")),
    )

    def only_due_soon(self, letters, name, value):
        return letters.filter(due_soon=True)


class JurisdictionFilter(ListFilter):
    """For jurisdictions that have their standing."""

    q = SearchFilter("name", "aliases")
    kind = ChoiceFilter("kind", label="Kind", choices=JurisdictionKind.choices)
    usps = ChoiceFilter("state", label="State", choices=USPS)
    state = ChoiceFilter(
        label="Has a letter that stands at", choices=State.choices, method="in_state"
    )
    exposure = ChoiceFilter("exposure", "contains", label="Exposure", choices=Exposure.choices)
    sort = SortFilter(
        name=("Name", by("name", "slug")),
        usps=("State", by("state", "name", "slug")),
        letters=("Most letters first", by("-letter_count", "name", "slug")),
        deadline=(
            "Next deadline first",
            by(F("next_deadline").asc(nulls_last=True), "name", "slug"),
        ),
    )

    def in_state(self, jurisdictions, name, state):
        """Keep those with a letter in a state."""
        letters = Letter.objects.standing(self.day, self.published).filter(state=state)
        return jurisdictions.filter(pk__in=letters.values("jurisdiction"))


class RoundFilter(ListFilter):
    q = SearchFilter("title", "issuing_office", "program", "legal_basis")
    sort = SortFilter(
        newest=("Newest first", by("-announced_on", "slug")),
        oldest=("Oldest first", by("announced_on", "slug")),
    )


class GrantFilter(ListFilter):
    """For awards that have their status."""

    q = SearchFilter("jurisdiction__name", "jurisdiction__aliases", "program", "award_number")
    fiscal_year = PublicChoiceFilter("fiscal_year", "Fiscal year", fiscal_years_on)
    jurisdiction = PublicChoiceFilter("jurisdiction__slug", "Jurisdiction", jurisdictions_of(Award))
    usps = ChoiceFilter("jurisdiction__state", label="State", choices=USPS)
    basis = ChoiceFilter("amount_basis", label="Basis of the amount", choices=AmountBasis.choices)
    award = axis_filter("award")
    money = axis_filter("money")
    dispute = axis_filter("dispute")
    sort = SortFilter(
        newest=("Newest fiscal year first", by("-fiscal_year", "jurisdiction__name", "key")),
        oldest=("Oldest fiscal year first", by("fiscal_year", "jurisdiction__name", "key")),
        jurisdiction=("Jurisdiction", by("jurisdiction__name", "-fiscal_year", "key")),
        amount=("Largest amount first", by(F("amount").desc(nulls_last=True), "key")),
    )


class StatementFilter(ListFilter):
    q = SearchFilter("text", "speaker__name", "speaker_title", "organisation", "venue")
    side = ChoiceFilter("side", label="Side", choices=Side.choices)
    attribution = ChoiceFilter("attribution", label="Attribution", choices=Attribution.choices)
    kind = ChoiceFilter("kind", label="Kind", choices=StatementKind.choices)
    official = PublicChoiceFilter("speaker__slug", "Official", speakers_on)
    jurisdiction = PublicChoiceFilter(
        "jurisdictions__slug", "Jurisdiction", jurisdictions_of(Statement, "jurisdictions")
    )
    sort = SortFilter(
        newest=("Newest first", by("-date", "key")), oldest=("Oldest first", by("date", "key"))
    )


class ProceedingFilter(ListFilter):
    q = SearchFilter("caption", "court", "docket_number", "summary")
    jurisdiction = PublicChoiceFilter(
        "jurisdictions__slug", "Jurisdiction", jurisdictions_of(Proceeding, "jurisdictions")
    )
    sort = SortFilter(
        newest=("Newest filing first", by("-date", "key")),
        oldest=("Oldest filing first", by("date", "key")),
        caption=("Caption", by("caption", "key")),
    )
