"""Hostile addresses of every public page: no value and no parameter breaks one, or comes back raw.

Entry points come from the resolver and parameters from what pages declare, so none can be missed.
"""

import pytest
from django.urls import resolve, reverse

from letters.parameters import OF_REPORTS, REPORT_ADDRESSES, parameters_of
from letters.reports import REPORTS
from tests.addresses import KEYS, ONE_BY_ONE, make_record
from tests.hostile import QUERIES, VALUES, Attack, entry_points, turn
from tests.once import once_in_a_module

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("record")]

record = once_in_a_module(make_record)

POINTS = {point.name: point for point in entry_points() if not point.route.startswith("/admin/")}
PLAIN = {name: point for name, point in POINTS.items() if name not in REPORT_ADDRESSES}
TELLING = ["NUL", "CRLF and a header", "surrogate", "huge", "script", "last year", "emoji"]
PAGES = {name: point for name, point in PLAIN.items() if not name.startswith("api:")}
every_point = pytest.mark.parametrize("point", PLAIN.values(), ids=PLAIN)


def key_of(point):
    one = ONE_BY_ONE.get(point.name.removeprefix("api:").removesuffix("_one"))
    return one or KEYS.get(point.name.partition("_")[0], "")


def names_of(path):
    """Return the parameters that an address takes, those of a report in the API, and one more."""
    address = resolve(path)
    declared = parameters_of(address) or OF_REPORTS.get(address.url_name)
    more = ["after", "limit"] if address.namespaces else []
    return [*sorted(declared.names if declared else []), *more, "as_of", "hostile"]


def some(number, share):
    """Return one in ``share`` of the values, others for each number, with some that tell most."""
    telling = [VALUES[name] for name in turn(TELLING, number, 3)]
    return [*telling, *turn(list(VALUES.values()), number, share)]


def questions_of(point):
    """Yield the paths and query strings that a page is asked: other ones of each page."""
    place = list(PLAIN).index(point.name)
    here = point.path(**dict.fromkeys(point.slots, key_of(point)))
    names = names_of(here)
    for number, name in enumerate(names, start=place):
        for value in some(number, 13):
            yield here, f"{name}={value}"
    for query in turn(QUERIES, place, 3):
        yield here, query.replace("{name}", names[0])
    for value in turn(list(VALUES.values()), place, 2) if point.slots else ():
        yield point.path(**dict.fromkeys(point.slots, value)), ""


def questions_of_report(number):
    """Yield the paths and query strings that the addresses of a report are asked."""
    for turned, report_address in enumerate(sorted(REPORT_ADDRESSES), start=2 * number):
        here = reverse(report_address, args=[REPORTS[number].name])
        for place, name in enumerate(names_of(here), start=turned):
            for value in turn(list(VALUES.values()), place, 2 * len(REPORTS)):
                yield here, f"{name}={value}"
        for value in some(turned, 13):
            yield POINTS[report_address].path(name=value), ""
        for query in turn(QUERIES, turned, 3):
            yield here, query.replace("{name}", "q")


def test_entry_points_are_all_found_and_asked_thousands_of_questions():
    of_pages = [asked for point in PLAIN.values() for asked in questions_of(point)]
    of_reports = [asked for number in range(len(REPORTS)) for asked in questions_of_report(number)]

    assert len(POINTS) >= 28
    assert len(entry_points()) >= 190
    assert len(of_pages) >= 4_000
    assert len(of_reports) >= 2_000
    for asked in (of_pages, of_reports):
        values = {query.partition("=")[2] for _path, query in asked}
        assert values >= set(VALUES.values())


@pytest.mark.parametrize("point", PAGES.values(), ids=PAGES)
def test_every_address_declares_what_it_takes(point):
    assert parameters_of(resolve(point.path(**dict.fromkeys(point.slots, "a")))) is not None


@every_point
def test_hostile_address_breaks_nothing(client, point):
    attack = Attack(client)

    for path, query in questions_of(point):
        attack.get(path, query)

    assert attack.faults == []


def test_hostile_address_of_nothing_breaks_nothing(client):
    attack = Attack(client)

    for here in ("/none-such/", "/es/none-such/"):
        for query in QUERIES:
            attack.get(here, query.replace("{name}", "q"))
    for value in VALUES.values():
        attack.get(f"/{value}/")

    assert attack.faults == []


@pytest.mark.parametrize("number", range(len(REPORTS)), ids=[report.name for report in REPORTS])
def test_hostile_question_of_a_report_breaks_nothing(client, number):
    attack = Attack(client)

    for path, query in questions_of_report(number):
        attack.get(path, query)

    assert attack.faults == []


def test_every_method_but_reading_is_refused(client):
    answers = {
        (point.name, method): client.generic(
            method, point.path(**dict.fromkeys(point.slots, key_of(point) or "letters"))
        ).status_code
        for point in POINTS.values()
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO", "CONNECT")
    }

    assert {asked: status for asked, status in answers.items() if status != 405} == {}
