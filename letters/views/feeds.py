"""The Atom feeds: what came onto the record, of everything, a jurisdiction or a round."""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from jurisdictions.models import Award
from letters.corrections import EVERYTHING, end_of
from letters.docket import scopes
from letters.license import LICENSE
from letters.news import corrections, publications
from letters.visibility import public_jurisdictions, public_rounds

IN_FEED = 50
# What no XML 1.0 document can hold, however it is written: a text of the record may.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(kind, key):
    """Return the id of something in a feed: the same for good, whatever its address becomes."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2017:{kind}/{key}"


def in_xml(text):
    """Return a text with a replacement character for each that XML can't hold."""
    return NOT_IN_XML.sub("\ufffd", str(text))


class RecordAtom(Atom1Feed):
    """A feed that is dated by its newest item, and by the day where it has none."""

    def __init__(self, title, link, description, **rest):
        super().__init__(in_xml(title), link, description, **rest)

    def add_item(self, title, link, description, **rest):
        super().add_item(in_xml(title), link, in_xml(description), **rest)

    def latest_post_date(self):
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=self.feed["empty_since"])


@dataclass(frozen=True)
class Item:
    """One entry of a feed. ``link`` is a path; the times are aware."""

    title: str
    description: str
    link: str
    guid: str
    kind: str
    pubdate: dt.datetime
    updateddate: dt.datetime


def of_publication(publication):
    row = publication.row
    return Item(
        f"{row.label}: {row.heading}",
        render_to_string("letters/_publication.html", {"row": row}),
        row.get_absolute_url(),
        tag(row.kind, row.key),
        row.kind,
        publication.published_at,
        publication.published_at,
    )


def of_correction(notice):
    correction = notice.correction
    what = _("Retracted") if correction.is_retraction else _("Corrected")
    return Item(
        f"{what}: {notice.kind} {notice.name}",
        render_to_string("letters/_correction.html", {"notice": notice}),
        f"{reverse('correction_list')}#correction-{correction.pk}",
        tag("corrections", correction.pk),
        "corrections",
        correction.changed_at,
        correction.confirmed_at or correction.changed_at,
    )


@dataclass(frozen=True)
class Subject:
    """What a feed is about, as of a day: ``path`` is that of the page about the same."""

    title: str
    path: str
    scope: dict
    day: dt.date


class RecordFeed(Feed):
    """The newest publications and corrections in a scope, by when they came onto the record."""

    feed_type = RecordAtom
    subtitle = gettext_lazy("What was published, corrected or retracted, each with its sources.")
    author_name = "Casefile"
    feed_copyright = LICENSE["title"]

    def title(self, subject):
        return subject.title

    def link(self, subject):
        return subject.path

    def feed_url(self, subject):
        return f"{subject.path}feed.atom"

    def feed_guid(self, subject):
        return tag("feeds", subject.path)

    def feed_extra_kwargs(self, subject):
        return {"empty_since": end_of(subject.day)}

    def items(self, subject):
        published = publications(subject.scope, subject.day, IN_FEED)
        items = [*corrected(subject), *map(of_publication, published)]
        return sorted(items, key=lambda item: (item.updateddate, item.guid), reverse=True)[:IN_FEED]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.description

    def item_link(self, item):
        return item.link

    def item_guid(self, item):
        return item.guid

    def item_categories(self, item):
        return [item.kind]

    def item_pubdate(self, item):
        return item.pubdate

    def item_updateddate(self, item):
        return item.updateddate


class EverythingFeed(RecordFeed):
    def get_object(self, request):
        return Subject("Casefile", reverse("home"), EVERYTHING, request.day)


class JurisdictionFeed(RecordFeed):
    def get_object(self, request, slug):
        day = request.day
        jurisdiction = get_object_or_404(public_jurisdictions(day), slug=slug)
        scope = scopes.of_jurisdiction(jurisdiction, day)
        scope[Award] = [Q(jurisdiction=jurisdiction)]
        title = f"Casefile: {jurisdiction.name}"
        return Subject(title, jurisdiction.get_absolute_url(), scope, day)


class RoundFeed(RecordFeed):
    def get_object(self, request, slug):
        round = get_object_or_404(public_rounds(request.day), slug=slug)
        scope = scopes.of_round(round, request.day)
        title = f"Casefile: {round.title}"
        return Subject(title, round.get_absolute_url(), scope, request.day)


class CorrectionFeed(RecordFeed):
    subtitle = gettext_lazy("What was changed in published entries, and which were retracted.")

    def get_object(self, request):
        title = _("Casefile: corrections")
        return Subject(title, reverse("correction_list"), EVERYTHING, request.day)

    def items(self, subject):
        return corrected(subject)


def corrected(subject):
    return [of_correction(notice) for notice in corrections(subject.scope, subject.day, IN_FEED)]


feed = require_safe(EverythingFeed())
jurisdiction_feed = require_safe(JurisdictionFeed())
round_feed = require_safe(RoundFeed())
correction_feed = require_safe(CorrectionFeed())
