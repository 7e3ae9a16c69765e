"""Who is written to and what is at stake: jurisdictions, designations, policies, JAG awards."""

import pgtrigger
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, CheckConstraint, F, Q, UniqueConstraint, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casefile import constraints, keys, web_addresses
from casefile.entries import Entry, anywhere, newest_first
from casefile.history import track
from casefile.models import MERGE
from jurisdictions.award_status import AWARD_STATUSES, AwardStatus, AwardStatusField, Axis
from jurisdictions.querysets import FIRST_FISCAL_YEAR, AwardIntervalQuerySet, AwardQuerySet
from jurisdictions.us_states import STATES


class JurisdictionKind(models.TextChoices):
    STATE = "state", _("State")
    COUNTY = "county", _("County")
    CITY = "city", _("City")
    CONSOLIDATED = "consolidated", _("Consolidated city-county")
    TOWN = "town", _("Town")
    OTHER = "other", _("Other")


@track
class Jurisdiction(models.Model):
    """A state, county, city, consolidated city-county or other local government."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField()
    aliases = ArrayField(models.CharField(), default=list, blank=True)
    kind = models.CharField(choices=JurisdictionKind)
    state = models.CharField(choices=[(state.usps, state.name) for state in STATES])
    geoid = models.CharField(
        "GEOID",
        blank=True,
        validators=[RegexValidator(r"^(\d{2}|\d{5}|\d{7})$", "A GEOID has 2, 5 or 7 digits.")],
        help_text="Census GEOID: 2 digits for a state, 5 for a county, 7 for a place.",
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )
    website = models.CharField(blank=True, validators=web_addresses.validators)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["name", "slug"]
        indexes = [
            # Lists of much else are sorted by the name of the jurisdiction.
            models.Index(name="jurisdiction_by_name", fields=["name", "slug"]),
        ]
        default_permissions = ["add", "change", "delete", "view", MERGE]
        triggers = [
            pgtrigger.Trigger(
                name="parent_contains_child",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="PERFORM jurisdictions_require_containment(NEW.id); RETURN NULL;",
            ),
            *constraints.merged_keys_stay("slug"),
        ]
        constraints = [
            constraints.one_of("kind", JurisdictionKind),
            constraints.keeps_direction("name", lists=["aliases"]),
            CheckConstraint(
                name="jurisdictions_jurisdiction_state_is_usps_code",
                condition=Q(state__in=[state.usps for state in STATES]),
                violation_error_message="State must be a two-letter USPS code, such as CA.",
            ),
            CheckConstraint(
                name="jurisdictions_jurisdiction_geoid_digits",
                condition=Q(geoid="") | Q(geoid__regex=r"^(\d{2}|\d{5}|\d{7})$"),
                violation_error_message="GEOID must have 2, 5 or 7 digits.",
            ),
            CheckConstraint(
                name="jurisdictions_jurisdiction_geoid_in_state",
                condition=Q(geoid="")
                | Q(
                    state=Case(
                        *(When(geoid__startswith=s.fips, then=Value(s.usps)) for s in STATES),
                        default=Value(""),
                    )
                ),
                violation_error_message="GEOID must begin with the FIPS code of its state.",
            ),
            web_addresses.is_web_address(
                "website",
                name="jurisdictions_jurisdiction_website_is_web_address",
                words="Website",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("jurisdiction_detail", args=[self.slug])

    @property
    def name_in_state(self):
        """Return the name that tells it from its namesakes: "City of Aurora, IL"."""
        return self.name if self.kind == JurisdictionKind.STATE else f"{self.name}, {self.state}"


@track
class Designation(Entry):
    """A jurisdiction stands on a published list from a day, to the day it came off."""

    entry_kind = "designations"
    column_names = {"list_name": "list"}

    list_name = models.CharField("list")
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="designations")
    removed_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)

    class Meta(Entry.Meta):
        indexes = [*Entry.Meta.indexes, newest_first("removed_on", "designation_removed_docket")]
        constraints = [
            *Entry.Meta.constraints,
            constraints.not_before("removed_on", "date"),
            constraints.keeps_direction("list_name"),
        ]

    def propose_key(self):
        return keys.propose(Designation, self.list_name, self.jurisdiction.slug)


class PolicyKind(models.TextChoices):
    CONSTITUTION = "constitution", _("Constitution")
    STATUTE = "statute", _("Statute")
    ORDINANCE = "ordinance", _("Ordinance")
    RESOLUTION = "resolution", _("Resolution")
    EXECUTIVE_ORDER = "executive_order", _("Executive order")
    AGENCY_POLICY = "agency_policy", _("Agency policy")


@track
class Policy(Entry):
    """The law, order or practice at issue."""

    entry_kind = "policies"

    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="policies")
    title = models.CharField()
    kind = models.CharField(choices=PolicyKind)
    legal_citation = models.CharField(blank=True)
    repealed_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)

    class Meta(Entry.Meta):
        verbose_name_plural = "policies"
        indexes = [*Entry.Meta.indexes, newest_first("repealed_on", "policy_repealed_docket")]
        constraints = [
            *Entry.Meta.constraints,
            constraints.one_of("kind", PolicyKind),
            constraints.keeps_direction("title", "legal_citation"),
            constraints.not_before("repealed_on", "date"),
        ]

    def __str__(self):
        return self.title

    def propose_key(self):
        return keys.propose(Policy, self.jurisdiction.slug, self.title)


class AmountBasis(models.TextChoices):
    AWARDED = "awarded", _("Awarded")
    ALLOCATED = "allocated", _("Allocated")
    REPORTED = "reported", _("Reported")
    APPROXIMATE = "approximate", _("Approximate")


@track
class Award(models.Model):
    """A Byrne JAG award of one fiscal year. Cited like an entry; on the record once it is cited.

    A federal fiscal year begins on 1 October of the year before (31 U.S.C. 1102).
    """

    entry_kind = "awards"

    key = models.SlugField(max_length=200, unique=True)
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="awards")
    program = models.CharField(default="Byrne JAG")
    fiscal_year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(
        max_digits=14, decimal_places=2, null=True, blank=True, help_text="US dollars."
    )
    amount_basis = models.CharField(choices=AmountBasis, blank=True)
    award_number = models.CharField(blank=True)
    note = models.TextField(blank=True)
    citations = GenericRelation(
        "casefile.Citation", content_type_field="entry_type", object_id_field="entry_id"
    )

    objects = AwardQuerySet.as_manager()

    class Meta:
        ordering = ["-fiscal_year", "key"]
        indexes = [anywhere("award_texts", "program", "award_number")]
        constraints = [
            constraints.keeps_direction("program", "award_number"),
            CheckConstraint(
                name="jurisdictions_award_amount_not_negative",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                violation_error_message="Amount can't be negative.",
            ),
            CheckConstraint(
                name="jurisdictions_award_amount_has_basis",
                condition=Q(amount__isnull=True) & Q(amount_basis="")
                | Q(amount_basis__in=AmountBasis.values),
                violation_error_message="Amount basis must say what the amount is:"
                f" {', '.join(AmountBasis.values)}.",
            ),
            CheckConstraint(
                name="jurisdictions_award_fiscal_year_plausible",
                condition=Q(fiscal_year__range=(FIRST_FISCAL_YEAR, 2100)),
                violation_error_message="Fiscal year must be between 2005, when Byrne JAG began,"
                " and 2100.",
            ),
        ]

    def __str__(self):
        return f"{self.program} FY{self.fiscal_year}, {self.jurisdiction}"

    def save(self, **kwargs):
        if not self.key:
            self.key = self.propose_key()
        super().save(**kwargs)

    def propose_key(self):
        """Return a free key, for an award that nobody gave one."""
        return keys.propose(Award, self.program, self.fiscal_year, self.jurisdiction.slug)


@track
class AwardEvent(Entry):
    """What happened to an award on a day, on one of three axes that are never merged."""

    entry_kind = "award_events"

    award = models.ForeignKey(Award, models.PROTECT, related_name="events")
    axis = models.CharField(choices=Axis)
    award_status = models.CharField(choices=AwardStatus)
    note = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            CheckConstraint(
                name="jurisdictions_awardevent_status_on_its_axis",
                condition=Q(axis="award", award_status__in=AWARD_STATUSES["award"])
                | Q(axis="money", award_status__in=AWARD_STATUSES["money"])
                | Q(axis="dispute", award_status__in=AWARD_STATUSES["dispute"]),
                violation_error_message="Award status must be one of its axis: "
                + "; ".join(f"{axis}: {', '.join(names)}" for axis, names in AWARD_STATUSES.items())
                + ".",
            ),
        ]

    def __str__(self):
        return f"{self.get_axis_display()}: {self.get_award_status_display()}, {self.dated}"

    def propose_key(self):
        return keys.propose(AwardEvent, self.award.key, self.date)


class AwardInterval(models.Model):
    """A stretch of days on which an award stands the same on all three axes.

    Made by the rule in ``jurisdictions/sql/award_rule.sql`` whenever something about the award
    changes; nobody else writes it. What lists ask of awards, sort and add up is kept beside it, so
    that they read this table alone.
    """

    award = models.ForeignKey(Award, models.DO_NOTHING, related_name="intervals")
    jurisdiction = models.ForeignKey(
        Jurisdiction, models.DO_NOTHING, related_name="award_intervals", db_constraint=False
    )
    published = models.BooleanField(help_text="Part of what readers see.")
    entered = models.BooleanField(help_text="Part of what staff see: drafts count.")
    during = DateRangeField()
    award_status = AwardStatusField(null=True)
    money_status = AwardStatusField(null=True)
    dispute_status = AwardStatusField(null=True)
    fiscal_year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    amount_basis = models.CharField(choices=AmountBasis)
    name = models.CharField(help_text="Of the jurisdiction.")
    key = models.CharField(help_text="Of the award.")
    usps = models.CharField(help_text="Of the jurisdiction.")

    objects = AwardIntervalQuerySet.as_manager()

    class Meta:
        # One for each order of the list; years are found by the first. And one for each axis, basis
        # and US state: what few awards have would else be looked for in all.
        indexes = [
            models.Index(
                name="award_on_basis", fields=["amount_basis"], condition=Q(published=True)
            ),
            models.Index(name="award_in_usps", fields=["usps"], condition=Q(published=True)),
            *(
                models.Index(
                    name=f"award_with_{axis}",
                    fields=[f"{axis}_status"],
                    condition=Q(published=True, **{f"{axis}_status__isnull": False}),
                )
                for axis in Axis.values
            ),
            models.Index(
                name="award_newest",
                fields=["-fiscal_year", "name", "key"],
                condition=Q(published=True),
            ),
            models.Index(
                name="award_oldest",
                fields=["fiscal_year", "name", "key"],
                condition=Q(published=True),
            ),
            models.Index(
                name="award_by_name",
                fields=["name", "-fiscal_year", "key"],
                condition=Q(published=True),
            ),
            models.Index(
                F("amount").desc(nulls_last=True),
                "key",
                name="award_largest",
                condition=Q(published=True),
            ),
        ]

    def __str__(self):
        return f"{self.key}, {self.during.lower} to {self.during.upper or 'now'}"


class AwardSubject(models.TextChoices):
    """What the awards are counted for."""

    FISCAL_YEAR = "fiscal_year", "Fiscal year"
    USPS = "usps", "US state"
    AWARD = "award", "Award status"
    MONEY = "money", "Money status"
    DISPUTE = "dispute", "Dispute status"


class AwardTally(models.Model):
    """By how much the public awards of a subject on a basis change within a period.

    The value is a year, a USPS code, or a status, "none" where there is none. Made by
    ``jurisdictions/sql/award_tallies.sql`` at each commit; nobody else writes it. The awards of a
    day are the sum of the years before it, the months before it in its year, and the days up to it
    in its month.
    """

    subject = models.CharField(choices=AwardSubject)
    value = models.CharField()
    basis = models.CharField(choices=AmountBasis, blank=True)
    period = models.CharField(help_text="day, month or year")
    begins = models.DateField()
    awards = models.IntegerField()
    with_amount = models.IntegerField(help_text="Those of the awards that have an amount.")
    amount = models.DecimalField(max_digits=20, decimal_places=2)

    class Meta:
        constraints = [
            UniqueConstraint(
                name="jurisdictions_awardtally_once",
                fields=["subject", "value", "basis", "period", "begins"],
            )
        ]
        indexes = [models.Index(name="award_tally_of_day", fields=["period", "begins"])]
        verbose_name_plural = "award tallies"

    def __str__(self):
        return f"{self.value}, {self.period} of {self.begins}: {self.awards:+}, ${self.amount:+}"


class AwardChange(models.Model):
    """What a transaction that isn't committed has noted for the tallies, see there."""

    transaction = models.BigIntegerField(db_index=True)
    fiscal_year = models.PositiveSmallIntegerField()
    usps = models.CharField()
    award_status = AwardStatusField(null=True)
    money_status = AwardStatusField(null=True)
    dispute_status = AwardStatusField(null=True)
    basis = models.CharField(choices=AmountBasis, blank=True)
    day = models.DateField()
    awards = models.IntegerField()
    with_amount = models.IntegerField()
    amount = models.DecimalField(max_digits=20, decimal_places=2)

    def __str__(self):
        return f"FY{self.fiscal_year}, {self.day}: {self.awards:+}, ${self.amount:+}"
