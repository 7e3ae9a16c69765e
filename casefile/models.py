"""Sources and citations: where each fact comes from, and the passage that says so."""

import hashlib

import pgtrigger
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import UniqueConstraint
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casefile import constraints, web_addresses
from casefile.corrections import Correction  # noqa: F401  Django finds models here
from casefile.history import track
from casefile.merges import PERMISSION as MERGE
from casefile.merges import Merge  # noqa: F401
from casefile.quotation_checks import QuotationCheck
from casefile.receipts import Receipt  # noqa: F401
from casefile.revision import Revision  # noqa: F401
from casefile.seals import Seal, SealedEvent  # noqa: F401
from casefile.signing_in.events import SignInEvent  # noqa: F401
from casefile.signing_in.kept_passkeys import Passkey  # noqa: F401
from casefile.signing_in.kept_sessions import Session  # noqa: F401


class SourceKind(models.TextChoices):
    PRIMARY_DOCUMENT = "primary_document", _("Primary document")
    PRESS_RELEASE = "press_release", _("Press release")
    COURT_FILING = "court_filing", _("Court filing")
    NEWS_REPORT = "news_report", _("News report")
    SYNDICATED_COPY = "syndicated_copy", _("Syndicated copy")
    MACHINE_ALTERED_COPY = "machine_altered_copy", _("Machine-altered copy")
    DATASET = "dataset", _("Dataset")


@track
class Source(models.Model):
    """A document that facts come from. Its text is private; only cited passages are shown."""

    key = models.SlugField(max_length=200, unique=True)
    kind = models.CharField(choices=SourceKind)
    title = models.CharField()
    publisher = models.CharField(blank=True)
    author = models.CharField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    url = models.CharField("URL", blank=True, validators=web_addresses.validators)
    archive_url = models.CharField("archive URL", blank=True, validators=web_addresses.validators)
    retrieved_on = models.DateField(null=True, blank=True)
    file = models.FileField(upload_to="sources/", blank=True)
    file_sha256 = models.CharField("SHA-256 of the file", blank=True, editable=False)
    text = models.TextField(
        blank=True, help_text="Private. Quotations and passages are checked against it."
    )
    text_sha256 = models.CharField("SHA-256 of the text", blank=True, editable=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["key"]
        default_permissions = ["add", "change", "delete", "view", MERGE]
        triggers = constraints.merged_keys_stay("key")
        constraints = [
            constraints.one_of("kind", SourceKind),
            constraints.keeps_direction("title", "publisher", "author"),
            web_addresses.is_web_address(
                "url",
                "archive_url",
                name="casefile_source_urls_are_web_addresses",
                words="URL and archive URL",
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *, update_fields=None, **kwargs):
        from casefile.rechecking import recheck  # for who writes: readers don't wait for it

        self.text_sha256 = hashlib.sha256(self.text.encode()).hexdigest() if self.text else ""
        # A file that is stored already never changes under its name.
        if not self.file:
            self.file_sha256 = ""
        elif not (self.file._committed and self.file_sha256):
            self.file_sha256 = _sha256_of(self.file)
        if update_fields is not None:
            update_fields = {*update_fields, "text_sha256", "file_sha256"}
        is_new_file = self.file and not self.file._committed
        try:
            with transaction.atomic():
                super().save(update_fields=update_fields, **kwargs)
                recheck(self.citations.all())
        except Exception:
            # The storage takes part in no transaction.
            if is_new_file and self.file._committed:
                self.file.storage.delete(self.file.name)
            raise

    def get_absolute_url(self):
        return reverse("source_detail", args=[self.key])


def _sha256_of(file):
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


class Stance(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    CONTRADICTS = "contradicts", "Contradicts"


@track
class Citation(models.Model):
    """An entry, or one field of it, rests on a source; the passage says so word for word."""

    part_of = "entry"

    entry_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    entry_id = models.BigIntegerField()
    entry = GenericForeignKey("entry_type", "entry_id")
    field = models.CharField(
        blank=True, help_text="The field that this source is about; empty for the whole entry."
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations")
    stance = models.CharField(choices=Stance, default=Stance.SUPPORTS)
    pin = models.CharField(blank=True, help_text="Page, paragraph or sentence.")
    passage = models.TextField(blank=True, help_text="The supporting passage, word for word.")
    # Empty: nothing to check. What writes past `save` has to call `casefile.rechecking.recheck`.
    passage_check = models.CharField(choices=QuotationCheck, blank=True, editable=False)
    quotation_check = models.CharField(choices=QuotationCheck, blank=True, editable=False)

    class Meta:
        ordering = ["source__key", "field", "pin"]
        indexes = [models.Index(fields=["entry_type", "entry_id"])]
        constraints = [
            constraints.one_of("stance", Stance),
            constraints.keeps_direction("field", "pin"),
            constraints.one_of("passage_check", QuotationCheck, or_empty=True),
            constraints.one_of("quotation_check", QuotationCheck, or_empty=True),
            UniqueConstraint(
                name="casefile_citation_once",
                fields=["entry_type", "entry_id", "field", "source", "pin"],
                violation_error_message="This entry already cites that source with the same field"
                " and pin.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="cites_an_entry",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("entry_type_id", "entry_id"),
                timing=pgtrigger.Deferred,
                func="PERFORM casefile_require_entry(NEW.entry_type_id, NEW.entry_id);"
                " RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="last_citation_stays",
                when=pgtrigger.After,
                operation=pgtrigger.Delete
                | pgtrigger.UpdateOf("entry_type_id", "entry_id", "stance"),
                timing=pgtrigger.Deferred,
                func="PERFORM casefile_require_citation_of(OLD.entry_type_id, OLD.entry_id);"
                " RETURN NULL;",
            ),
        ]

    def __str__(self):
        return str(self.source)

    def save(self, *, update_fields=None, **kwargs):
        from casefile.folding import Folded  # see above
        from casefile.rechecking import outcome

        text = Folded(self.source.text)
        self.passage_check = outcome(self.passage, text)
        self.quotation_check = outcome(self.quotation, text)
        if update_fields is not None:
            update_fields = {*update_fields, "passage_check", "quotation_check"}
        super().save(update_fields=update_fields, **kwargs)

    @property
    def field_name(self):
        """Return the name of the field as readers see it."""
        return gettext(self.field.replace("_", " "))

    @property
    def quotation(self):
        """Return the words that the entry quotes from its source, or "" if it quotes nobody."""
        return getattr(self.entry, "quotation", "")

    @property
    def quotation_mark(self):
        """Return what readers are told about the quotation, or None where there is none."""
        return QuotationCheck(self.quotation_check) if self.quotation_check else None

    @property
    def passage_mark(self):
        """Return what readers are told about the passage, or None where there is none."""
        return QuotationCheck(self.passage_check) if self.passage_check else None

    def find_quotation(self):
        """Look for the quotation in the source again: where, what is left out, what differs."""
        return self._find(self.quotation)

    def find_passage(self):
        """Look for the passage in the source again: where, what is left out, what differs."""
        return self._find(self.passage)

    def _find(self, words):
        from casefile.quotations import check  # see above

        return check(words, self.source.text)
