"""The entry: a dated, cited, reviewed record. The case file is a docket of entries."""

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import CheckConstraint, F, Q
from django.db.models.functions import Upper

from casefile import constraints, keys
from casefile.dates import DatePrecision, describe


class Status(models.TextChoices):
    """Where an entry stands in review. Only published entries are on the public record."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    PUBLISHED = "published", "Published"
    RETRACTED = "retracted", "Retracted"


# What readers have seen: it is corrected or retracted in the open, and never deleted.
ON_RECORD = [Status.PUBLISHED, Status.RETRACTED]
NOT_RETRACTED = [Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED]

REVIEW_STEPS = [
    (Status.DRAFT, Status.IN_REVIEW),
    (Status.IN_REVIEW, Status.DRAFT),
    (Status.IN_REVIEW, Status.PUBLISHED),
    (Status.PUBLISHED, Status.RETRACTED),
]
STEPS_IN_SQL = ", ".join(f"('{before}', '{after}')" for before, after in REVIEW_STEPS)


def newest_first(date, name):
    """Return an index of published entries by one of their dates, as docket and feed read it."""
    return models.Index(
        fields=[f"-{date}", "key"],
        name=name,
        condition=Q(status=Status.PUBLISHED, **{f"{date}__isnull": False}),
    )


def anywhere(name, *texts):
    """Return an index that finds what stands anywhere in some texts, whatever its case."""
    return GinIndex(*(OpClass(Upper(text), name="gin_trgm_ops") for text in texts), name=name)


class EntryQuerySet(models.QuerySet):
    """What can be asked of entries of any kind."""

    def published(self):
        """Keep what readers may see: published, and so is the entry that it belongs to."""
        return self.filter(
            **{f"{prefix}status": Status.PUBLISHED for prefix in self.model.lineage()}
        )

    def on_record(self, day):
        """Keep what was on the record on a day: dated on or before it.

        A date known only to the month or year counts from the first day of its period, and an
        entry that belongs to another is never on the record before that one.
        """
        return self.filter(**{f"{prefix}date__lte": day for prefix in self.model.lineage()})

    def public(self, day):
        """Keep what readers may see as of a day."""
        return self.published().on_record(day)

    def entered(self, day):
        """Keep what staff see as of a day: drafts count, what is retracted doesn't.

        What belongs to a retracted entry is retracted with it.
        """
        return self.on_record(day).filter(
            **{f"{prefix}status__in": NOT_RETRACTED for prefix in self.model.lineage()}
        )

    def recorded(self, day, published=True):
        """Keep what readers may see as of a day, or what staff see."""
        return self.public(day) if published else self.entered(day)


class Entry(models.Model):
    """What every entry has. Each kind of entry is a file of the record bundle.

    ``entry_kind`` is that file's name without .csv; ``belongs_to`` names the foreign key to the
    entry without which this one makes no sense (a response's letter), if there is one.
    """

    entry_kind: str
    belongs_to: str | None = None
    # The columns of the bundle that have other names than their fields: {field: column}.
    column_names: dict[str, str] = {}
    # Fields of dates that a reviewer expects, and is told of where one is empty.
    expected_dates: tuple[str, ...] = ()
    # The words that an entry of a quoting kind says were spoken; it is then a property.
    quotation = ""

    key = models.SlugField(
        max_length=200, unique=True, help_text="Stable identifier; it stands in the address."
    )
    date = models.DateField(
        help_text="Where only the month or year is known, the first day of that period."
    )
    date_precision = models.CharField(choices=DatePrecision, default=DatePrecision.DAY)
    status = models.CharField(choices=Status, default=Status.DRAFT, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, editable=False
    )
    published_at = models.DateTimeField(null=True, editable=False)
    citations = GenericRelation(
        "casefile.Citation", content_type_field="entry_type", object_id_field="entry_id"
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-date", "key"]
        default_permissions = ["add", "change", "delete", "view", "publish"]
        indexes = [
            newest_first("date", "%(class)s_docket"),
            newest_first("published_at", "%(class)s_news"),
        ]
        constraints = [
            constraints.one_of("status", Status),
            constraints.one_of("date_precision", DatePrecision),
            CheckConstraint(
                name="%(app_label)s_%(class)s_date_starts_its_period",
                condition=Q(date_precision=DatePrecision.DAY)
                | Q(date_precision=DatePrecision.MONTH, date__day=1)
                | Q(date_precision=DatePrecision.YEAR, date__day=1, date__month=1),
                violation_error_message="A date known to the month or year must be the first day"
                " of that month or year.",
            ),
            CheckConstraint(
                name="%(app_label)s_%(class)s_publication_is_signed",
                condition=~Q(status=Status.PUBLISHED)
                | Q(published_by__isnull=False, published_at__isnull=False),
                violation_error_message="A published entry must say who published it and when.",
            ),
            CheckConstraint(
                name="%(app_label)s_%(class)s_publisher_is_not_submitter",
                condition=Q(published_by__isnull=True)
                | Q(submitted_by__isnull=True)
                | ~Q(published_by=F("submitted_by")),
                violation_error_message="Who submitted an entry can't publish it:"
                " a second person has to.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="review_steps",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status")),
                func=f"""
                    IF (OLD.status, NEW.status) IN ({STEPS_IN_SQL}) THEN
                        RETURN NEW;
                    END IF;
                    RAISE check_violation USING
                        CONSTRAINT = 'review_steps',
                        MESSAGE = format('%s can''t go from %s to %s: the steps are draft, in'
                            ' review, published, retracted, and back from review to draft.',
                            OLD.key, replace(OLD.status, '_', ' '), replace(NEW.status, '_', ' '));
                """,
            ),
            pgtrigger.Trigger(
                name="published_is_never_deleted",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__status__in=ON_RECORD),
                func="""
                    RAISE check_violation USING
                        CONSTRAINT = 'published_is_never_deleted',
                        MESSAGE = format('%s can''t be deleted: a published entry is retracted,'
                            ' never deleted.', OLD.key);
                """,
            ),
            pgtrigger.Trigger(
                name="published_key_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("key"),
                condition=pgtrigger.Q(old__status__in=ON_RECORD)
                & pgtrigger.Q(old__key__df=pgtrigger.F("new__key")),
                func="""
                    RAISE check_violation USING
                        CONSTRAINT = 'published_key_stays',
                        MESSAGE = format('%s can''t be renamed: the key of a published entry'
                            ' stands in its address.', OLD.key);
                """,
            ),
            pgtrigger.Trigger(
                name="published_is_cited",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(new__status=Status.PUBLISHED),
                timing=pgtrigger.Deferred,
                func="PERFORM casefile_require_citation(TG_TABLE_NAME, NEW.id, NEW.key);"
                " RETURN NULL;",
            ),
        ]

    def __str__(self):
        return self.key

    def save(self, **kwargs):
        if not self.key:
            self.key = self.propose_key()
        super().save(**kwargs)

    def propose_key(self):
        """Return a free key, for an entry that nobody gave one."""
        if self.belongs_to is None:
            return keys.propose(type(self), self.date, self._meta.verbose_name)
        parent = getattr(self, self.belongs_to)
        return keys.propose(type(self), parent.key, self._meta.verbose_name, numbered=True)

    @classmethod
    def lineage(cls):
        """Return lookup prefixes of this entry and those it belongs to: ``["", "letter__"]``."""
        if cls.belongs_to is None:
            return [""]
        parent = cls._meta.get_field(cls.belongs_to).related_model
        return ["", *(f"{cls.belongs_to}__{prefix}" for prefix in parent.lineage())]

    @property
    def dated(self):
        """Return the date as readers see it, no more exact than it is known."""
        return describe(self.date, self.date_precision)

    @property
    def is_published(self):
        return self.status == Status.PUBLISHED

    @property
    def is_on_record(self):
        """Return whether readers have seen it, though it may be retracted since."""
        return self.status in ON_RECORD
