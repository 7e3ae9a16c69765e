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
from letters.models.statements import Attribution, Side, StatementKind
from letters.visibility import public_officials, public_rounds

USPS = Jurisdiction._meta.get_field("state").choices


class SearchFilter(CharFilter):
    """Keep rows that contain the text in any of some fields, whatever its case."""

    def __init__(self, *lookups):
        # Fewer than three letters find no trigram, and would read every row.
        super().__init__(
            label="Text", min_length=3, max_length=200, widget=SearchInput(attrs={"minlength": 3})
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
    """One of several orders, the first by default. Ties are broken by what is unique."""

    def __init__(self, unique, **orders):
        """Take each order as a name, its label and what to order by."""
        super().__init__(
            label="Sort by",
            empty_label=None,
            choices=[(name, label) for name, (label, *_) in orders.items()],
        )
        self.orders = {name: [*columns, unique] for name, (_, *columns) in orders.items()}

    def filter(self, rows, name):
        return rows.order_by(*self.orders[name or next(iter(self.orders))])


class ListFilter(FilterSet):
    """A filter set for rows as of a day."""

    def __init__(self, data, queryset, day):
        super().__init__(data, queryset)
        self.day = day


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
    q = SearchFilter(
        "jurisdiction__name",
        "jurisdiction__aliases",
        "recipient_agency",
        "addressee",
        "reference",
    )
    round = PublicChoiceFilter("round__slug", "Round", rounds_on)
    jurisdiction = PublicChoiceFilter(
        "jurisdiction__slug", "Jurisdiction", jurisdictions_of(Letter)
    )
    usps = ChoiceFilter("jurisdiction__state", label="State", choices=USPS)
    sort = SortFilter(
        "key",
        newest=("Newest letter first", "-date"),
        oldest=("Oldest letter first", "date"),
        jurisdiction=("Jurisdiction", "jurisdiction__name"),
    )


class JurisdictionFilter(ListFilter):
    q = SearchFilter("name", "aliases")
    kind = ChoiceFilter("kind", label="Kind", choices=JurisdictionKind.choices)
    usps = ChoiceFilter("state", label="State", choices=USPS)
    sort = SortFilter("slug", name=("Name", "name"), state=("State", "state", "name"))


class RoundFilter(ListFilter):
    q = SearchFilter("title", "issuing_office", "program", "legal_basis")
    sort = SortFilter(
        "slug",
        newest=("Newest first", "-announced_on"),
        oldest=("Oldest first", "announced_on"),
    )


class GrantFilter(ListFilter):
    q = SearchFilter("jurisdiction__name", "jurisdiction__aliases", "program", "award_number")
    fiscal_year = PublicChoiceFilter("fiscal_year", "Fiscal year", fiscal_years_on)
    jurisdiction = PublicChoiceFilter("jurisdiction__slug", "Jurisdiction", jurisdictions_of(Award))
    usps = ChoiceFilter("jurisdiction__state", label="State", choices=USPS)
    basis = ChoiceFilter("amount_basis", label="Basis of the amount", choices=AmountBasis.choices)
    award = axis_filter("award")
    money = axis_filter("money")
    dispute = axis_filter("dispute")
    sort = SortFilter(
        "key",
        newest=("Newest fiscal year first", "-fiscal_year", "jurisdiction__name"),
        oldest=("Oldest fiscal year first", "fiscal_year", "jurisdiction__name"),
        jurisdiction=("Jurisdiction", "jurisdiction__name", "-fiscal_year"),
        amount=("Largest amount first", F("amount").desc(nulls_last=True)),
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
    sort = SortFilter("key", newest=("Newest first", "-date"), oldest=("Oldest first", "date"))


class ProceedingFilter(ListFilter):
    q = SearchFilter("caption", "court", "docket_number", "summary")
    jurisdiction = PublicChoiceFilter(
        "jurisdictions__slug", "Jurisdiction", jurisdictions_of(Proceeding, "jurisdictions")
    )
    sort = SortFilter(
        "key",
        newest=("Newest filing first", "-date"),
        oldest=("Oldest filing first", "date"),
        caption=("Caption", "caption"),
    )
