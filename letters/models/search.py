"""What triggers keep of the record's texts, so that a search finds words at once."""

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q, UniqueConstraint


class SearchDocument(models.Model):
    """The searchable texts of one published entry, or of one name in the record.

    Made by the rule in ``letters/sql/search.sql`` whenever something that it says changes; nobody
    else writes it. A name (of a jurisdiction, official, round or source) has no day ``since`` which
    readers may see it: that is asked by the rules in ``letters/visibility.py``.
    """

    kind = models.CharField(help_text="The kind of entry or name: its file in the record bundle.")
    object_id = models.BigIntegerField()
    key = models.CharField()
    page_key = models.CharField(help_text="The key of the page on which it stands.")
    date = models.DateField(null=True)
    date_precision = models.CharField()
    since = models.DateField(null=True)
    title = models.TextField()
    context = models.TextField()
    text = models.TextField()
    name = models.TextField(help_text="Folded, where readers may misspell it; else empty.")
    era = models.IntegerField(help_text="Year and month, such as 201801; 0 for names.")
    words = SearchVectorField(help_text="Also holds the labels by which a search is narrowed.")

    class Meta:
        constraints = [
            UniqueConstraint(name="letters_searchdocument_once", fields=["kind", "object_id"])
        ]
        # No index by date: it would tempt the planner to walk it in search of a rare word.
        indexes = [
            models.Index(name="search_eras", fields=["era"]),
            # Without a list of pending entries, which each of the many look-ups would read.
            GinIndex(name="search_words", fields=["words"], fastupdate=False),
            GistIndex(
                OpClass("name", "gist_trgm_ops"), name="search_names", condition=~Q(name="")
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"
