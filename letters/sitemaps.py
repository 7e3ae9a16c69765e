"""The sitemap: the address of every public page, in files of at most 50,000 each.

A page is dated only where the date is true of all that it shows. That is so of a statement, which
stands alone: it last changed when it was published or corrected. Every other page shows many
entries, and is not dated.
"""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Max, OuterRef, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.functional import cached_property

from casefile.corrections import Correction
from casefile.languages import in_language
from letters.corrections import end_of
from letters.models import Letter, Proceeding, Statement
from letters.reports import REPORTS
from letters.visibility import (
    public_jurisdictions,
    public_officials,
    public_rounds,
    public_sources,
)

PAGES = [
    "home",
    "jurisdiction_list",
    "round_list",
    "letter_list",
    "grant_list",
    "statement_list",
    "proceeding_list",
    "correction_list",
    "timeline",
    "search",
    "report_list",
    "api_guide",
]


class InEachLanguage(Sitemap):
    """Pages that each name their address in every language.

    Django's own way lists each page once for each language, and would read all rows for one file.
    """

    def get_urls(self, **asked):
        """Return what `django.contrib.sitemaps` writes of each page, with its alternates."""
        urls = super().get_urls(**asked)
        for url in urls:
            parts = urlsplit(url["location"])
            url["alternates"] = [
                {
                    "lang_code": language,
                    "location": parts._replace(path=in_language(language, parts.path)).geturl(),
                }
                for language, _name in settings.LANGUAGES
            ]
        return urls


class Pages(InEachLanguage):
    """The lists, and the reports."""

    def items(self):
        reports = [("report_detail", [report.name]) for report in REPORTS if not report.staff_only]
        return [*((name, []) for name in PAGES), *reports]

    def location(self, page):
        name, arguments = page
        return reverse(name, args=arguments)


class SectionPaginator(Paginator):
    """The pages of a section, each with the public records of so many ids in a row.

    To count records, or to pass over those of the pages before, would take the longer the more
    there are. ``last_id`` returns the largest id that any record has, public or not.
    """

    def __init__(self, rows, per_page, last_id):
        super().__init__(rows, per_page)
        self.last_id = last_id

    @cached_property
    def stretches(self):
        """Return the numbers of the stretches of ids that have a public record; at least one."""
        last = self.last_id() // self.per_page
        if not last:
            return [0]
        ids = RawSQL("stretch * %s", [self.per_page]), RawSQL("(stretch + 1) * %s", [self.per_page])
        sql, params = self._within(*ids).values("pk").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT stretch FROM generate_series(0, %s) stretch WHERE EXISTS ({sql})",
                [last, *params],
            )
            return sorted(stretch for (stretch,) in cursor) or [0]

    @property
    def num_pages(self):
        return len(self.stretches)

    def page(self, number):
        first = self.stretches[self.validate_number(number) - 1] * self.per_page
        return self._get_page(self._within(first, first + self.per_page), number, self)

    def _within(self, first, end):
        return self.object_list.filter(pk__gte=first, pk__lt=end)


class Section(InEachLanguage):
    """The pages of one kind of record: ``rows`` are tuples that begin with the key.

    ``last_id`` returns the largest id of that kind.
    """

    def __init__(self, page, rows, last_id):
        self.page = page
        self.rows = rows
        self.last_id = last_id

    @property
    def paginator(self):
        return SectionPaginator(self.rows, self.limit, self.last_id)

    def items(self):
        return self.rows

    def location(self, row):
        return reverse(self.page, args=[row[0]])


class DatedSection(Section):
    """Pages of which each is dated by the second value of its row."""

    def lastmod(self, row):
        return row[1]

    def get_latest_lastmod(self):
        """Return no date for the index: to know the latest, all rows would have to be read."""


def sections(day):
    """Return the sections of the sitemap as of a day, by name."""
    rows = {
        "jurisdiction": public_jurisdictions(day).values_list("slug"),
        "round": public_rounds(day).values_list("slug"),
        "letter": Letter.objects.public(day).values_list("key"),
        "statement": _dated_statements(day),
        "official": public_officials(day).values_list("slug"),
        "proceeding": Proceeding.objects.public(day).values_list("key"),
        "source": public_sources(day).values_list("key"),
    }

    @cache
    def last_ids():
        return dict(zip(rows, _last_ids(of.model for of in rows.values()), strict=True))

    def section(name, of):
        kind = DatedSection if name == "statement" else Section
        return kind(f"{name}_detail", of.order_by("pk"), lambda: last_ids()[name])

    return {"pages": Pages(), **{f"{name}s": section(name, of) for name, of in rows.items()}}


def _last_ids(models):
    """Return the largest id of each model, 0 if it has no record."""
    last = (f"(SELECT coalesce(max(id), 0) FROM {model._meta.db_table})" for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(last)}")
        return cursor.fetchone()


def _dated_statements(day):
    """Return (key, when it was published, corrected or its correction confirmed last)."""
    corrections = Correction.objects.material().filter(
        entry_type=ContentType.objects.get_for_model(Statement),
        entry_id=OuterRef("pk"),
        changed_at__lt=end_of(day),
    )
    corrected = (
        corrections.order_by()
        .values("entry_id")
        .annotate(last=Max(Greatest("changed_at", "confirmed_at")))
        .values("last")
    )
    statements = Statement.objects.public(day)
    return statements.values_list("key", Greatest("published_at", Subquery(corrected)))
