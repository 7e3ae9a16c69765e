"""What a reader may ask of each list. Pages and reports take the same filter sets.

A filter set gets the query string, the rows as of a day, and that day. Every choice is
allow-listed: another value is an error of the form, which says nothing of what is unpublished.
How many rows each choice would leave is counted in ``letters.facets``.
"""

import json
import re
from collections import defaultdict

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Q, Value
from django.db.models.functions import StrIndex, Upper
from django.db.models.lookups import GreaterThan
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter, NumberFilter

from casefile.arrays import IsAnyOf
from casefile.as_of import EARLIEST
from casefile.pagination import COSTLY_LIMIT, COUNT_LIMIT
from jurisdictions.award_status import AWARD_STATUSES, AwardStatus
from jurisdictions.award_tallies import AwardSums, award_tallies
from jurisdictions.models import (
    AmountBasis,
    Award,
    AwardInterval,
    AwardSubject,
    Jurisdiction,
    JurisdictionKind,
)
from letters.docket.branches import KINDS
from letters.lateness import MostLateFirst, sorted_by_days_late
from letters.models import Letter, Official, Proceeding, Round, Statement
from letters.models.enforcement import EnforcementKind
from letters.models.state_intervals import ends
from letters.models.state_tallies import Subject
from letters.models.statements import Attribution, Side, StatementKind
from letters.querysets import deadline_places
from letters.standing import IsListed
from letters.state_tallies import totals
from letters.states import (
    SOON,
    DaysBetween,
    Exposure,
    OnRecord,
    State,
    exposures_with,
    is_due_soon,
)
from letters.visibility import public_rounds

FEW = 1_000  # rows that contain a text
WORD = re.compile("[A-Za-z0-9]{3,}")  # what an index of trigrams knows in any language
MOST_WORDS = 5  # of a text, of which the rarest is looked for
USPS = Jurisdiction._meta.get_field("state").choices


class SearchFilter(CharFilter):
    """Keep rows that contain the text in any of some fields, whatever its case."""

    def __init__(self, *lookups):
        # Fewer than three letters find no trigram, and would read every row.
        super().__init__(
            label=_("Text"),
            min_length=3,
            max_length=200,
            error_messages={"min_length": _("Type at least three letters.")},
            widget=forms.SearchInput,
        )
        self.lookups = lookups

    def filter(self, rows, text):
        return rows.filter(contains(text, *self.lookups)) if text else rows


def contains(text, *lookups):
    """Return the condition that any of some fields contains a text, whatever its case."""
    condition = Q()
    for lookup in lookups:
        condition |= Q(**{f"{lookup}__icontains": text})
    return condition


def contains_rare(text, model, *lookups):
    """Return the same condition, for an index of the fields that finds the text's rarest word.

    Looking for all of the text, it would compare where each part of a common word stands.
    """
    words = list(dict.fromkeys(WORD.findall(text)))[:MOST_WORDS]
    if len(words) < 2:
        return contains(text, *lookups)
    rarest = min(words, key=lambda word: _rows_expected(model, contains(word, *lookups)))
    condition = Q()
    for lookup in lookups:
        place = StrIndex(Upper(lookup), Upper(Value(text)))
        condition |= Q(**{f"{lookup}__icontains": rarest}) & Q(GreaterThan(place, 0))
    return condition


def _rows_expected(model, condition):
    """Return how many rows the planner expects to fit a condition."""
    [plan] = json.loads(model.objects.filter(condition).order_by().explain(format="json"))
    return plan["Plan"]["Plan Rows"]


class Ids(Value):
    """Some ids, as one array. Django would prepare each, in every query: they may be thousands."""

    def __init__(self, ids):
        super().__init__(ids, output_field=ArrayField(BigIntegerField()))

    def as_sql(self, compiler, connection):
        return "%s::bigint[]", [self.value]


def is_any_of(name, ids):
    """Return the condition that a field is one of some ids: as one array, as they may be many."""
    return Q(IsAnyOf(F(name), Ids(ids)))


class FoundSearchFilter(SearchFilter):
    """Keep the same rows of a model, of whose fields an index knows the texts.

    They are found once for all that is asked of them, as it takes longer than to say their ids.
    """

    def __init__(self, model, *lookups):
        super().__init__(*lookups)
        self.model = model
        self.conditions = {}

    def filter(self, rows, text):
        if text and text not in self.conditions:
            self.conditions[text] = self._conditions(text)
        return self.narrow(rows, *self.conditions[text]) if text else rows

    def narrow(self, rows, condition, found):
        return rows.filter(condition if found is None else is_any_of("pk", found))

    def _conditions(self, text):
        """Return the condition, and the ids of the rows that fit it: None, if they are many."""
        condition = self._contains(text)
        return condition, self._few(condition)

    def _contains(self, text):
        return contains_rare(text, self.model, *self.lookups)

    def _few(self, condition):
        found = self.model.objects.filter(condition).order_by().values_list("pk", flat=True)
        found = list(found[: FEW + 1])
        # Where they are few, nobody has to look for them again. Nothing has the number 0: without
        # any number there would be no query, and nothing in which choices can be counted.
        return None if len(found) > FEW else [*found, 0]


class NamedSearchFilter(FoundSearchFilter):
    """Keep rows that contain the text, or that name somebody whose names contain it.

    ``named`` are the model of what a row names by a field, and its fields. It is looked up first:
    an index finds its rows, as it does those that contain the text, while no index knows a
    condition on both tables.
    """

    def __init__(self, model, *lookups, by, named):
        super().__init__(model, *lookups)
        self.by, self.named = by, named

    def _conditions(self, text):
        condition = self._contains(text) | self._names(text)
        return condition, self._few(condition)

    def _names(self, text):
        """Return the condition that a row names what has a name that contains the text.

        Where most names do, all others are fewer: a row names none of these.
        """
        model, *names = self.named
        has_name = contains(text, *names)
        ids = model.objects.order_by().values_list("pk", flat=True)
        named = list(ids.filter(has_name))
        if len(named) > FEW:
            others = list(ids.exclude(has_name)[: len(named)])
            if len(others) < len(named):
                # Of no ids at all, a row that names nobody would be none either.
                return ~is_any_of(self.by, [*others, 0])
        return is_any_of(self.by, named)


class AwardSearchFilter(NamedSearchFilter):
    """For awards, and for what is kept of them, which names the jurisdiction too."""

    def narrow(self, rows, condition, found, kept, rest):
        if rows.model is Award:
            return super().narrow(rows, condition, found)
        return rows.filter(kept)

    def rest(self, rows, text):
        """Return what is kept of the awards that don't fit: None, unless they are the fewer."""
        self.filter(rows, text)
        *_, rest = self.conditions[text]
        return None if rest is None else rows.filter(rest)

    def _conditions(self, text):
        """Return what others do, and the conditions on what is kept and on the rest of it."""
        own, named = self._contains(text), self._names(text)
        condition = own | named
        if (found := self._few(condition)) is not None:
            return condition, found, is_any_of("award", found), None
        if (few := self._few(own)) is not None:
            # Many awards by the names of places: they are found without reading awards.
            kept = named | is_any_of("award", few)
            return condition, found, kept, ~kept if named.negated else None
        return condition, found, Q(award__in=Award.objects.filter(condition).values("pk")), None


class CountedChoiceFilter(ChoiceFilter):
    """A choice whose rows are counted for each value.

    ``counted`` is the lookup of a row's value. Where a cell joins several values by "; ", each
    counts.
    """

    def __init__(self, field_name=None, *args, counted=None, **kwargs):
        super().__init__(field_name, *args, **kwargs)
        self.counted = counted or field_name


class SeveralChoices(forms.CheckboxSelectMultiple):
    """Boxes to tick. An empty value asks for nothing, as elsewhere."""

    def value_from_datadict(self, data, files, name):
        return [value for value in super().value_from_datadict(data, files, name) or [] if value]


class SeveralChoicesFilter(MultipleChoiceFilter):
    """Choices of which a reader may ask for several: rows that have any of them are kept."""

    def __init__(self, field_name, **kwargs):
        super().__init__(field_name, distinct=False, widget=SeveralChoices, **kwargs)
        self.counted = field_name


class OnRecordField(forms.CharField):
    """What rows of a list name: its slug or number. Another value is an error."""

    default_error_messages = {
        "invalid_choice": _("This is not on the record as of the day."),
    }

    def __init__(self, *, rows, lookup, **kwargs):
        super().__init__(**kwargs)
        self.rows, self.lookup = rows, lookup

    def clean(self, value):
        value = super().clean(value)
        if value and not self._is_on_record(value):
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice"
            )
        return value

    def _is_on_record(self, value):
        try:
            return self.rows.filter(**{self.lookup: value}).exists()
        except ValueError:  # no number
            return False


class PublicChoiceFilter(CharFilter):
    """A choice of what the rows as of the day name, by slug or number.

    ``named`` is the lookup of its name, which ``wording`` puts into words; ``many`` says that a row
    may name several. There may be thousands to choose from: they are offered where they can be
    counted, and ``all_on`` returns pairs of value and name of all, where these are always few.
    """

    field_class = OnRecordField

    def __init__(self, field_name, label, named, *, wording="{}", many=False, all_on=None):
        super().__init__(field_name, label=label, max_length=200)
        self.counted, self.named, self.wording = field_name, named, wording
        self.many, self.all_on = many, all_on

    @property
    def field(self):
        self.extra |= {"rows": self.parent.queryset, "lookup": self.field_name}
        return super().field


class SortFilter(ChoiceFilter):
    """One of several orders, the first by default."""

    def __init__(self, **orders):
        """Take each order as a name, with its label and the function that sorts rows."""
        super().__init__(
            label=_("Sort by"),
            empty_label=None,
            choices=[(name, label) for name, (label, _sort) in orders.items()],
        )
        self.orders = {name: sort for name, (_label, sort) in orders.items()}

    @property
    def default(self):
        return next(iter(self.orders))

    def filter(self, rows, name):
        return self.orders[name or self.default](rows)


def by(*columns):
    """Return the function that sorts rows by columns, of which the last is unique."""
    return lambda rows: rows.order_by(*columns)


class ListFilter(FilterSet):
    """A filter set for rows as of a day: what is published, or all for staff.

    ``leading`` names the choice that a page of the list shows as links, before all others. Choices
    are counted in ``sample_size`` rows at most.
    """

    leading = None
    sample_size = 1_000

    def __init__(self, data, queryset, day, published=True):
        super().__init__(data, queryset)
        self.day = day
        self.published = published

    def narrowed(self, but=None):
        """Return the rows that fit all that is asked of them but one filter, in no order."""
        return self._narrowed(self.queryset, but)

    def sampled(self, but=None):
        """Return the same rows in the order in which some of them are found soonest."""
        return self.narrowed(but)

    def _narrowed(self, rows, *but):
        for name, value in self.form.cleaned_data.items():
            if name not in (*but, "sort"):
                rows = self.filters[name].filter(rows, value)
        return rows.order_by()

    @property
    def listed(self):
        """Return the rows in order, of which a page shows some: none, if the question is none."""
        return self.qs if self.is_valid() else self.queryset.none()

    @property
    def asked(self):
        """Return the names and values of the filters that narrow the list."""
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", []) and name != "sort"
        }

    @property
    def bounds(self):
        """Return what the pages of the list know of its length: see `BoundedPaginator`."""
        return {}

    def known_length(self, but=None):
        """Return how many rows fit all that is asked but one filter, if kept sums tell it."""
        return None

    def known_choices(self, name):
        """Return {value: rows} of one filter among all else that is asked, if kept sums tell it."""
        return None

    @property
    def order(self):
        """Return the name of the order of the rows; None where they have one alone."""
        sort = self.filters.get("sort")
        return sort and ((self.is_valid() and self.form.cleaned_data["sort"]) or sort.default)


def rounds_on(day):
    return public_rounds(day).values_list("slug", "title")


def fiscal_years_on(day):
    return [(year, year) for year in AwardInterval.objects.fiscal_years(day)]


AXES = {"award": _("Award status"), "money": _("Money status"), "dispute": _("Dispute status")}


def axis_filter(axis):
    """Return the filter for an award's status on one axis."""
    return CountedChoiceFilter(
        f"{axis}_status",
        label=AXES[axis],
        choices=[(status, AwardStatus(status).label) for status in AWARD_STATUSES[axis]],
        null_label=_("None on record"),
        null_value="none",
    )


def usps_filter(lookup):
    return CountedChoiceFilter(lookup, label=_("State"), choices=USPS)


# The letters of one round or jurisdiction are found by an index and then sorted. The order for all
# letters would tempt the planner to walk them until it has met enough of these.
OF_FEW = {
    "newest": "interval__newest_order",
    "oldest": "-interval__newest_order",
    "deadline": "interval__deadline_order",
    "last_deadline": "-interval__deadline_order",
}


# What may be asked together where kept sums tell how many letters there are.
SUMMED = [set(), {"state"}, {"usps"}, {"round"}, {"state", "usps"}, {"state", "round"}]
# What is asked of other tables than that of the states: their indexes find the letters.
ELSEWHERE = {"q", "round", "usps", "jurisdiction"}


class LetterForm(forms.Form):
    """Days to answer are asked of one round: no index finds them among all letters."""

    def clean(self):
        asked = super().clean()
        if asked.get("days") is not None and not asked.get("round"):
            self.add_error("days", _("Days to answer can be asked of the letters of one round."))
        return asked


class LetterFilter(ListFilter):
    """For letters that have their standing."""

    leading = "state"

    q = NamedSearchFilter(
        Letter,
        "recipient_agency",
        "addressee",
        "reference",
        by="jurisdiction",
        named=(Jurisdiction, "name", "aliases"),
    )
    state = CountedChoiceFilter("state", label=_("Where it stands"), choices=State.choices)
    exposure = CountedChoiceFilter(
        "exposure", label=_("Exposure"), choices=Exposure.choices, method="exposed_to"
    )
    due_soon = CountedChoiceFilter(
        label=_("Response due"),
        choices=[("true", _("Within seven days"))],
        method="only_due_soon",
        counted="due_soon",
    )
    response = CountedChoiceFilter(
        "response",
        label=_("Substantive response"),
        choices=OnRecord.choices,
        method="with_response",
    )
    enforcement = CountedChoiceFilter(
        "enforcement", label=_("Latest enforcement step"), choices=EnforcementKind.choices
    )
    round = PublicChoiceFilter("round__slug", _("Round"), "round__title", all_on=rounds_on)
    usps = usps_filter("jurisdiction__state")
    jurisdiction = PublicChoiceFilter("jurisdiction__slug", _("Jurisdiction"), "jurisdiction__name")
    days = NumberFilter(
        label=_("Days to answer"),
        method="answered_after",
        max_digits=5,
        decimal_places=0,
        widget=forms.HiddenInput,
    )
    sort = SortFilter(
        newest=(_("Newest letter first"), lambda rows: rows.newest_first()),
        oldest=(_("Oldest letter first"), lambda rows: rows.oldest_first()),
        deadline=(_("Earliest deadline first"), lambda rows: rows.by_deadline()),
        last_deadline=(
            _("Latest deadline first"),
            lambda rows: rows.by_deadline(latest_first=True),
        ),
        days_late=(_("Most days late first"), sorted_by_days_late),
        jurisdiction=(_("Jurisdiction"), by("jurisdiction__name", "key")),
    )

    def filter_queryset(self, letters):
        letters = super().filter_queryset(letters)
        names = self.asked.keys()
        if names & {"round", "jurisdiction"}:
            return letters.order_by(OF_FEW[self.order]) if self.order in OF_FEW else letters
        if self.order == "days_late":
            return sorted_by_days_late(letters, self.asked.get("state"))
        return letters

    @property
    def listed(self):
        """Return the letters that a page shows a part of."""
        if self.published and self.is_valid() and not self.asked and self.order == "days_late":
            return MostLateFirst(self.queryset, self.day)
        return super().listed

    class Meta:
        form = LetterForm

    def sampled(self, but=None):
        """Return the letters in an order that an index has, where they are asked by what it has.

        The planner doesn't know which states are rare on a day, and would read all letters.
        """
        if but == "round" and "days" in self.asked:
            but = None  # days are asked of one round
        others = self.asked.keys() - {but}
        if "usps" in others:
            return self._narrowed_in_usps(but)
        letters = self.narrowed(but)
        return letters if others & ELSEWHERE else letters.newest_first()

    def _narrowed_in_usps(self, but):
        """Return the letters to a US state as an index finds some of them soonest.

        Its jurisdictions are an array, which is found first: one index has them beside the state
        in which a letter stands, another beside the dates of letters.
        """
        places = Jurisdiction.objects.filter(state=self.asked["usps"]).order_by()
        places = ArraySubquery(places.values("pk"))
        letters = self._narrowed(self.queryset, but, "usps")
        if "state" in self.asked.keys() - {but}:
            letters = letters.alias(place=F("interval__jurisdiction"), ends=ends("interval__"))
            return letters.filter(IsAnyOf(F("place"), places), ends__gt=self.day)
        # In the index's order: else all that it finds are collected before one is looked at.
        letters = letters.filter(IsAnyOf(F("jurisdiction"), places)).order_by("jurisdiction_id")
        # Letters that stand somewhere are public already: the index is of such.
        return letters.public(self.day) if self.published else letters

    @property
    def bounds(self):
        """Return how many letters are asked for, where kept sums tell it.

        Else few of them are counted, unless they are of one round or jurisdiction.
        """
        if not self.is_valid():
            return {}
        names = self.asked.keys()
        if self.published and names in SUMMED:
            return {"known": self._sum}
        return {} if names & {"round", "jurisdiction"} else {"limit": COSTLY_LIMIT}

    def _sum(self):
        subject, values = Subject.USPS, None
        if slug := self.asked.get("round"):
            subject = Subject.ROUND
            values = list(Round.objects.filter(slug=slug).values_list("pk", flat=True))
        elif usps := self.asked.get("usps"):
            values = [usps]
        sums = totals(subject, self.day, values)
        return sums[self.asked["state"]] if "state" in self.asked else sums.total()

    def answered_after(self, letters, name, days):
        """Keep those whose first substantive response is dated so many days after them."""
        first_on = F("interval__first_substantive_on")
        return letters.annotate(days=DaysBetween(first_on, F("date"))).filter(days=days)

    def exposed_to(self, letters, name, failure):
        """Keep those with a failure."""
        return letters.filter(exposure__in=exposures_with(failure))

    def only_due_soon(self, letters, name, value):
        # By the rule, what is due isn't past yet: so the index of deadlines finds few letters.
        first, last = deadline_places(self.day, self.day + SOON)
        return letters.annotate(deadline_order=F("interval__deadline_order")).filter(
            is_due_soon(self.day), deadline_order__range=(first, last)
        )

    def with_response(self, letters, name, on_record):
        """Keep those that have a substantive response on record, or none."""
        is_none = on_record == OnRecord.NONE
        first_on = F("interval__first_substantive_on")
        return letters.annotate(first_on=first_on).filter(first_on__isnull=is_none)


class JurisdictionFilter(ListFilter):
    """For jurisdictions that have their standing."""

    leading = "kind"

    q = SearchFilter("name", "aliases")
    kind = CountedChoiceFilter("kind", label=_("Kind"), choices=JurisdictionKind.choices)
    usps = usps_filter("state")
    state = CountedChoiceFilter(
        label=_("Has a letter that stands at"),
        choices=State.choices,
        method="in_state",
        counted="states",
    )
    exposure = CountedChoiceFilter(
        "exposure",
        label=_("Exposure"),
        choices=Exposure.choices,
        method="with_exposure",
    )
    sort = SortFilter(
        name=(_("Name"), by("name", "slug")),
        usps=(_("State"), by("state", "name", "slug")),
        letters=(_("Most letters first"), by("-letter_count", "name", "slug")),
        deadline=(
            _("Next deadline first"),
            by(F("next_deadline").asc(nulls_last=True), "name", "slug"),
        ),
    )

    @property
    def bounds(self):
        """Return how many jurisdictions are asked for: in their order, all would be counted up."""
        if not self.is_valid():
            return {}
        return {"known": self.narrowed()[: COUNT_LIMIT + 1].count}

    def in_state(self, jurisdictions, name, state):
        """Keep those with a letter in a state."""
        return jurisdictions.filter(IsListed(Value(state), F("states")))

    def with_exposure(self, jurisdictions, name, failure):
        """Keep those with a letter that has a failure."""
        return jurisdictions.filter(IsListed(Value(failure), F("exposure")))


class RoundFilter(ListFilter):
    q = SearchFilter("title", "issuing_office", "program", "legal_basis")
    sort = SortFilter(
        newest=(_("Newest first"), by("-announced_on", "slug")),
        oldest=(_("Oldest first"), by("announced_on", "slug")),
    )


class GrantFilter(ListFilter):
    """For awards that have their status."""

    leading = "fiscal_year"

    q = AwardSearchFilter(
        Award,
        "program",
        "award_number",
        by="jurisdiction",
        named=(Jurisdiction, "name", "aliases"),
    )
    fiscal_year = PublicChoiceFilter(
        "kept_year",
        _("Fiscal year"),
        "kept_year",
        wording="FY{}",
        all_on=fiscal_years_on,
    )
    jurisdiction = PublicChoiceFilter("jurisdiction__slug", _("Jurisdiction"), "jurisdiction__name")
    usps = usps_filter("kept_usps")
    basis = CountedChoiceFilter(
        "kept_basis", label=_("Basis of the amount"), choices=AmountBasis.choices
    )
    award = axis_filter("award")
    money = axis_filter("money")
    dispute = axis_filter("dispute")
    sort = SortFilter(
        newest=(
            _("Newest fiscal year first"),
            by("-interval__fiscal_year", "interval__name", "interval__key"),
        ),
        oldest=(
            _("Oldest fiscal year first"),
            by("interval__fiscal_year", "interval__name", "interval__key"),
        ),
        jurisdiction=(
            _("Jurisdiction"),
            by("interval__name", "-interval__fiscal_year", "interval__key"),
        ),
        amount=(
            _("Largest amount first"),
            by(F("interval__amount").desc(nulls_last=True), "interval__key"),
        ),
    )

    def narrowed(self, but=None):
        """Return what is kept of where the awards stand: all that is asked of them is there."""
        return self._narrowed(AwardInterval.objects.on_record(self.day, self.published), but)

    @cached_property
    def _tallies(self):
        return award_tallies(self.day)

    def _kept_sums(self, but=None):
        """Return {basis: AwardSums} of all that is asked but one filter, if kept sums tell it.

        They tell it of readers' awards by one subject, on one basis or on each.
        """
        asked = {name: value for name, value in self.asked.items() if name != but}
        basis = asked.pop("basis", None)
        if not self.published or len(asked) > 1 or not asked.keys() <= set(AwardSubject):
            return None
        if asked:
            ((subject, value),) = asked.items()
            sums = self._tallies[subject].get(value, {})
        else:
            sums = added_up(self._tallies[AwardSubject.FISCAL_YEAR].values())
        return {of: sums[of] for of in sums if basis in (None, of)}

    @cached_property
    def _sums(self):
        """Return {basis: AwardSums} of what is asked."""
        if (sums := self._kept_sums()) is None:
            sums = self._sums_without_text()
        return self.narrowed().sums() if sums is None else sums

    def _sums_without_text(self):
        """Return the same where kept sums tell all but the text, which few awards don't have."""
        text = self.asked.get("q")
        rest = self.filters["q"].rest(self.narrowed(but="q"), text) if text else None
        sums = None if rest is None else self._kept_sums(but="q")
        return None if sums is None else less(sums, rest.sums())

    def known_length(self, but=None):
        sums = self._kept_sums(but)
        return None if sums is None else sum(kept.awards for kept in sums.values())

    def known_choices(self, name):
        sums = self._kept_sums(but=name)
        if sums is None:
            return None
        if name == "basis":
            return {basis: kept.awards for basis, kept in sums.items()}
        if name not in set(AwardSubject) or self.asked.keys() - {name, "basis"}:
            return None
        return {
            value: sum(of_value[basis].awards for basis in of_value.keys() & sums.keys())
            for value, of_value in self._tallies[name].items()
            if of_value.keys() & sums.keys()
        }

    @property
    def bounds(self):
        """Return how many awards are asked for: as many as are added up."""
        return {"known": self._length} if self.is_valid() else {}

    def _length(self):
        return sum(found.awards for found in self._sums.values())

    def totals(self):
        """Return the sums of the amounts of the awards that are asked for, for each basis."""
        sums = self._sums if self.is_valid() else {}
        return [
            {"basis": AmountBasis(basis), "sum": found.amount, "awards": found.with_amount}
            for basis, found in sorted(sums.items())
            if found.with_amount
        ]


def added_up(values):
    """Return {basis: AwardSums} of several such."""
    found = defaultdict(AwardSums)
    for sums in values:
        for basis, kept in sums.items():
            found[basis] += kept
    return found


def less(sums, others):
    """Return {basis: AwardSums} without those that are in others."""
    left = {basis: kept - others.get(basis, AwardSums()) for basis, kept in sums.items()}
    return {basis: kept for basis, kept in left.items() if kept.awards}


class StatementFilter(ListFilter):
    leading = "side"

    q = NamedSearchFilter(
        Statement,
        "text",
        "speaker_title",
        "organisation",
        "venue",
        by="speaker",
        named=(Official, "name"),
    )
    side = CountedChoiceFilter("side", label=_("Side"), choices=Side.choices)
    attribution = CountedChoiceFilter(
        "attribution", label=_("Attribution"), choices=Attribution.choices
    )
    kind = CountedChoiceFilter("kind", label=_("Kind"), choices=StatementKind.choices)
    official = PublicChoiceFilter("speaker__slug", _("Official"), "speaker__name")
    jurisdiction = PublicChoiceFilter(
        "jurisdictions__slug", _("Jurisdiction"), "jurisdictions__name", many=True
    )
    sort = SortFilter(
        newest=(_("Newest first"), by("-date", "key")),
        oldest=(_("Oldest first"), by("date", "key")),
    )


class ProceedingFilter(ListFilter):
    q = FoundSearchFilter(Proceeding, "caption", "court", "docket_number", "summary")
    jurisdiction = PublicChoiceFilter(
        "jurisdictions__slug", _("Jurisdiction"), "jurisdictions__name", many=True
    )
    sort = SortFilter(
        newest=(_("Newest filing first"), by("-date", "key")),
        oldest=(_("Oldest filing first"), by("date", "key")),
        caption=(_("Caption"), by("caption", "key")),
    )


class TimelineFilter(ListFilter):
    """For the rows of the timeline: a queryset for each kind of row, of which each is sampled."""

    sample_size = 500

    kind = SeveralChoicesFilter("row_kind", label=_("Kind"), choices=list(KINDS.items()))
    year = CountedChoiceFilter(
        "row_date", "year", label=_("Year"), counted="row_date__year", choices=[]
    )

    def __init__(self, data, parts, day, published=True):
        super().__init__(data, parts[0], day, published)
        self.parts = parts
        years = range(day.year, EARLIEST.year - 1, -1)
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    @property
    def qs(self):
        return self.narrowed() if self.is_valid() else [part.none() for part in self.parts]

    def narrowed(self, but=None):
        """Return the parts of the timeline, each narrowed to what is asked of it but one filter."""
        return [self._narrowed(part, but) for part in self.parts]

    def sampled(self, but=None):
        """Return the same rows, newest first: an index of dates finds each."""
        return [part.order_by("-row_date", "key") for part in self.narrowed(but)]
