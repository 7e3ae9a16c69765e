"""What triggers keep of the record's texts, so that a search finds words at once."""

from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q, UniqueConstraint

# Entries of so many years have an index each; those of all earlier, and of all later, have one.
FIRST_YEAR, LAST_YEAR = 2017, 2040
NAMES_YEAR = 0  # names have no year
# The first and the last year of each index, from the newest on.
YEARS = [
    (LAST_YEAR + 1, 9999),
    *((year, year) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)),
    (1, FIRST_YEAR - 1),
    (NAMES_YEAR, NAMES_YEAR),
]


class SearchDocument(models.Model):
    """The searchable texts of one published entry, or of one name in the record.

    Made by the rule in ``letters/sql/search.sql`` whenever something that it says changes; nobody
    else writes it. A name (of a jurisdiction, official, round or source) has no day ``since`` which
    readers may see it: that is asked when they search.
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
    year = models.IntegerField(help_text="The year of its date; 0 for names.")
    words = SearchVectorField(help_text="Also holds the labels by which a search is narrowed.")

    class Meta:
        constraints = [
            UniqueConstraint(name="letters_searchdocument_once", fields=["kind", "object_id"])
        ]
        # With an index for each year, the newest entries that have a word are found year by year,
        # at a cost that follows from the year's entries, however common the word is in the whole.
        # What waits to be sorted into an index is read by each look-up: it is kept short.
        indexes = [
            GinIndex(
                name=f"search_words_{first}",
                fields=["words"],
                condition=Q(year__gte=first, year__lte=last),
                gin_pending_list_limit=512,  # kB
            )
            for first, last in YEARS
        ] + [
            models.Index(
                name="search_newest", fields=["-date", "-id"], condition=Q(since__isnull=False)
            ),
            models.Index(
                name="search_newest_of_kind",
                fields=["kind", "-date", "-id"],
                condition=Q(since__isnull=False),
            ),
            GistIndex(OpClass("name", "gist_trgm_ops"), name="search_names", condition=~Q(name="")),
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"
