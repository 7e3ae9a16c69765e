"""The sitemap: the address of every public page, in sections of at most 50,000 each.

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
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils.functional import cached_property

from casefile.corrections import Correction
from casefile.languages import in_language
from letters.corrections import end_of
from letters.models import Letter, Proceeding, Statement
from letters.models.state_tallies import Subject
from letters.reports import REPORTS
from letters.state_tallies import totals
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
    """The pages of a section. Where one page holds all records, the public ones aren't counted."""

    def __init__(self, rows, per_page, most, known):
        super().__init__(rows, per_page)
        self.most = most
        self.known = known

    @cached_property
    def count(self):
        most = self.most()
        if most <= self.per_page:
            return most
        return self.known() if self.known else super().count


class Section(InEachLanguage):
    """The pages of one kind of record: ``rows`` are tuples that begin with the key.

    ``most`` returns how many there are at most, and ``known`` how many there are, where that is
    found without counting them.
    """

    def __init__(self, page, rows, most, known=None):
        self.page = page
        self.rows = rows
        self.most = most
        self.known = known

    @property
    def paginator(self):
        return SectionPaginator(self.rows, self.limit, self.most, self.known)

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
    """Return the sections of the sitemap as of a day, by name.

    Entries stand in an order that an index has, so that a page of many costs no sort.
    """
    letters = Letter.objects.public(day).order_by("date", "-key")
    proceedings = Proceeding.objects.public(day).order_by("date", "-key")
    rows = {
        "jurisdiction": _slugs(public_jurisdictions(day)),
        "round": _slugs(public_rounds(day)),
        "letter": letters.values_list("key"),
        "statement": _dated_statements(day),
        "official": _slugs(public_officials(day)),
        "proceeding": proceedings.values_list("key"),
        "source": public_sources(day).order_by("key").values_list("key"),
    }
    known = {"letter": lambda: totals(Subject.USPS, day).total()}

    @cache
    def most():
        return dict(zip(rows, _last_ids(of.model for of in rows.values()), strict=True))

    def section(name, of):
        kind = DatedSection if name == "statement" else Section
        return kind(f"{name}_detail", of, lambda: most()[name], known.get(name))

    return {"pages": Pages(), **{f"{name}s": section(name, of) for name, of in rows.items()}}


def _last_ids(models):
    """Return the largest id of each model: it has no more records than that, public or not."""
    last = (f"(SELECT coalesce(max(id), 0) FROM {model._meta.db_table})" for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(last)}")
        return cursor.fetchone()


def _slugs(records):
    return records.order_by("slug").values_list("slug")


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
    statements = Statement.objects.public(day).order_by("date", "-key")
    return statements.values_list("key", Greatest("published_at", Subquery(corrected)))
