"""Hostile addresses of the whole desk, asked by somebody who may do everything.

Pages come from the site map, lists' parameters from what their pages declare, and a test finds the
names that the other pages read: none can be missed. Values go round, so that the pages of one kind
get all of them between them.
"""

from contextlib import contextmanager
from itertools import cycle, islice
from unittest import mock

from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, IS_FACETS_VAR, ORDER_VAR, PAGE_VAR
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import TestCase
from django.utils.functional import cached_property

from tests.attacked_desk import PAGES, POINTS, AttackedDesk, kind_of, model_of, what_is_written
from tests.hostile import QUERIES, VALUES, turn

# What lists of all kinds read, and what any page may be asked to pass on.
OF_LISTS = ["q", PAGE_VAR, ORDER_VAR]
SWITCHES = [ERROR_FLAG, ALL_VAR, IS_FACETS_VAR]
PASSED_ON = ["_changelist_filters", TO_FIELD_VAR, IS_POPUP_VAR, "next", "restore"]
LOOKUPS = [
    "exact", "iexact", "contains", "startswith", "regex", "iregex", "in", "isnull", "range", "gt",
    "gte", "lt", "year", "month", "day", "week", "iso_year", "time", "date", "hour", "len", "0",
    "0_1", "overlap", "unaccent", "search", "pk", "nothing",
]  # fmt: skip
# What else pages of a kind read.
OF_KINDS = {
    "intake": ["start", "end", "first", "last", "make", "page"],
    "merge": ["other"],
    "add": ["bring_back", "letter"],
    "change": ["at", "letter"],
    "autocomplete": ["term", "app_label", "model_name", "field_name", PAGE_VAR, "page"],
    "site": ["content_type_id", "object_id"],
}


def names_of(point):
    """Return what a page may be asked, if it is no list."""
    model, kind = model_of(point), kind_of(point)
    names = [*OF_KINDS.get(kind, []), *PASSED_ON]
    if model and kind == "add":
        names += [field.name for field in model._meta.get_fields() if not field.auto_created]
    return names


def filters_of(model):
    """Return the names by which the list of a model may be narrowed, each field with a lookup."""
    page, names = PAGES[model], []
    for one in page.list_filter:
        field = one[0] if isinstance(one, tuple) else one
        if isinstance(field, str):
            names += [field, f"{field}__exact", f"{field}__id__exact", f"{field}__isempty"]
        else:
            names.append(field.parameter_name)
    if page.date_hierarchy:
        names += [f"{page.date_hierarchy}__{lookup}" for lookup in ("year", "month", "day", "gte")]
    fields = [field.name for field in model._meta.get_fields() if field.concrete]
    lookups = islice(cycle(LOOKUPS), list(PAGES).index(model) * 5, None)
    return names + [f"{field}__{next(lookups)}" for field in fields]


@contextmanager
def noting_names():
    """Yield a set that takes each name that is looked up in the query string of a request."""
    read = set()

    class Noting(QueryDict):
        def __getitem__(self, name):
            read.add(name)
            return super().__getitem__(name)

        def __contains__(self, name):
            read.add(name)
            return super().__contains__(name)

        def getlist(self, name, default=None):
            read.add(name)
            return super().getlist(name, default)

    noting = cached_property(lambda request: Noting(request.META["QUERY_STRING"]))
    noting.__set_name__(WSGIRequest, "GET")
    with mock.patch.object(WSGIRequest, "GET", noting):
        yield read


class HostileDesk(AttackedDesk, TestCase):
    def done(self, least):
        assert dict(self.attack.faults) == {}
        assert self.attack.count >= least

    def test_lists_are_narrowed_or_shown_whole(self):
        values = cycle(VALUES.values())
        lists = [point for point in POINTS if kind_of(point) == "changelist"]
        for number, point in enumerate(lists):
            here = self.plain(point)
            for value in turn(list(VALUES.values()), number, len(lists)):
                for name in OF_LISTS:
                    self.attack.get(here, f"{name}={value}")
                self.attack.get(here, "&".join(f"{name}={value}" for name in SWITCHES))
            for name in filters_of(model_of(point)):
                self.attack.get(here, f"{name}={next(values)}")
            for query in turn(QUERIES, number, 10):
                self.attack.get(here, query.replace("{name}", "q"))
        self.done(1_000)

    def test_other_pages_take_what_they_can_read(self):
        """Each address asks at once all that its page reads."""
        values = cycle(VALUES.values())
        for number, point in enumerate(POINTS):
            kind = kind_of(point)
            if kind == "changelist":
                continue
            here, names = self.plain(point), names_of(point)
            for _turn in range(6 if kind in OF_KINDS and kind != "change" else 2):
                self.attack.get(here, "&".join(f"{name}={next(values)}" for name in names))
            for query in turn(QUERIES, number, 20):
                self.attack.get(here, query.replace("{name}", names[0]))
        self.done(500)

    def test_paths_lead_to_what_there_is(self):
        values = cycle(VALUES.values())
        for point in POINTS:
            for value in islice(values, 4 * len(point.slots)):
                self.attack.get(point.path(**dict.fromkeys(point.slots, value)))
        for value in VALUES.values():
            self.attack.get(f"/admin/{value}/")
        for query in QUERIES:
            self.attack.get("/admin/none-such/", query.replace("{name}", "q"))
            self.attack.get("/admin/auth/", query.replace("{name}", "q"))
        self.done(600)

    def test_no_page_is_missed_and_no_name_that_one_reads(self):
        one_of_a_kind = {kind_of(point): point for point in POINTS}
        missed = {}
        for kind, point in one_of_a_kind.items():
            with noting_names() as read:
                self.client.get(self.plain(point))
            missed[kind] = read - {*names_of(point), *OF_LISTS, *SWITCHES, "as_of"}

        assert len(POINTS) >= 200
        assert len(PAGES) >= 24
        assert {kind: names for kind, names in missed.items() if names} == {}

    def test_every_method_but_reading_and_posting_is_refused(self):
        one_of_a_kind = {kind_of(point): self.plain(point) for point in POINTS}
        before = what_is_written()

        answers = {
            (point.name, method): self.client.generic(method, self.plain(point)).status_code
            for point in POINTS
            for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO", "CONNECT")
        }
        differences = {}
        del one_of_a_kind["login"]  # leads on who is signed in, if they read it
        for kind, here in one_of_a_kind.items():
            read, head = self.client.get(here), self.client.head(here)
            self.client.options(here)
            if (read.status_code, compared(read)) != (head.status_code, compared(head)):
                differences[kind] = (compared(read), compared(head))

        assert {asked: status for asked, status in answers.items() if status != 405} == {}
        assert differences == {}
        assert what_is_written() == before


def compared(response):
    """Return the headers of an answer that are the same whenever it is asked for."""
    varying = ("X-Request-ID", "Content-Length", "Expires", "Last-Modified")
    return {name: value for name, value in response.items() if name not in varying}
