import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

from letters.search.upkeep import SQL

YEARS = [(2041, 9999), *((year, year) for year in range(2040, 2016, -1)), (1, 2016), (0, 0)]

INSTALL = migrations.RunSQL(
    SQL,
    # The triggers go with the function that they call.
    """
    DROP FUNCTION letters_search_follow CASCADE;
    DROP FUNCTION letters_search_keep_all;
    DROP FUNCTION letters_search_shows;
    DROP FUNCTION letters_search_keep;
    DROP FUNCTION letters_search_kinds;
    DROP FUNCTION letters_search_rule;
    DROP FUNCTION letters_search_facts;
    DROP FUNCTION letters_search_is_cited;
    DROP FUNCTION letters_search_about;
    DROP FUNCTION letters_search_award;
    DROP FUNCTION letters_search_place;
    DROP TEXT SEARCH CONFIGURATION casefile;
    """,
)
KEEP = migrations.RunSQL("SELECT letters_search_keep_all()", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0010_merges"),
        ("jurisdictions", "0008_news_indexes"),
        ("letters", "0011_news_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        help_text="The kind of entry or name: its file in the record bundle."
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("key", models.CharField()),
                (
                    "page_key",
                    models.CharField(help_text="The key of the page on which it stands."),
                ),
                ("date", models.DateField(null=True)),
                ("date_precision", models.CharField()),
                ("since", models.DateField(null=True)),
                ("title", models.TextField()),
                ("context", models.TextField()),
                ("text", models.TextField()),
                (
                    "name",
                    models.TextField(
                        help_text="Folded, where readers may misspell it; else empty."
                    ),
                ),
                ("year", models.IntegerField(help_text="The year of its date; 0 for names.")),
                (
                    "words",
                    django.contrib.postgres.search.SearchVectorField(
                        help_text="Also holds the labels by which a search is narrowed."
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("year__gte", first), ("year__lte", last)),
                        fields=["words"],
                        gin_pending_list_limit=512,
                        name=f"search_words_{first}",
                    )
                    for first, last in YEARS
                ]
                + [
                    models.Index(
                        condition=models.Q(("since__isnull", False)),
                        fields=["-date", "-id"],
                        name="search_newest",
                    ),
                    django.contrib.postgres.indexes.GistIndex(
                        django.contrib.postgres.indexes.OpClass("name", "gist_trgm_ops"),
                        condition=models.Q(("name", ""), _negated=True),
                        name="search_names",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "object_id"), name="letters_searchdocument_once"
                    )
                ],
            },
        ),
        INSTALL,
        KEEP,
    ]
