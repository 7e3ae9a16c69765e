"""The list of corrections, and its feed."""

from django.contrib.syndication.views import Feed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from casefile.differences import described
from casefile.pagination import page_of
from letters.corrections import attach_entries, end_of, public_corrections

IN_FEED = 50


@require_safe
def correction_list(request):
    page = page_of(public_corrections(request.day), request)
    notices = attach_entries(described(page.object_list))
    return render(request, "letters/correction_list.html", {"page": page, "notices": notices})


class DatedAtomFeed(Atom1Feed):
    """A feed that is dated by its newest item, and by the day where it has none."""

    def latest_post_date(self):
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=self.feed["empty_since"])


class CorrectionFeed(Feed):
    feed_type = DatedAtomFeed
    title = "Casefile: corrections"
    subtitle = "What was changed in published entries, and which were retracted."
    link = "/corrections/"
    feed_url = "/corrections/feed.atom"

    def get_object(self, request):
        return request.day

    def feed_extra_kwargs(self, day):
        return {"empty_since": end_of(day)}

    def items(self, day):
        return attach_entries(described(public_corrections(day)[:IN_FEED]))

    def item_title(self, notice):
        what = "Retracted" if notice.correction.is_retraction else "Corrected"
        kind = notice.correction.entry_type.model_class()._meta.verbose_name
        return f"{what}: {kind} {notice.entry.key}"

    def item_description(self, notice):
        return render_to_string("letters/_correction.html", {"notice": notice})

    def item_link(self, notice):
        return f"{reverse('correction_list')}#correction-{notice.correction.pk}"

    def item_pubdate(self, notice):
        return notice.correction.changed_at

    def item_updateddate(self, notice):
        correction = notice.correction
        return correction.confirmed_at or correction.changed_at
