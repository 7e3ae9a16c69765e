"""Awards that change in every way that there is, and where they stand, in plain Python."""

import datetime as dt
import random

from django.contrib.contenttypes.models import ContentType

from casefile import merging
from casefile.entries import Status
from casefile.models import Citation
from jurisdictions.award_status import AWARD_STATUSES
from jurisdictions.models import AmountBasis, Award, AwardEvent, Jurisdiction
from tests.factories import JurisdictionFactory, SourceFactory, UserFactory

FIRST_DAY = dt.date(2016, 8, 1)
DAYS = [FIRST_DAY + dt.timedelta(days=n * 7) for n in range(120)] + [dt.date(2018, 3, 1)]


def cited_awards():
    """Return the ids of the awards that readers see."""
    entry_type = ContentType.objects.get_for_model(Award)
    return set(Citation.objects.filter(entry_type=entry_type).values_list("entry_id", flat=True))


def plain_standing(award, day, published, cited):
    """Return where an award stands on a day, or None: the rule in plain Python, one day at a time.

    As the design says it: on the record from 1 October before its fiscal year, for readers once it
    is cited; on each axis the newest event, of one day the one with the last key. What is retracted
    counts nowhere.
    """
    if dt.date(award.fiscal_year - 1, 10, 1) > day:
        return None
    if published and award.pk not in cited:
        return None
    statuses = []
    for axis in ("award", "money", "dispute"):
        events = [
            (event.date, event.key, event.award_status)
            for event in award.events.all()
            if event.axis == axis and event.date <= day
            if event.status == "published" or (not published and event.status != "retracted")
        ]
        statuses.append(max(events)[2] if events else None)
    return (award.jurisdiction_id, *statuses)


class Desk:
    """Somebody who changes random things about awards in every way that there is to write."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.user = UserFactory(group="Administrators")
        self.source = SourceFactory()
        self.made = 0
        self.places = JurisdictionFactory.create_batch(4)
        self.type = ContentType.objects.get_for_model(Award)

    def day(self):
        return self.random.choice(DAYS)

    def key(self):
        self.made += 1
        return f"made-{self.random.randrange(10)}-{self.made}"

    def some(self, model, **conditions):
        rows = list(model.objects.filter(**conditions))
        return self.random.choice(rows) if rows else None

    def act(self):
        self.random.choice(
            [
                self.award,
                self.events,
                self.events,
                self.cite,
                self.cite,
                self.uncite,
                self.edit,
                self.move,
                self.rename,
                self.merge,
                self.advance,
                self.delete,
            ]
        )()

    def award(self):
        Award.objects.bulk_create(
            Award(
                key=self.key(),
                jurisdiction=self.random.choice(self.places),
                fiscal_year=self.random.choice([2016, 2017, 2018]),
                amount=self.random.choice([None, 0, "10.50", 60_000]),
                amount_basis=self.random.choice(AmountBasis.values),
            )
            for _ in range(3)
        )

    def events(self):
        if award := self.some(Award):
            events = AwardEvent.objects.bulk_create(
                AwardEvent(
                    key=self.key(), award=award, date=self.day(), axis=axis, award_status=status
                )
                for axis in self.random.sample(list(AWARD_STATUSES), 2)
                for status in self.random.sample(AWARD_STATUSES[axis], 2)
            )
            event_type = ContentType.objects.get_for_model(AwardEvent)
            Citation.objects.bulk_create(
                Citation(entry_type=event_type, entry_id=event.pk, source=self.source, pin="p. 1")
                for event in events
            )

    def cite(self):
        Citation.objects.bulk_create(
            Citation(entry_type=self.type, entry_id=award.pk, source=self.source, pin=self.key())
            for award in self.random.sample(list(Award.objects.all()), 2)
        )

    def uncite(self):
        if award := self.some(Award):
            Citation.objects.filter(entry_type=self.type, entry_id=award.pk).delete()

    def edit(self):
        if event := self.some(AwardEvent, status="draft"):
            event.date, event.key = self.day(), self.key()
            event.save()
        award = self.some(Award)
        award.fiscal_year = self.random.choice([2016, 2017, 2018])
        award.key = self.key()
        award.amount = self.random.choice([None, 5, "7.25"])
        award.amount_basis = self.random.choice(AmountBasis.values)
        award.save()

    def move(self):
        one, other = self.random.sample(self.places, 2)
        Award.objects.filter(jurisdiction=one).update(jurisdiction=other)
        AwardEvent.objects.filter(date__lt=self.day(), status="draft").update(
            award=self.some(Award)
        )

    def rename(self):
        Jurisdiction.objects.filter(pk=self.random.choice(self.places).pk).update(
            name=self.key(), state=self.random.choice(["IL", "NV", "OH"])
        )

    def merge(self):
        survivor, merged = self.random.sample(self.places, 2)
        # Two that were corrected in one transaction stand in each other's way.
        if not merging.obstacles(survivor, merged):
            merging.merge(survivor, merged, self.user, "Entered twice")
            self.places.remove(merged)
            self.places.append(JurisdictionFactory())

    def advance(self):
        AwardEvent.objects.filter(status="published", date__lt=self.day()).update(
            status=Status.RETRACTED
        )
        AwardEvent.objects.filter(status="in_review").update(
            status=Status.PUBLISHED,
            published_by=self.user,
            published_at=dt.datetime(2018, 7, 1, tzinfo=dt.UTC),
        )
        AwardEvent.objects.filter(status="draft").update(status=Status.IN_REVIEW)

    def delete(self):
        AwardEvent.objects.filter(status="draft", date__lt=self.day()).delete()
        if award := self.some(Award, events__isnull=True):
            Citation.objects.filter(entry_type=self.type, entry_id=award.pk).delete()
            award.delete()
