"""Factories: each makes a plausible published record; a test names only what it is about."""

import datetime as dt

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory

from casefile.corrections import Correction
from casefile.entries import Status
from casefile.merges import Merge
from casefile.models import Citation, Source
from jurisdictions.models import Award, AwardEvent, Designation, Jurisdiction, Policy
from letters.models import (
    DemandItem,
    EnforcementStep,
    Event,
    Extension,
    Hold,
    Letter,
    Official,
    Proceeding,
    Production,
    Response,
    Round,
    Ruling,
    Statement,
)


class UserFactory(DjangoModelFactory):
    """A staff account. ``group="Editors"`` puts it into that group."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user-{n}")
    is_staff = True

    @factory.post_generation
    def group(self, create, extracted, **kwargs):
        if extracted:
            self.groups.add(Group.objects.get(name=extracted))


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"source-{n}")
    kind = "news_report"
    title = factory.Sequence(lambda n: f"A news report {n}")
    publisher = "The Daily Record"
    url = factory.Sequence(lambda n: f"https://news.example/{n}")


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = Citation

    source = factory.SubFactory(SourceFactory)


class JurisdictionFactory(DjangoModelFactory):
    class Meta:
        model = Jurisdiction

    slug = factory.Sequence(lambda n: f"jurisdiction-{n}")
    name = factory.Sequence(lambda n: f"City of Springfield {n}")
    kind = "city"
    state = "IL"


class EntryFactory(DjangoModelFactory):
    """A published, cited entry. ``status="draft"`` makes a draft, ``cited=False`` no citation."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"entry-{n}")
    date = dt.date(2018, 1, 24)
    status = Status.PUBLISHED
    published_by = factory.Maybe(
        factory.LazyAttribute(lambda entry: entry.status == Status.PUBLISHED),
        yes_declaration=factory.SubFactory(UserFactory),
        no_declaration=None,
    )
    published_at = factory.LazyAttribute(
        lambda entry: dt.datetime(2018, 2, 1, tzinfo=dt.UTC) if entry.published_by else None
    )

    @factory.post_generation
    def cited(self, create, extracted, **kwargs):
        if create and extracted is not False:
            CitationFactory(entry=self, **kwargs)


class DesignationFactory(EntryFactory):
    class Meta:
        model = Designation

    list_name = "Sanctuary jurisdictions"
    jurisdiction = factory.SubFactory(JurisdictionFactory)


class PolicyFactory(EntryFactory):
    class Meta:
        model = Policy

    jurisdiction = factory.SubFactory(JurisdictionFactory)
    title = factory.Sequence(lambda n: f"Ordinance {n}")
    kind = "ordinance"


class AwardFactory(DjangoModelFactory):
    """A cited award; ``cited=False`` leaves it off the public record."""

    class Meta:
        model = Award
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"award-{n}")
    jurisdiction = factory.SubFactory(JurisdictionFactory)
    fiscal_year = 2017
    amount = 60_000
    amount_basis = "allocated"

    @factory.post_generation
    def cited(self, create, extracted, **kwargs):
        if create and extracted is not False:
            CitationFactory(entry=self, **kwargs)


class AwardEventFactory(EntryFactory):
    class Meta:
        model = AwardEvent

    award = factory.SubFactory(AwardFactory)
    axis = "money"
    award_status = "on_hold"


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    slug = factory.Sequence(lambda n: f"round-{n}")
    title = factory.Sequence(lambda n: f"Document demand {n}")
    announced_on = dt.date(2018, 1, 24)
    deadline = dt.date(2018, 2, 23)


class DemandItemFactory(DjangoModelFactory):
    class Meta:
        model = DemandItem

    round = factory.SubFactory(RoundFactory)
    number = factory.Sequence(lambda n: n + 1)
    text = "All orders and guidance to law enforcement employees"


class LetterFactory(EntryFactory):
    class Meta:
        model = Letter

    round = factory.SubFactory(RoundFactory)
    jurisdiction = factory.SubFactory(JurisdictionFactory)
    deadline = dt.date(2018, 2, 23)


class ExtensionFactory(EntryFactory):
    class Meta:
        model = Extension

    letter = factory.SubFactory(LetterFactory)
    date = dt.date(2018, 2, 10)
    new_deadline = dt.date(2018, 3, 23)


class HoldFactory(EntryFactory):
    class Meta:
        model = Hold

    letter = factory.SubFactory(LetterFactory)
    date = dt.date(2018, 2, 10)


class ResponseFactory(EntryFactory):
    class Meta:
        model = Response

    letter = factory.SubFactory(LetterFactory)
    date = dt.date(2018, 2, 20)
    kind = "unassessed"


class ProductionFactory(DjangoModelFactory):
    class Meta:
        model = Production

    response = factory.SubFactory(ResponseFactory)
    item = factory.LazyAttribute(
        lambda production: DemandItemFactory(round=production.response.letter.round)
    )
    extent = "produced"


class EnforcementStepFactory(EntryFactory):
    class Meta:
        model = EnforcementStep

    letter = factory.SubFactory(LetterFactory)
    date = dt.date(2018, 3, 1)
    kind = "subpoena_threatened"


class ProceedingFactory(EntryFactory):
    class Meta:
        model = Proceeding

    caption = factory.Sequence(lambda n: f"City of Springfield {n} v. Sessions")
    court = "N.D. Ill."
    docket_number = factory.Sequence(lambda n: f"1:18-cv-{n:05}")


class RulingFactory(EntryFactory):
    class Meta:
        model = Ruling

    proceeding = factory.SubFactory(ProceedingFactory)
    date = dt.date(2018, 4, 19)
    title = "Preliminary injunction"


class OfficialFactory(DjangoModelFactory):
    class Meta:
        model = Official

    slug = factory.Sequence(lambda n: f"official-{n}")
    name = factory.Sequence(lambda n: f"Jordan Official {n}")


class StatementFactory(EntryFactory):
    class Meta:
        model = Statement

    speaker = factory.SubFactory(OfficialFactory)
    side = "jurisdiction"
    kind = "quotation"
    text = "We will satisfy the request in a timely fashion."
    attribution = "named"


class EventFactory(EntryFactory):
    class Meta:
        model = Event

    title = factory.Sequence(lambda n: f"A meeting is called off {n}")


class CorrectionFactory(DjangoModelFactory):
    """A correction as a trigger notes it, of a published policy unless another entry is given."""

    class Meta:
        model = Correction

    entry = factory.SubFactory(PolicyFactory)
    change_id = factory.Sequence(lambda n: f"change-{n}")
    changes = {"title": ["Ordnance", "Ordinance"]}
    changed_at = dt.datetime(2018, 3, 1, 12, tzinfo=dt.UTC)


class MergeFactory(DjangoModelFactory):
    """A merge as one comes with a bundle: an address that leads to an official."""

    class Meta:
        model = Merge

    survivor = factory.SubFactory(OfficialFactory)
    old_key = factory.Sequence(lambda n: f"merged-{n}")
