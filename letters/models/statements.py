"""Officials, and what they said."""

from django.db import models, transaction
from django.db.models import CheckConstraint, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casefile import constraints, keys
from casefile.entries import Entry, Status, anywhere
from casefile.history import track, track_links
from casefile.models import MERGE
from jurisdictions.models import Jurisdiction
from letters.models.letters import Letter
from letters.models.rounds import Round
from letters.statement_querysets import StatementQuerySet


@track
class Official(models.Model):
    """A person. Roles change, so a statement carries the speaker's title of its day."""

    slug = models.SlugField(max_length=200, unique=True)
    name = models.CharField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["name", "slug"]
        default_permissions = ["add", "change", "delete", "view", MERGE]
        triggers = constraints.merged_keys_stay("slug")
        indexes = [anywhere("official_texts", "name")]
        constraints = [constraints.keeps_direction("name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("official_detail", args=[self.slug])


class Side(models.TextChoices):
    FEDERAL = "federal", _("Federal")
    JURISDICTION = "jurisdiction", _("Jurisdiction")
    THIRD_PARTY = "third_party", _("Third party")


class StatementKind(models.TextChoices):
    QUOTATION = "quotation", _("Quotation")
    PARAPHRASE = "paraphrase", _("Paraphrase")


class Attribution(models.TextChoices):
    NAMED = "named", _("Named")
    UNNAMED = "unnamed", _("Unnamed official")
    INFERRED = "inferred", _("Inferred")
    DISPUTED = "disputed", _("Disputed")


@track
class Statement(Entry):
    """What an official, named or not, said: quoted or paraphrased."""

    entry_kind = "statements"
    column_names = {"in_reply_to_round": "in_reply_to", "in_reply_to_letter": "in_reply_to"}

    speaker = models.ForeignKey(
        Official, models.PROTECT, related_name="statements", null=True, blank=True
    )
    speaker_title = models.CharField(blank=True)
    organisation = models.CharField(blank=True)
    side = models.CharField(choices=Side)
    jurisdictions = models.ManyToManyField(Jurisdiction, related_name="statements", blank=True)
    kind = models.CharField(choices=StatementKind)
    text = models.TextField()
    altered_text = models.TextField(
        blank=True, help_text="How an altered copy gives these words, where one does."
    )
    attribution = models.CharField(choices=Attribution)
    venue = models.CharField(blank=True)
    in_reply_to_round = models.ForeignKey(
        Round, models.PROTECT, related_name="replies", null=True, blank=True
    )
    in_reply_to_letter = models.ForeignKey(
        Letter, models.PROTECT, related_name="replies", null=True, blank=True
    )

    objects = StatementQuerySet.as_manager()

    class Meta(Entry.Meta):
        indexes = [
            *Entry.Meta.indexes,
            anywhere("statement_texts", "text", "speaker_title", "organisation", "venue"),
            # What few statements have would else be looked for in all.
            *(
                models.Index(
                    name=f"statement_by_{choice}",
                    fields=[choice, "-date", "key"],
                    condition=Q(status=Status.PUBLISHED),
                )
                for choice in ("side", "attribution", "kind")
            ),
        ]
        constraints = [
            *Entry.Meta.constraints,
            constraints.keeps_direction("speaker_title", "organisation", "venue"),
            constraints.one_of("side", Side),
            constraints.one_of("kind", StatementKind),
            constraints.one_of("attribution", Attribution),
            CheckConstraint(
                name="letters_statement_replies_to_one_thing",
                condition=Q(in_reply_to_round__isnull=True) | Q(in_reply_to_letter__isnull=True),
                violation_error_message="A statement answers a round or a letter, not both.",
            ),
            CheckConstraint(
                name="letters_statement_named_speaker",
                condition=~Q(attribution="named") | Q(speaker__isnull=False) | ~Q(organisation=""),
                violation_error_message="A named statement needs a speaker or an organisation.",
            ),
        ]

    def __str__(self):
        who = self.speaker or self.organisation or self.speaker_title or gettext("Unnamed official")
        return f"{who}, {self.dated}"

    def get_absolute_url(self):
        return reverse("statement_detail", args=[self.key])

    def save(self, **kwargs):
        from casefile.rechecking import recheck  # for who writes: readers don't wait for it

        with transaction.atomic():
            super().save(**kwargs)
            recheck(self.citations.all())

    @property
    def quotation(self):
        """Return the words that each cited source should have."""
        return self.text if self.kind == StatementKind.QUOTATION else ""

    def propose_key(self):
        who = self.speaker.slug if self.speaker else self.organisation or self.speaker_title
        return keys.propose(Statement, self.date, who or "statement")


@track_links
class StatementJurisdiction(Statement.jurisdictions.through):
    class Meta:
        proxy = True
