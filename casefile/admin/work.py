"""The work queue: what waits for staff, counted on the admin's first page and listed by a filter.

The count and the list are the same records: the filter keeps what `Work.records` returns.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.urls import reverse

from casefile import review
from casefile.entries import Status

PARAMETER = "waits_for"


@dataclass(frozen=True)
class Work:
    """One thing that staff have to do with records of a kind.

    ``records(model, user, day)`` returns those that wait for a user on a day. ``place`` orders the
    queue, the most pressing first; what ``is_mailed`` also stands in the daily mail.
    """

    name: str
    label: str
    place: int
    records: Callable[[type, object, dt.date], QuerySet]
    is_mailed: bool = False


@dataclass(frozen=True)
class Waiting:
    """How many records of a kind wait for something, and the address of their list."""

    work: Work
    count: int
    kind: str
    address: str


class WorkFilter(admin.SimpleListFilter):
    """Keep the records that wait for something. The page's admin lists it as its ``work``."""

    title = "what it waits for"
    parameter_name = PARAMETER

    def __init__(self, request, params, model, model_admin):
        self.work = {work.name: work for work in model_admin.work}
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(work.name, work.label) for work in model_admin.work]

    def queryset(self, request, queryset):
        work = self.work.get(self.value())
        if work is None:
            return queryset
        waiting = work.records(queryset.model, request.user, request.day)
        return queryset.filter(pk__in=waiting.order_by().values("pk"))


def queue(site, user, day):
    """Return what waits for a user on a day: lists of `Waiting` for the same work, pressing first.

    Work that there is none of is left out, and so are records that the user may not view.
    """
    found = [
        Waiting(work, count, _kind(model, count), _address(model, work))
        for model in filter(site.is_registered, apps.get_models())
        for work in getattr(site.get_model_admin(model), "work", [])
        if review.may(user, "view", model) and (count := work.records(model, user, day).count())
    ]
    by_work = lambda waiting: (waiting.work.place, waiting.work.name)  # noqa: E731
    return [list(group) for _, group in groupby(sorted(found, key=by_work), by_work)]


def _kind(model, count):
    return model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural


def _address(model, work):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return reverse(name, query={PARAMETER: work.name})


def drafts(model, user, day):
    """Return the drafts, for those who may go on with them."""
    entries = model.objects.filter(status=Status.DRAFT)
    return entries if review.may(user, "change", model) else entries.none()


def to_publish(model, user, day):
    """Return what is in review and a user may publish: none that they submitted themselves."""
    entries = model.objects.filter(status=Status.IN_REVIEW).exclude(submitted_by=user)
    return entries if review.may(user, "publish", model) else entries.none()


WORK_ON_ENTRIES = [
    Work("publication", "In review, for you to publish", 40, to_publish, is_mailed=True),
    Work("submission", "Drafts waiting", 50, drafts),
]
